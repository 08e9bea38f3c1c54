internal import Accounting
internal import Availability
internal import Intervals

/// P-5: what becomes of a benefit that is bought through a gateway, and of the money that was paid for it.
enum BenefitPurchase {
  /// A gateway answered, or not, about the intent by which it is paid.
  static func hear(
    _ answer: GatewayAnswer<IntentReport>, to answered: ErrandAnswered, about id: PaymentIntentID,
    of benefit: BenefitID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard var sale = BenefitSale(benefit, facts: facts, stamp: stamp), let intent = sale.intent(id)
    else { return .refuse(.notFound(id: id.text, field: "intent_id")) }
    let isCurrent = intent.errand?.number == answered.number
    var outcome = IntentOutcome.none
    sale.change(id) {
      outcome = $0.absorb(answer, to: answered.kind, isCurrent: isCurrent, at: stamp.at)
    }
    switch outcome {
    case .none, .needsAction: break
    case .received(let amount): sale.receive(amount, by: id)
    case .failed: sale.end(stopping: id)
    case .stopped: sale.end(stopping: nil)
    }
    return .change(Change(events: sale.events, effects: sale.effects, answer: .noted))
  }

  /// A gateway answered, or not, about a refund.
  static func hear(
    _ answer: GatewayAnswer<RefundReport>, to answered: ErrandAnswered, about id: PaymentID,
    of benefit: BenefitID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard var sale = BenefitSale(benefit, facts: facts, stamp: stamp),
      let refund = sale.payments.first(where: { $0.id == id })
    else { return .refuse(.notFound(id: id.text, field: "refund_id")) }
    sale.absorb(
      answer, about: refund, to: answered.kind,
      isCurrent: refund.errand?.number == answered.number)
    return .change(Change(events: sale.events, effects: sale.effects, answer: .noted))
  }

  /// News of a dispute: what is left of the benefit pays for nothing while the bank has the money.
  static func hear(
    _ news: DisputeState, amount: Int64, about id: PaymentIntentID, of benefit: BenefitID,
    after heard: [Event], by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard var sale = BenefitSale(benefit, facts: facts, stamp: stamp) else {
      return .refuse(.notFound(id: id.text, field: "intent_id"))
    }
    sale.hear(news, about: id, amount: amount)
    return .change(
      Change(events: heard + sale.events, effects: sale.effects, answer: .noted))
  }

  /// Giving back what is left of it.
  static func refund(
    _ id: BenefitID, _ wish: RefundWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    guard let benefit = facts.benefits[id], benefit.isVisible(to: actor),
      var sale = BenefitSale(id, facts: facts, stamp: stamp)
    else { throw Refused(.notFound(id: id.text, field: "benefit_id")) }
    if let seen = wish.seenVersion, seen != benefit.version {
      throw Refused(.staleVersion(id: id.text, seen: seen, current: benefit.version))
    }
    guard sale.refundable > 0 else { throw Refused(.nothingPaidForBenefit(id)) }
    let amount = try wish.amount(upTo: sale.refundable, in: benefit.value.currency)
    let refunds = sale.giveBack(amount, because: wish.reason)
    return Change(
      events: sale.events, effects: sale.effects,
      answer: .benefitRefunds(refunds, sale.benefit))
  }
}
