internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// Gives money back.
struct Refund: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give money back the way it came, or record that it was given back by hand.",
    discussion: """
      It goes back through the gateway, or into the benefit that paid; what came in last goes \
      first, and never more than was paid. What came in by hand goes back by hand: --by-hand cash \
      records it.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_..., or the benefit that was bought, ben_....")
  var subject: String

  @Option(
    help: """
      How much: 70 or 70.00, in its currency. (default: all that can go back this way; with \
      --by-hand all that was paid less the fee; of a benefit, what is left of it)
      """)
  var amount: Amount?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @Option(
    help: ArgumentHelp(
      "Only record it: it was given back so, in your words: cash, card, ....", valueName: "method"))
  var byHand: String?

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var writing: WritingOptions

  private var isOfBenefit: Bool { subject.hasPrefix("ben_") }

  func validate() throws {
    guard !isOfBenefit || byHand == nil else {
      throw ValidationError("--by-hand is for appointments.")
    }
  }

  func run(with client: SedutaClient) async throws -> Verdict {
    if let byHand { return try await record(byHand, with: client) }
    var request = Seduta_V1_PaymentsRefundRequest()
    if isOfBenefit { request.benefitID = subject } else { request.appointmentID = subject }
    request.version = version ?? 0
    if let amount = try await money(with: client) { request.amount = amount }
    request.reason = reason
    request.validateOnly = writing.validateOnly
    let answer = try await client.payments.refund(request, writing.options)
    try show(answer) {
      let verb = writing.validateOnly ? "Would go back; nothing was done" : "Goes back"
      let lines = answer.refunds.map { "\(verb): \($0.amount.shown) \($0.wayBack)." }
      let whole = answer.hasAppointment ? [answer.appointment.detailText] : []
      return (lines + whole).joined(separator: "\n")
    }
    return .done
  }

  private func record(_ method: String, with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsRecordRefundRequest()
    request.appointmentID = subject
    request.version = version ?? 0
    if let amount = try await money(with: client) { request.amount = amount }
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

  /// Nil where no amount was named. The benefit is asked for its currency, or the appointment.
  private func money(with client: SedutaClient) async throws -> Seduta_V1_Money? {
    guard let amount else { return nil }
    guard isOfBenefit else { return try await amount.money(of: subject, client, writing.options) }
    var request = Seduta_V1_BenefitsGetRequest()
    request.benefitID = subject
    let found = try await client.benefits.get(request, CallOptions(actor: writing.act.behalf.actor))
    return try amount.exact(in: found.benefit.value.currency)
  }
}

extension Seduta_V1_Payment {
  /// Where a refund goes: "through the gateway (on its way)".
  fileprivate var wayBack: String {
    guard paidByBenefitID.isEmpty else { return "into \(paidByBenefitID)" }
    return state == .pending ? "through the gateway (on its way)" : "through the gateway"
  }
}
