internal import Accounting
internal import Availability
internal import Intervals

/// The client has confirmed at their bank, and the gateway is to go on (Stripe: manual confirmation).
enum ConfirmingPayment {
  static func needs(_ id: PaymentIntentID) -> Needs {
    var needs = Needs()
    needs.intents.insert(id)
    return needs
  }

  static func decide(
    _ id: PaymentIntentID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      switch facts.purposes[id] {
      case nil: throw Refused(.notFound(id: id.text, field: "intent_id"))
      case .appointment(let appointment):
        return .change(
          try confirm(id, of: appointment, by: actor, facts: facts, stamp: stamp))
      case .benefit(let benefit):
        return .change(try confirm(id, of: benefit, by: actor, facts: facts, stamp: stamp))
      }
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func confirm(
    _ id: PaymentIntentID, of appointment: AppointmentID, by actor: Actor, facts: Facts,
    stamp: Stamp
  ) throws(Refused) -> Change {
    guard let appointment = facts.appointments[appointment], appointment.isVisible(to: actor)
    else { throw Refused(.notFound(id: id.text, field: "intent_id")) }
    var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
    guard let intent = till.intent(id) else {
      throw Refused(.notFound(id: id.text, field: "intent_id"))
    }
    try require(intent)
    till.change(id) { $0.goOn(at: stamp.at) }
    till.step(.paymentBegun) { $0.paymentStatus = .processing }
    return Change(events: till.events, answer: .paymentIntent(till.intent(id) ?? intent))
  }

  private static func confirm(
    _ id: PaymentIntentID, of benefit: BenefitID, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    guard let benefit = facts.benefits[benefit], benefit.isVisible(to: actor),
      let intent = facts.benefitIntents[benefit.id]?.first(where: { $0.id == id })
    else { throw Refused(.notFound(id: id.text, field: "intent_id")) }
    try require(intent)
    var changed = intent
    changed.change(at: stamp.at, since: intent) { $0.goOn(at: stamp.at) }
    return Change(
      events: [.paymentIntentChanged(changed, from: intent)], answer: .paymentIntent(changed))
  }

  private static func require(_ intent: PaymentIntent) throws(Refused) {
    guard intent.state == .requiresAction, intent.errand?.kind != .cancel else {
      throw Refused(.intentNotOpen(intent.id, intent.state))
    }
  }
}

extension PaymentIntent {
  /// The client is there, and has done what was asked. A confirmation of its own, with its own key.
  fileprivate mutating func goOn(at now: Instant) {
    isOffSession = false
    attempt += 1
    state = .processing
    failure = ""
    actionURL = ""
    ask(.confirm, at: now)
  }
}

extension Benefit {
  /// Whether an actor may know of it: staff of all, a client of their own.
  func isVisible(to actor: Actor) -> Bool {
    switch actor {
    case .staff, .time, .gateway: true
    case .client(let id): client == id
    case .therapist, .link: false
    }
  }
}
