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
    case requested
    case initiated
    case paymentProcessing = "payment-processing"
    case scheduled
    case inProgress = "in-progress"
    case completed
    case cancelledByClient = "cancelled-by-client"
    case cancelledByTherapist = "cancelled-by-therapist"
    case paymentCancelled = "payment-cancelled"
    case declined
    case expired

    var message: Seduta_V1_AppointmentState {
      switch self {
      case .requested: .requested
      case .initiated: .initiated
      case .paymentProcessing: .paymentProcessing
      case .scheduled: .scheduled
      case .inProgress: .inProgress
      case .completed: .completed
      case .cancelledByClient: .cancelledByClient
      case .cancelledByTherapist: .cancelledByTherapist
      case .paymentCancelled: .paymentCancelled
      case .declined: .declined
      case .expired: .expired
      }
    }
  }

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this therapist, thr_....")
  var therapist: String?

  @Option(help: "Of this client, cli_....")
  var client: String?

  @Option(help: "Of this therapy, tpy_....")
  var therapy: String?

  @Option(help: "Of this series, srs_....")
  var series: String?

  @Flag(help: "Only those that stand: requested, to be paid, scheduled or in progress.")
  var active = false

  @Option(help: "In this state; can be repeated. (default: any)")
  var state: [State] = []

  @Option(help: "That end after this. (default: now; of a therapy or series, no limit)")
  var from: RangeEndArgument?

  @Option(help: "That start before this.")
  var until: RangeEndArgument?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsListRequest()
    request.therapistID = therapist ?? ""
    request.clientID = client ?? ""
    request.states = state.map(\.message)
    request.therapyID = therapy ?? ""
    request.seriesID = series ?? ""
    request.active = active
    let isOfOneCare = therapy != nil || series != nil
    if let from {
      request.fromMs = from.ms
    } else if !isOfOneCare {
      request.fromMs = try await RangeEndArgument.now(of: server).ms
    }
    request.untilMs = until?.ms ?? 0
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.appointments.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found, for: request) }
    return .done
  }

  private func text(
    _ found: Seduta_V1_AppointmentsListResponse, for request: Seduta_V1_AppointmentsListRequest
  ) -> String {
    guard !found.appointments.isEmpty else {
      return "No appointments there. Earlier ones: --from 2026-01-01."
    }
    var table = Table(
      "DAY", "START", "ENDS", "STATE", "PAYMENT", "APPOINTMENT", "VERSION", "THERAPIST", "CLIENT")
    for appointment in found.appointments {
      table.add(
        appointment.start.weekday, appointment.start.start, appointment.end.timeOfDay,
        appointment.state.shown, appointment.paymentShown, appointment.id,
        "\(appointment.version)", appointment.therapistID, appointment.clientID)
    }
    var parts = [table.text]
    if let first = found.appointments.first(where: \.state.canBeCancelled) {
      let which = first.id == found.appointments.first?.id ? "the first" : "the first that stands"
      parts.append("To cancel \(which):\n  \(Seduta.asTyped) cancel \(first.id)")
    }
    if !found.nextPageToken.isEmpty {
      // A token belongs to its query, which may begin now.
      let from = request.fromMs == 0 ? "" : "--from \(request.fromMs) "
      parts.append("There is more: repeat with \(from)--page-token \(found.nextPageToken)")
    }
    return parts.joined(separator: "\n\n")
  }
}

extension Seduta_V1_Appointment {
  var start: LocalTime { local(startTime.ms) }
  var end: LocalTime { local(endTime.ms) }

  /// In the therapist's zone.
  func local(_ ms: Int64) -> LocalTime { LocalTime(ms: ms, in: zone) }

  private var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }

  /// How it stands with its money, and what is still to be paid: "paid", "to be paid: 70.00 EUR".
  fileprivate var paymentShown: String {
    paymentStatus.shown + (hasAmountOutstanding ? ": \(amountOutstanding.shown)" : "")
  }

  /// Everything about it, a line each.
  var detailText: String {
    details([
      ("appointment", id),
      ("when", "\(start.dayAndStart) to \(end.timeOfDay), \(timeZone)"),
      ("state", state.shown),
      ("reason", cancelReason),
      ("therapist", therapistID),
      ("client", clientID),
      ("asked by", request.person.name),
      ("note", request.note),
      ("service", serviceID),
      ("location", locationID),
      ("room", roomID),
      ("package", hasPackage ? "\(package.linkID), \(package.state.shown)" : ""),
      ("procedure", package.procedureID),
      ("price", "\(price.shown), \(paymentStatus.shown)"),
      ("paid", hasAmountPaid ? amountPaid.shown : ""),
      ("given back", hasAmountRefunded ? amountRefunded.shown : ""),
      ("fee", hasFee ? fee.shown : ""),
      // Where it is the whole price, that line has told it.
      (
        "outstanding",
        hasAmountOutstanding && amountOutstanding != price ? amountOutstanding.shown : ""
      ),
      ("is charged at", hasChargeTime ? local(chargeTime.ms).start : ""),
      ("card", paymentMethodID),
      ("to be paid until", hasPaymentDeadlineTime ? local(paymentDeadlineTime.ms).start : ""),
      // As `seduta attendance` takes it.
      ("attendance", attendance.lowercased().replacing("_", with: "-")),
      ("version", "\(version)"),
    ])
  }
}

extension Google_Protobuf_Timestamp {
  init(ms: Int64) {
    self.init(seconds: ms / 1_000, nanos: Int32(ms % 1_000) * 1_000_000)
  }

  var ms: Int64 { seconds * 1_000 + Int64(nanos) / 1_000_000 }
}

extension Seduta_V1_AppointmentState {
  var shown: String {
    switch self {
    case .requested: "requested"
    case .initiated: "to be paid"
    case .paymentProcessing: "being paid"
    case .scheduled: "scheduled"
    case .inProgress: "in progress"
    case .completed: "completed"
    case .paymentCancelled: "not paid in time"
    case .declined: "declined"
    case .expired: "expired"
    case .cancelledByClient: "cancelled by client"
    case .cancelledByTherapist: "cancelled by therapist"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}

extension Seduta_V1_AppointmentState {
  /// Whether a cancellation leads on from it; a request is declined or withdrawn instead.
  fileprivate var canBeCancelled: Bool {
    switch self {
    case .initiated, .paymentProcessing, .scheduled: true
    default: false
    }
  }
}

extension Seduta_V1_PaymentStatus {
  var shown: String {
    switch self {
    case .none: "nothing to pay"
    case .due: "to be paid"
    case .processing: "being paid"
    case .requiresAction: "to be confirmed at the bank"
    case .failed: "failed, to be paid"
    case .paid: "paid"
    case .partlyRefunded: "partly refunded"
    case .refunded: "refunded"
    case .disputed: "disputed"
    case .unspecified: "payment not told"
    case .UNRECOGNIZED(let number): "payment status \(number)"
    }
  }
}
