internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// What a session is: for `check` and `book`.
struct SessionOptions: ParsableArguments {
  @Option(help: "The therapist, thr_....")
  var therapist: String

  @Option(help: "A service of the therapist, svc_....")
  var service: String

  @Option(help: "A location of the service, loc_....")
  var location: String

  @Option(help: "The start: 2026-11-24T10:00+01:00, or milliseconds since 1970.")
  var start: InstantArgument

  @Option(help: "A room of the location, room_.... (default: the first that is free)")
  var room: String?
}

/// Whether a start could be booked.
struct Check: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether a start can be booked, and if not, everything that is in the way.",
    discussion: "Exits with 0 if it can be booked, with 1 if not.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var session: SessionOptions

  @OptionGroup var takeover: TakeoverOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  @Option(help: "The client, cli_...; without, their other appointments are not looked at.")
  var client: String?

  var zone: TimeZone { session.start.zone }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SlotsCheckRequest()
    request.therapistID = session.therapist
    request.serviceID = session.service
    request.locationID = session.location
    request.roomID = session.room ?? ""
    request.startMs = session.start.ms
    request.clientID = client ?? ""
    request.overrides = takeover.kinds
    request.holdID = takeover.hold ?? ""
    let answer = try await server.slots.check(request, CallOptions(actor: behalf.actor))
    try show(answer) { text(answer) }
    return answer.bookable ? .done : .refused
  }

  private func text(_ answer: Seduta_V1_SlotsCheckResponse) -> String {
    let start = LocalTime(ms: session.start.ms, in: zone)
    guard answer.bookable else {
      let lines = ["\(start.dayAndStart) cannot be booked:"]
      return (lines + conflictLines(answer.conflicts, zone: zone)).joined(separator: "\n")
    }
    let room = answer.roomID.isEmpty ? "" : ", in room \(answer.roomID)"
    let overridden = conflictLines(answer.conflicts, zone: zone)
    let first =
      "\(start.dayAndStart) can be booked\(room)\(overridden.isEmpty ? "." : ", overriding:")"
    let booking = """
      To book it:
        \(Seduta.asTyped) book --therapist \(session.therapist) --service \(session.service) \
      --location \(session.location) --start \(start.start) --client \(client ?? "cli_...")\
      \(takeover.asTyped)
      """
    return ([first] + overridden + [booking]).joined(separator: "\n")
  }
}
