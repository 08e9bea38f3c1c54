internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Records that money came in.
struct Pay: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record money that came in for an appointment, at the office or on a page of yours.",
    discussion: "`seduta checkout` takes it through the payment gateway instead.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var money: MoneyOptions

  @Option(help: "How it was paid, in your words: cash, card, ....")
  var method = "cash"

  @Option(help: "For the record.")
  var note: String?

  @OptionGroup var writing: WritingOptions

  func run(with client: SedutaClient) async throws -> Verdict {
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
    try await amount?.money(of: appointment, client, options)
  }
}

extension Amount {
  /// In the appointment's currency, which it is asked for.
  func money(
    of appointment: String, _ client: SedutaClient, _ options: CallOptions
  ) async throws -> Seduta_V1_Money {
    var request = Seduta_V1_AppointmentsGetRequest()
    request.appointmentID = appointment
    let found = try await client.appointments.get(request, CallOptions(actor: options.actor))
    return try exact(in: found.appointment.price.currency)
  }

  /// - Throws: a complaint where it has more digits than the currency.
  func exact(in currency: String) throws -> Seduta_V1_Money {
    guard let money = money(in: currency) else {
      throw Complaint(.usage, "The amount has more digits than \(currency) has.")
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

  @Option(help: "Of this benefit, ben_....")
  var benefit: String?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsListRequest()
    request.appointmentID = appointment ?? ""
    request.therapyID = therapy ?? ""
    request.benefitID = benefit ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await client.payments.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_PaymentsListResponse) -> String {
    guard !found.payments.isEmpty else { return "Nothing was paid there." }
    var table = Table(
      "WHEN", "PAYMENT", "WHAT", "AMOUNT", "METHOD", "THROUGH", "STATE", "FOR", "NOTE",
      numbers: ["AMOUNT"])
    for payment in found.payments {
      table.add(
        LocalTime(ms: payment.createTime.ms, in: zone).dayAndStart, payment.id,
        payment.direction.shown, payment.amount.shown, payment.method, payment.through,
        payment.stateShown,
        payment.appointmentID.isEmpty ? payment.benefitID : payment.appointmentID, payment.note)
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

extension Seduta_V1_Payment {
  /// The intent or the benefit by which it moved.
  fileprivate var through: String {
    [intentID, paidByBenefitID].first { !$0.isEmpty } ?? "by hand"
  }

  fileprivate var stateShown: String {
    switch state {
    case .pending: "on its way"
    case .succeeded: "done"
    case .failed: failureCode.isEmpty ? "failed" : "failed: \(failureCode)"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}
