internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Reserves slots for a time.
struct Hold: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep a slot for some minutes, while someone pays or decides.",
    subcommands: [HoldTake.self, HoldRenew.self, HoldRelease.self])
}

/// Takes a slot for a time.
struct HoldTake: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "take", abstract: "Take a slot for some minutes: nobody else can book it.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var session: SessionOptions

  @Option(help: "The client whose time is taken, cli_.... (default: it is not known who comes)")
  var client: String?

  @OptionGroup var act: ActOptions

  var zone: TimeZone { session.start.zone }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_HoldsTakeRequest()
    request.therapistID = session.therapist
    request.serviceID = session.service
    request.locationID = session.location
    request.roomID = session.room ?? ""
    request.startMs = session.start.ms
    request.clientID = client ?? ""
    let answer = try await server.holds.take(request, act.options)
    try show(answer) {
      let hold = answer.hold
      return """
        Held until \(LocalTime(ms: hold.expireTime.ms, in: zone).dayAndStart).
        \(hold.detailText(in: zone))
        To book it:
          \(Seduta.asTyped) book --therapist \(hold.therapistID) --service \(hold.serviceID) \
        --location \(hold.locationID) --start \(LocalTime(ms: session.start.ms, in: zone).start) \
        --hold \(hold.id) --client \(client ?? "cli_...")
        To keep it longer, or to give it back:
          \(Seduta.asTyped) hold renew \(hold.id)
          \(Seduta.asTyped) hold release \(hold.id)
        """
    }
    return .done
  }
}

/// Moves the deadline of a hold.
struct HoldRenew: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew", abstract: "Keep a slot longer, as long as it is still held.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The hold, hld_....")
  var hold: String

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_HoldsRenewRequest()
    request.holdID = hold
    let answer = try await server.holds.renew(request, act.options)
    try show(answer) {
      let deadline = LocalTime(ms: answer.hold.expireTime.ms, in: zone)
      return "Held until \(deadline.dayAndStart).\n" + answer.hold.detailText(in: zone)
    }
    return .done
  }
}

/// Gives a slot back.
struct HoldRelease: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Give a slot back at once.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The hold, hld_....")
  var hold: String

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_HoldsReleaseRequest()
    request.holdID = hold
    let answer = try await server.holds.release(request, act.options)
    try show(answer) { "Released; the slot is free." }
    return .done
  }
}

extension Seduta_V1_Hold {
  /// Everything about it, a line each.
  fileprivate func detailText(in zone: TimeZone) -> String {
    let start = LocalTime(ms: startTime.ms, in: zone)
    return details([
      ("hold", id),
      ("when", "\(start.dayAndStart) to \(LocalTime(ms: endTime.ms, in: zone).timeOfDay)"),
      ("at the latest until", LocalTime(ms: expireTimeMax.ms, in: zone).dayAndStart),
      ("therapist", therapistID),
      ("client", clientID),
      ("service", serviceID),
      ("location", locationID),
      ("room", roomID),
    ])
  }
}
