internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Ends a session by hand.
struct Complete: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "End a session that is in progress; it says nothing of attendance.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsCompleteRequest()
    request.appointmentID = appointment
    request.version = version ?? 0
    let answer = try await client.appointments.complete(request, act.options)
    try show(answer) { "Completed.\n" + answer.appointment.detailText }
    return .done
  }
}

/// Says whether the client came.
struct SetAttendance: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "attendance", abstract: "Say whether the client came; it can be corrected.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Argument(
    help: "attended, no-show, or the code of a status of the partner's. (default: takes it back)")
  var status: String?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsSetAttendanceRequest()
    request.appointmentID = appointment
    request.version = version ?? 0
    request.attendance = (status ?? "").uppercased().replacing("-", with: "_")
    let answer = try await client.appointments.setAttendance(request, act.options)
    try show(answer) { "Noted.\n" + answer.appointment.detailText }
    return .done
  }
}

/// Lists the steps of an appointment's life.
struct History: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List all that happened to an appointment: when, what, by whom, why.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsListTransitionsRequest()
    request.appointmentID = appointment
    let found = try await client.appointments.listTransitions(
      request, CallOptions(actor: behalf.actor))
    try show(found) {
      var table = Table("VERSION", "WHEN", "WHAT", "STATE", "BY", "WHY")
      for step in found.transitions {
        table.add(
          "\(step.version)", LocalTime(ms: step.time.ms, in: zone).dayAndStart, step.kind,
          step.toState.shown, step.by, step.why(in: zone))
      }
      return table.text
    }
    return .done
  }
}

extension Seduta_V1_AppointmentTransition {
  fileprivate var by: String {
    let role = actorRole.lowercased()
    return actorID.isEmpty ? role : "\(role) \(actorID)"
  }

  /// Why, what was accepted with it, and from where it moved.
  fileprivate func why(in zone: TimeZone) -> String {
    var parts = reason.isEmpty ? [] : [reason]
    if hasStartTimeBefore {
      parts.append("from \(LocalTime(ms: startTimeBefore.ms, in: zone).dayAndStart)")
    }
    if !overridden.isEmpty {
      let kinds = overridden.map(TakeoverOptions.Override.shown)
      parts.append("accepted: \(kinds.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }
}
