internal import Accounting
internal import Availability
internal import Booking

extension SandboxBooks {
  typealias RefundOutcome = SandboxOutcome<RefundReport>

  func refund(_ wish: RefundWish, atMs now: Int64) -> RefundOutcome {
    if let made = refunds[wish.refund.text] {
      return RefundOutcome(
        answer: made.amount == wish.amount.minorUnits
          && made.intentReference == wish.intentReference
          ? .report(report(made, atMs: now)) : .refused(code: "idempotency_error"))
    }
    guard let intent = known(wish.intentReference) else { return RefundOutcome(answer: .notFound) }
    guard intent.silentUntilMs <= now else { return .silence }
    guard let capture = intent.capture, let card = SandboxCard(token: capture.token) else {
      return RefundOutcome(answer: .refused(code: "charge_not_captured"))
    }
    if let dispute = dispute(of: intent, atMs: now), dispute.state != .won {
      return RefundOutcome(answer: .refused(code: "charge_disputed"))
    }
    let amount = wish.amount.minorUnits
    let left = capture.amount - refunded(of: intent.reference, atMs: now)
    guard amount > 0, wish.amount.currency.code == intent.currency, amount <= left else {
      return RefundOutcome(
        answer: .refused(code: left == 0 ? "charge_already_refunded" : "amount_too_large"))
    }
    let refund = SandboxRefund(
      reference: "sandbox_\(wish.refund.text)", refund: wish.refund.text,
      intentReference: intent.reference, amount: amount, currency: intent.currency,
      reason: wish.reason, atMs: now, settlesAtMs: now + card.refund.pendingMs,
      succeeds: card.refund.outcome == .succeeded)
    let settled = SandboxEvent(
      id: "\(refund.reference)_settled", kind: .refundChanged, subject: refund.refund,
      dueMs: refund.settlesAtMs)
    return RefundOutcome(
      entry: SandboxEntry(refund: refund, events: [settled]),
      answer: card == .refundHangs ? .silence : .report(report(refund, atMs: now)))
  }

  func lookAtRefund(_ id: PaymentID, atMs now: Int64) -> RefundOutcome {
    RefundOutcome(answer: refunds[id.text].map { .report(report($0, atMs: now)) } ?? .notFound)
  }
}
