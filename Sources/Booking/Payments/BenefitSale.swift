internal import Accounting
internal import Availability
internal import Intervals

/// A benefit that is sold, on its way through a decision: as `Till` is for appointments.
struct BenefitSale {
  private(set) var benefit: Benefit
  private(set) var effects: [Effect] = []
  private(set) var intents: [PaymentIntent]
  private(set) var payments: [Payment]
  private let known: Benefit
  private let knownIntents: [PaymentIntentID: PaymentIntent]
  private let stamp: Stamp
  private var moves: [Event] = []

  init?(_ id: BenefitID, facts: Facts, stamp: Stamp) {
    guard let benefit = facts.benefits[id] else { return nil }
    self.benefit = benefit
    self.stamp = stamp
    known = benefit
    intents = facts.benefitIntents[id] ?? []
    payments = facts.benefitPayments[id] ?? []
    knownIntents = Dictionary(uniqueKeysWithValues: intents.map { ($0.id, $0) })
  }

  var events: [Event] {
    intents.compactMap { intent in
      guard let old = knownIntents[intent.id], old != intent else { return nil }
      return .paymentIntentChanged(intent, from: old)
    } + moves + (benefit == known ? [] : [.benefitChanged(benefit, from: known)])
  }

  func intent(_ id: PaymentIntentID) -> PaymentIntent? { intents.first { $0.id == id } }

  mutating func change(_ id: PaymentIntentID, _ change: (inout PaymentIntent) -> Void) {
    guard let place = intents.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("a benefit comes with its intents")
    }
    intents[place].change(at: stamp.at, since: knownIntents[id], change)
  }

  private mutating func changeBenefit(_ change: (inout Benefit) -> Void) {
    if benefit.version == known.version {
      benefit.version += 1
      benefit.changedAt = stamp.at
    }
    change(&benefit)
  }

  /// It is paid, or was given up before: then the money goes back in full.
  mutating func receive(_ amount: Int64, by intent: PaymentIntentID) {
    guard amount > 0 else { return }
    let payment = Payment(
      id: stamp.id(Ordinal.payment), purpose: .benefit(benefit.id), direction: .payment,
      source: .gateway(intent), amount: money(amount), method: "card", note: "", at: stamp.at)
    payments.append(payment)
    moves.append(.moneyMoved(payment))
    changeBenefit {
      $0.state = .active
      $0.valueLeft = $0.value.minorUnits
      $0.sessionsLeft = $0.sessions
    }
    guard known.state != .pending else {
      effects.append(Messages.toBuyer(.paid, benefit))
      return
    }
    giveBack(amount, because: "paid too late")
  }

  /// It is not paid, and is not going to be.
  mutating func end(stopping id: PaymentIntentID?) {
    guard benefit.state == .pending else { return }
    let now = stamp.at
    if let id, intent(id)?.state.isOpen == true {
      change(id) { $0.ask(.cancel, at: now) }
    }
    changeBenefit {
      $0.state = .canceled
      $0.valueLeft = 0
      $0.sessionsLeft = 0
    }
    effects.append(Messages.toBuyer(.paymentFailed, benefit))
  }

  /// What is left of it, as far as it came through a gateway; minor units.
  var refundable: Int64 {
    min(benefit.valueLeft, intents.reduce(0) { $0 + $1.refundable })
  }

  /// - Parameter amount: at most `refundable`.
  @discardableResult
  mutating func giveBack(_ amount: Int64, because reason: String) -> Payment? {
    guard let intent = intents.last(where: { $0.refundable >= amount }) else { return nil }
    let refund = Payment(
      id: stamp.id(Ordinal.firstOfMovements), purpose: .benefit(benefit.id), direction: .refund,
      source: .gateway(intent.id), amount: money(amount), method: "card", note: reason,
      returns: payments.last { $0.source == .gateway(intent.id) && $0.direction == .payment }?.id,
      state: .pending, errand: Errand(kind: .refund, number: 1, due: stamp.at), at: stamp.at)
    payments.append(refund)
    moves.append(.moneyMoved(refund))
    change(intent.id) { $0.refunded += amount }
    take(amount)
    return refund
  }

  /// So much of its value goes.
  private mutating func take(_ amount: Int64) {
    changeBenefit {
      $0.valueLeft -= amount
      // Its sessions stay written down: should the refund fail, they are the client's again.
      if $0.valueLeft == 0 { $0.state = .canceled }
    }
  }

  mutating func absorb(
    _ answer: GatewayAnswer<RefundReport>, about refund: Payment, to kind: ErrandKind,
    isCurrent: Bool
  ) {
    let next = refund.absorbing(answer, to: kind, isCurrent: isCurrent, at: stamp.at)
    guard next != refund, let place = payments.firstIndex(where: { $0.id == refund.id }) else {
      return
    }
    payments[place] = next
    moves.append(.moneyChanged(next, from: refund))
    switch next.state {
    case .pending: break
    case .succeeded:
      if refund.state == .pending { effects.append(Messages.toBuyer(.refunded, benefit)) }
    case .failed:
      guard case .gateway(let intent) = refund.source else { break }
      let amount = refund.amount.minorUnits
      change(intent) { $0.refunded -= amount }
      // What did not go back is the client's still, as something to pay with for some time at least.
      let usable = stamp.at.advanced(byMs: BenefitReturn.usableMs)
      changeBenefit {
        $0.valueLeft += amount
        $0.state = .active
        $0.expiresAt = $0.expiresAt.map { max($0, usable) }
      }
      effects.append(Messages.toBuyer(.refundFailed, benefit))
    }
  }

  mutating func hear(_ news: DisputeState, about id: PaymentIntentID, amount: Int64) {
    guard let intent = intent(id), news.follows(intent.dispute) else { return }
    let held = min(max(amount, intent.disputed), intent.captured - intent.refunded)
    guard held > 0 else { return }
    change(id) {
      $0.dispute = news
      $0.disputed = held
    }
    guard news == .lost else { return }
    change(id) { $0.refunded += held }
    // What was used already stays used: only what is left can be taken back.
    let payment = Payment(
      id: stamp.id(Ordinal.firstOfMovements), purpose: .benefit(benefit.id), direction: .refund,
      source: .gateway(id), amount: money(held), method: "dispute",
      note: "taken back by the client's bank", benefitValue: min(held, benefit.valueLeft),
      at: stamp.at)
    payments.append(payment)
    moves.append(.moneyMoved(payment))
    take(min(held, benefit.valueLeft))
  }

  private func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: benefit.value.currency)
  }
}

extension Messages {
  /// To whom a benefit belongs.
  static func toBuyer(_ kind: MessageKind, _ benefit: Benefit) -> Effect {
    .message(Notice(kind, to: .client(benefit.client), about: .benefit(benefit.id)))
  }
}
