internal import Accounting
public import Availability
public import Booking

private let refundsPath = "/v1/refunds"

extension StripePayments {
  public func refund(_ wish: RefundWish) async -> GatewayAnswer<RefundReport> {
    var form = StripeForm()
    form.add("payment_intent", wish.intentReference)
    form.add("amount", "\(wish.amount.minorUnits)")
    form.add("metadata[seduta_refund]", wish.refund.text)
    let reply = await call(
      StripeRequest(
        .post, refundsPath, label: "refund \(wish.refund.text)", form: form, key: wish.refund.text),
      StripeRefund.self)
    guard case .object(let refund, isReplay: true) = reply else { return answer(reply) }
    return await look(refund.id)
  }

  public func lookAtRefund(
    reference: String, refund: PaymentID, intentReference: String
  ) async -> GatewayAnswer<RefundReport> {
    if !reference.isEmpty { return await look(reference) }
    var last = ""
    while true {
      var form = StripeForm()
      form.add("payment_intent", intentReference)
      form.add("limit", "100")
      form.add("starting_after", last)
      let reply = await call(
        StripeRequest(
          .get, refundsPath, label: "look for refund \(refund.text)", form: form),
        StripeRefunds.self)
      switch reply {
      case .error(let error, let status):
        return error.code == "resource_missing" ? .notFound : error.answer(status: status)
      case .unknown(let reason): return .unknown(reason)
      case .object(let page, _):
        if let found = page.data.first(where: { $0.metadata?["seduta_refund"] == refund.text }) {
          return report(found)
        }
        guard page.hasMore == true, let id = page.data.last?.id else { return .notFound }
        last = id
      }
    }
  }

  private func look(_ reference: String) async -> GatewayAnswer<RefundReport> {
    answer(
      await call(
        StripeRequest(
          .get, "\(refundsPath)/\(StripeForm.escaped(reference))",
          label: "look at refund \(reference)"),
        StripeRefund.self))
  }

  private func answer(_ reply: StripeReply<StripeRefund>) -> GatewayAnswer<RefundReport> {
    switch reply {
    case .object(let refund, _): report(refund)
    case .error(let error, let status): error.answer(status: status)
    case .unknown(let reason): .unknown(reason)
    }
  }

  private func report(_ refund: StripeRefund) -> GatewayAnswer<RefundReport> {
    let state: MovementState
    switch refund.status {
    case "pending", "requires_action": state = .pending
    case "succeeded": state = .succeeded
    case "failed", "canceled": state = .failed
    default: return .unknown("the refund is \(refund.status ?? "nothing") at Stripe")
    }
    return .report(
      RefundReport(
        reference: refund.id, state: state,
        failure: state == .failed ? refund.failureReason ?? refund.status ?? "" : ""))
  }
}
