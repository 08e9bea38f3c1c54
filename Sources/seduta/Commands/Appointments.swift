internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Lists appointments.
struct Appointments: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List appointments, nearest first.")

  enum State: String, ExpressibleByArgument, CaseIterable {
    case scheduled
    case cancelledByClient = "cancelled-by-client"
    case cancelledByTherapist = "cancelled-by-therapist"

    var message: Seduta_V1_AppointmentState {
      switch self {
      case .scheduled: .scheduled
      case .cancelledByClient: .cancelledByClient
      case .cancelledByTherapist: .cancelledByTherapist
      }
    }
  }

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this therapist, thr_....")
  var therapist: String?

  @Option(help: "Of this client, cli_....")
  var client: String?

  @Option(help: "In this state; can be repeated. (default: any)")
  var state: [State] = []

  @Option(help: "That end after this. (default: now)")
  var from: RangeEndArgument?

  @Option(help: "That start before this.")
  var until: RangeEndArgument?

  @Option(help: "The most to list.")
  var limit: Int32 = 50

  @Option(help: "What the page before said.")
  var pageToken: String?

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsListRequest()
    request.therapistID = therapist ?? ""
    request.clientID = client ?? ""
    request.states = state.map(\.message)
    request.fromMs = (from ?? .now).ms
    request.untilMs = until?.ms ?? 0
    request.pageSize = limit
    request.pageToken = pageToken ?? ""
    let found = try await server.appointments.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found, for: request) }
    return .done
  }

  private func text(
    _ found: Seduta_V1_AppointmentsListResponse, for request: Seduta_V1_AppointmentsListRequest
  ) -> String {
    guard let first = found.appointments.first else {
      return "No appointments there. Earlier ones: --from 2026-01-01."
    }
    var table = Table(
      "DAY", "START", "ENDS", "STATE", "APPOINTMENT", "VERSION", "THERAPIST", "CLIENT")
    for appointment in found.appointments {
      table.add(
        appointment.start.weekday, appointment.start.start, appointment.end.timeOfDay,
        appointment.state.shown, appointment.id, "\(appointment.version)",
        appointment.therapistID, appointment.clientID)
    }
    var parts = [table.text, "To cancel the first:\n  \(Seduta.asTyped) cancel \(first.id)"]
    if !found.nextPageToken.isEmpty {
      // A token belongs to its query, which may begin now.
      parts.append(
        "There is more: repeat with --from \(request.fromMs) --page-token \(found.nextPageToken)")
    }
    return parts.joined(separator: "\n\n")
  }
}

extension Seduta_V1_Appointment {
  var start: LocalTime { LocalTime(ms: startTime.ms, in: zone) }
  var end: LocalTime { LocalTime(ms: endTime.ms, in: zone) }

  private var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }

  /// Everything about it, a line each.
  var detailText: String {
    details([
      ("appointment", id),
      ("when", "\(start.dayAndStart) to \(end.timeOfDay), \(timeZone)"),
      ("state", state.shown),
      ("reason", cancelReason),
      ("therapist", therapistID),
      ("client", clientID),
      ("service", serviceID),
      ("location", locationID),
      ("room", roomID),
      ("price", "\(price.shown), \(paymentStatus.shown)"),
      ("version", "\(version)"),
    ])
  }
}

extension Google_Protobuf_Timestamp {
  var ms: Int64 { seconds * 1_000 + Int64(nanos) / 1_000_000 }
}

extension Seduta_V1_AppointmentState {
  var shown: String {
    switch self {
    case .scheduled: "scheduled"
    case .cancelledByClient: "cancelled by client"
    case .cancelledByTherapist: "cancelled by therapist"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}

extension Seduta_V1_PaymentStatus {
  var shown: String {
    switch self {
    case .none: "nothing to pay"
    case .due: "to be paid"
    case .unspecified: "payment not told"
    case .UNRECOGNIZED(let number): "payment status \(number)"
    }
  }
}
