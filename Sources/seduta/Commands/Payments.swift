internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Records that money came in.
struct Pay: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record money that came in for an appointment, at the office or on a page of yours.",
    discussion: "With --begin nothing is recorded: the client goes to the payment page.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var money: MoneyOptions

  @Option(help: "How it was paid, in your words: cash, card, ....")
  var method = "cash"

  @Option(help: "For the record.")
  var note: String?

  @Flag(help: "The client goes to the payment page; nothing is paid yet.")
  var begin = false

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    guard !begin || (money.amount == nil && note == nil && !writing.validateOnly) else {
      throw ValidationError("--begin records nothing: leave out --amount, --note, --validate-only.")
    }
  }

  func run(with client: SedutaClient) async throws -> Verdict {
    if begin { return try await beginPayment(with: client) }
    var request = Seduta_V1_PaymentsRecordRequest()
    request.appointmentID = money.appointment
    request.version = money.version ?? 0
    if let amount = try await money.money(with: client, writing.options) { request.amount = amount }
    request.method = method
    request.note = note ?? ""
    request.validateOnly = writing.validateOnly
    let answer = try await client.payments.record(request, writing.options)
    try show(answer) {
      let verb = writing.validateOnly ? "This would be recorded; nothing was done" : "Recorded"
      return "\(verb): \(answer.payment.amount.shown) paid, \(answer.payment.method).\n"
        + answer.appointment.detailText
    }
    return .done
  }

  private func beginPayment(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsBeginRequest()
    request.appointmentID = money.appointment
    request.version = money.version ?? 0
    let answer = try await client.payments.begin(request, writing.options)
    try show(answer) { "The client is paying.\n" + answer.appointment.detailText }
    return .done
  }
}

/// Records that money was given back.
struct Refund: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record money that was given back, never more than was paid.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var money: MoneyOptions

  @Option(help: "How it was given back, in your words: cash, card, ....")
  var method = "cash"

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var writing: WritingOptions

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsRecordRefundRequest()
    request.appointmentID = money.appointment
    request.version = money.version ?? 0
    if let amount = try await money.money(with: client, writing.options) { request.amount = amount }
    request.method = method
    request.reason = reason
    request.validateOnly = writing.validateOnly
    let answer = try await client.payments.recordRefund(request, writing.options)
    try show(answer) {
      let verb = writing.validateOnly ? "This would be recorded; nothing was done" : "Recorded"
      return "\(verb): \(answer.refund.amount.shown) given back, \(answer.refund.method).\n"
        + answer.appointment.detailText
    }
    return .done
  }
}

/// Of which appointment, and how much.
struct MoneyOptions: ParsableArguments {
  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Option(help: "How much: 70 or 70.00, in the appointment's currency. (default: all of it)")
  var amount: Amount?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  /// Nil where no amount was named. The appointment is asked for its currency.
  fileprivate func money(
    with client: SedutaClient, _ options: CallOptions
  ) async throws -> Seduta_V1_Money? {
    guard let amount else { return nil }
    var request = Seduta_V1_AppointmentsGetRequest()
    request.appointmentID = appointment
    let found = try await client.appointments.get(request, CallOptions(actor: options.actor))
    let currency = found.appointment.price.currency
    guard let money = amount.money(in: currency) else {
      throw Complaint(.usage, "--amount has more digits than \(currency) has.")
    }
    return money
  }
}

/// Lists payments and refunds.
struct PaymentList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "payments", abstract: "List what was paid and given back, in order of time.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this appointment, apt_....")
  var appointment: String?

  @Option(help: "Of this therapy, tpy_....")
  var therapy: String?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsListRequest()
    request.appointmentID = appointment ?? ""
    request.therapyID = therapy ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await client.payments.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_PaymentsListResponse) -> String {
    guard !found.payments.isEmpty else { return "Nothing was paid there." }
    var table = Table("WHEN", "PAYMENT", "WHAT", "AMOUNT", "METHOD", "APPOINTMENT", "NOTE")
    for payment in found.payments {
      table.add(
        LocalTime(ms: payment.createTime.ms, in: zone).dayAndStart, payment.id,
        payment.direction.shown, payment.amount.shown, payment.method, payment.appointmentID,
        payment.note)
    }
    return table.text + PageOptions.more(found.nextPageToken)
  }
}

extension Seduta_V1_PaymentDirection {
  fileprivate var shown: String {
    switch self {
    case .payment: "paid"
    case .refund: "given back"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "direction \(number)"
    }
  }
}
