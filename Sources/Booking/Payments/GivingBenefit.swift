internal import Accounting
internal import Availability
internal import Intervals

/// P-5: benefits come into a client's account: given, paid outside, or bought through a gateway.
enum GivingBenefit {
  static func needs(_ wish: BenefitWish) -> Needs {
    var needs = Needs()
    needs.clients.insert(wish.client)
    needs.services.formUnion(wish.services)
    if let id = wish.id { needs.benefits.insert(id) }
    if case .through(gateway: _, .saved(let method)) = wish.payment {
      needs.paymentMethods.insert(method)
    }
    return needs
  }

  static func decide(_ wish: BenefitWish, by actor: Actor, facts: Facts, stamp: Stamp) -> Decision {
    do throws(Refused) {
      try wish.requireClient(of: actor, facts: facts)
      let faults = wish.faults(by: actor, facts: facts, at: stamp.at)
      guard faults.isEmpty else { throw Refused(.invalid(faults)) }
      for (index, service) in wish.services.enumerated() where facts.services[service] == nil {
        throw Refused(.notFound(id: service.text, field: "benefit.service_ids[\(index)]"))
      }
      let id = wish.id ?? stamp.id(Ordinal.benefit)
      if facts.benefits[id] != nil || facts.takenElsewhere.contains(id.text) {
        throw Refused(.idTaken(id: id.text, field: "benefit.benefit_id"))
      }
      return .change(try give(wish, as: id, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func give(
    _ wish: BenefitWish, as id: BenefitID, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    switch wish.payment {
    case .granted:
      let benefit = wish.benefit(id, .granted, .active, at: stamp.at)
      return Change(events: [.benefitMade(benefit)], answer: .benefit(benefit, intent: nil))
    case .byHand(let method):
      let benefit = wish.benefit(id, .bought, .active, at: stamp.at)
      let payment = Payment(
        id: stamp.id(Ordinal.payment), purpose: .benefit(id), direction: .payment,
        amount: wish.value, method: method, note: "", at: stamp.at)
      let notice = Notice(.paid, to: .client(wish.client), about: .benefit(id))
      return Change(
        events: [.benefitMade(benefit), .moneyMoved(payment)], effects: [.message(notice)],
        answer: .benefit(benefit, intent: nil))
    case .through(let gateway, let source):
      let benefit = wish.benefit(id, .bought, .pending, at: stamp.at)
      let intent = PaymentIntent.made(
        stamp.id(Ordinal.intent), for: .benefit(id), by: wish.client, of: wish.value,
        from: try source?.choice(of: wish.client, at: gateway, facts), through: gateway,
        isOffSession: false, at: stamp.at)
      return Change(
        events: [.benefitMade(benefit), .paymentIntentMade(intent)],
        answer: .benefit(benefit, intent: intent))
    }
  }
}

extension BenefitWish {
  /// Staff give to and sell to all clients, and clients buy for themselves.
  fileprivate func requireClient(of actor: Actor, facts: Facts) throws(Refused) {
    let isTheirs =
      switch (actor, payment) {
      case (.staff, _), (.time, _), (.gateway, _): true
      case (.client(client), .through): true
      case (.client, _), (.therapist, _), (.link, _): false
      }
    guard isTheirs, facts.clients[client] != nil else {
      throw Refused(.notFound(id: client.text, field: "benefit.client_id"))
    }
  }

  /// What is wrong with the draft.
  fileprivate func faults(by actor: Actor, facts: Facts, at now: Instant) -> [FieldFault] {
    var faults: [FieldFault] = []
    func fault(_ field: String, _ expected: String) {
      faults.append(FieldFault(field: "benefit.\(field)", expected: expected))
    }
    if case .client = actor, kind == .sessions {
      // Else they would name the price of sessions themselves.
      fault("kind", "expected CREDIT or VOUCHER: staff sell sessions")
    }
    let expected = expectedValue
    if !expected.range.contains(value.minorUnits) {
      fault("value.minor_units", "expected \(expected.text), got \(value.minorUnits)")
    }
    let counted = kind == .sessions ? BenefitWish.sessionCount : 0...0
    if !counted.contains(sessions) {
      let expected = kind == .sessions ? "1 to \(BenefitWish.sessionCount.upperBound)" : "0"
      fault("sessions", "expected \(expected) of \(kind.rawValue), got \(sessions)")
    }
    for service in services.compactMap({ facts.services[$0] })
    where service.price.currency != value.currency {
      let expected = "expected \(service.price.currency.code), which \(service.id) costs"
      fault("value.currency", "\(expected), got \(value.currency.code)")
      break
    }
    if let expiresAt, expiresAt <= now { fault("expire_time", "expected a time in the future") }
    return faults
  }

  /// The sessions that a benefit of sessions can have.
  static let sessionCount: ClosedRange<Int32> = 1...1_000

  /// What it may be worth. What is sold is worth what is paid; a session that is given away has no value of its own.
  private var expectedValue: (range: ClosedRange<Int64>, text: String) {
    switch (payment, kind) {
    case (.granted, .sessions): (0...0, "0, since they are given")
    case (.granted, .credit), (.granted, .voucher), (.byHand, _), (.through, _):
      (1...Int64.max, "more than 0")
    }
  }

  fileprivate func benefit(
    _ id: BenefitID, _ origin: BenefitOrigin, _ state: BenefitState, at now: Instant
  ) -> Benefit {
    Benefit(
      id: id, client: client, kind: kind, origin: origin, services: Set(services).sorted(),
      value: value, sessions: sessions, valueLeft: value.minorUnits, sessionsLeft: sessions,
      state: state, expiresAt: expiresAt, note: note, createdAt: now, changedAt: now)
  }
}
