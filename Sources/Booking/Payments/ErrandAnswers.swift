internal import Accounting
internal import Availability
internal import Intervals

/// P-8: what a gateway answered, or not, to what it was asked.
enum ErrandAnswers {
  static func needs(_ answered: ErrandAnswered) -> Needs {
    var needs = Needs()
    switch answered.answer {
    case .intent(let id, _): needs.intents.insert(id)
    case .refund(let id, _): needs.refunds.insert(id)
    case .method(let id, _): needs.paymentMethods.insert(id)
    }
    return needs
  }

  static func decide(
    _ answered: ErrandAnswered, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    switch answered.answer {
    case .intent(let id, let answer):
      switch facts.purposes[id] {
      case nil: return .refuse(.notFound(id: id.text, field: "intent_id"))
      case .appointment(let appointment):
        return withTill(appointment, by: actor, facts: facts, stamp: stamp) { till in
          guard let intent = till.intent(id) else { return }
          let isCurrent = intent.errand?.number == answered.number
          var outcome = IntentOutcome.none
          till.change(id) {
            outcome = $0.absorb(answer, to: answered.kind, isCurrent: isCurrent, at: stamp.at)
          }
          till.react(to: outcome, of: id)
        }
      case .benefit(let benefit):
        return BenefitPurchase.hear(
          answer, to: answered, about: id, of: benefit, by: actor, facts: facts, stamp: stamp)
      }
    case .refund(let id, let answer):
      switch facts.refundPurposes[id] {
      case nil: return .refuse(.notFound(id: id.text, field: "refund_id"))
      case .appointment(let appointment):
        return withTill(appointment, by: actor, facts: facts, stamp: stamp) { till in
          guard let refund = till.payments.first(where: { $0.id == id }) else { return }
          till.absorb(
            answer, about: refund, to: answered.kind,
            isCurrent: refund.errand?.number == answered.number)
        }
      case .benefit(let benefit):
        return BenefitPurchase.hear(
          answer, to: answered, about: id, of: benefit, by: actor, facts: facts, stamp: stamp)
      }
    case .method(let id, let answer):
      return PaymentMethodAnswers.decide(
        answer, to: answered.kind, number: answered.number, about: id, facts: facts, stamp: stamp)
    }
  }

  /// The appointment's money, with what an answer or a piece of news makes of it.
  static func withTill(
    _ id: AppointmentID, after events: [Event] = [], by actor: Actor, facts: Facts, stamp: Stamp,
    _ body: (inout Till) -> Void
  ) -> Decision {
    guard let appointment = facts.appointments[id] else {
      return .refuse(.notFound(id: id.text, field: "appointment_id"))
    }
    var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
    body(&till)
    return .change(Change(events: events + till.events, effects: till.effects, answer: .noted))
  }
}
