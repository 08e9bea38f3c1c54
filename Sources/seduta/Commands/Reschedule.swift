internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Moves an appointment.
struct Reschedule: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Move an appointment: the new time is taken and the old one freed together.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Option(help: "The new start: 2026-11-24T10:00+01:00, or milliseconds since 1970.")
  var start: InstantArgument

  @Option(help: "Another location of its service, loc_.... (default: where it is)")
  var location: String?

  @Option(help: "A room of the location, room_.... (default: the one it has, else a free one)")
  var room: String?

  @OptionGroup var takeover: TakeoverOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var writing: WritingOptions

  var zone: TimeZone { start.zone }

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsRescheduleRequest()
    request.appointmentID = appointment
    request.version = change.version ?? 0
    request.startMs = start.ms
    request.locationID = location ?? ""
    request.roomID = room ?? ""
    request.overrides = takeover.kinds
    request.holdID = takeover.hold ?? ""
    request.reason = change.reason ?? ""
    request.quiet = change.quiet
    request.validateOnly = writing.validateOnly
    let answer = try await client.appointments.reschedule(request, writing.options)
    try show(answer) {
      let verb = writing.validateOnly ? "This would be moved; nothing was done." : "Moved."
      return verb + "\n" + answer.appointment.detailText
    }
    return .done
  }
}

/// What a change of an appointment may say besides.
struct ChangeOptions: ParsableArguments {
  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @Option(help: "Why, for the record.")
  var reason: String?

  @Flag(help: "Do not tell the client.")
  var quiet = false
}
