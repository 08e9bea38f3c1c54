internal import Accounting
internal import Availability
internal import Intervals

/// What gateways tell by themselves: a reason to look, but for disputes, which are told in no other way.
///
/// News come more than once, in any order, before the answer that they are about, or never. What is looked up is
/// always as it is now.
enum GatewayEvents {
  static func needs(_ event: GatewayEvent) -> Needs {
    var needs = Needs()
    needs.gatewayEvents.insert(event.key)
    switch event.news {
    case .intentChanged(let id), .disputed(let id, _, _): needs.intents.insert(id)
    case .refundChanged(let id): needs.refunds.insert(id)
    case .methodChanged(let id): needs.paymentMethods.insert(id)
    }
    return needs
  }

  static func decide(
    _ event: GatewayEvent, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard !facts.heardEvents.contains(event.key) else {
      return .change(Change(events: [], answer: .noted))
    }
    let heard = [Event.gatewayEventHeard(gateway: event.gateway, id: event.id)]
    switch event.news {
    case .intentChanged(let id): return look(at: id, heard, by: actor, facts: facts, stamp: stamp)
    case .refundChanged(let id): return look(at: id, heard, by: actor, facts: facts, stamp: stamp)
    case .methodChanged(let id):
      guard let method = facts.paymentMethods[id] else {
        return .refuse(.notFound(id: id.text, field: "payment_method_id"))
      }
      return .change(
        Change(
          events: heard + PaymentMethodAnswers.looking(at: method, at: stamp.at), answer: .noted))
    case .disputed(let id, let state, let amount):
      switch facts.purposes[id] {
      case nil: return .refuse(.notFound(id: id.text, field: "intent_id"))
      case .appointment(let appointment):
        return ErrandAnswers.withTill(
          appointment, after: heard, by: actor, facts: facts, stamp: stamp
        ) {
          $0.hear(state, about: id, amount: amount)
        }
      case .benefit(let benefit):
        return BenefitPurchase.hear(
          state, amount: amount, about: id, of: benefit, after: heard, by: actor, facts: facts,
          stamp: stamp)
      }
    }
  }

  private static func look(
    at id: PaymentIntentID, _ heard: [Event], by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard let intent = facts.intent(id) else {
      return .refuse(.notFound(id: id.text, field: "intent_id"))
    }
    var changed = intent
    changed.change(at: stamp.at, since: intent) { $0.lookNow(at: stamp.at) }
    let isNew = changed.errand != intent.errand
    return .change(
      Change(
        events: heard + (isNew ? [.paymentIntentChanged(changed, from: intent)] : []),
        answer: .noted))
  }

  private static func look(
    at id: PaymentID, _ heard: [Event], by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard let refund = facts.refund(id) else {
      return .refuse(.notFound(id: id.text, field: "refund_id"))
    }
    // One that arrived may come back all the same, days later.
    guard
      refund.errand?.kind == .lookAtRefund || (refund.state == .succeeded && refund.errand == nil)
    else {
      return .change(Change(events: heard, answer: .noted))
    }
    var next = refund
    next.version += 1
    next.errand = Errand(kind: .lookAtRefund, number: next.version, due: stamp.at)
    return .change(
      Change(events: heard + [.moneyChanged(next, from: refund)], answer: .noted))
  }
}

extension PaymentIntent {
  /// Something was told of it. What is being asked already answers that, too.
  fileprivate mutating func lookNow(at now: Instant) {
    switch errand?.kind {
    case .look: ask(.look, at: now, tries: errand?.tries ?? 0)
    case nil:
      if state != .succeeded { ask(.look, at: now) }
    case .prepare, .confirm, .cancel, .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach: break
    }
  }
}

extension GatewayEvent {
  var key: GatewayEventKey { GatewayEventKey(gateway: gateway, id: id) }
}

extension Facts {
  /// One that was asked for by its id.
  func intent(_ id: PaymentIntentID) -> PaymentIntent? {
    switch purposes[id] {
    case nil: nil
    case .appointment(let appointment): intents[appointment]?.first { $0.id == id }
    case .benefit(let benefit): benefitIntents[benefit]?.first { $0.id == id }
    }
  }

  /// One that was asked for by its id.
  func refund(_ id: PaymentID) -> Payment? {
    switch refundPurposes[id] {
    case nil: nil
    case .appointment(let appointment): payments[appointment]?.first { $0.id == id }
    case .benefit(let benefit): benefitPayments[benefit]?.first { $0.id == id }
    }
  }
}
