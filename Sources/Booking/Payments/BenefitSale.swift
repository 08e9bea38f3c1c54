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
  let stamp: Stamp
  private var moves: [Event] = []

  init?(_ id: BenefitID, facts: Facts, stamp: Stamp) {
    guard let benefit = facts.benefits[id] else { return nil }
    self.init(benefit, facts: facts, stamp: stamp)
  }

  init(_ benefit: Benefit, facts: Facts, stamp: Stamp) {
    self.benefit = benefit
    self.stamp = stamp
    known = benefit
    intents = facts.benefitIntents[benefit.id] ?? []
    payments = facts.benefitPayments[benefit.id] ?? []
    knownIntents = Dictionary(uniqueKeysWithValues: intents.map { ($0.id, $0) })
  }

  var events: [Event] {
    let changed: [Event] = intents.compactMap { intent in
      guard let old = knownIntents[intent.id] else { return .paymentIntentMade(intent) }
      return old == intent ? nil : .paymentIntentChanged(intent, from: old)
    }
    return changed + moves + (benefit == known ? [] : [.benefitChanged(benefit, from: known)])
  }

  func intent(_ id: PaymentIntentID) -> PaymentIntent? { intents.first { $0.id == id } }

  /// The one by which money may still be taken.
  var open: PaymentIntent? { intents.last { $0.state.isOpen } }

  /// Of a package's sum, what is still to be paid; minor units.
  var outstanding: Int64 { max(0, benefit.owed - payments.keptInAll) }

  mutating func change(_ id: PaymentIntentID, _ change: (inout PaymentIntent) -> Void) {
    guard let place = intents.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("a benefit comes with its intents")
    }
    intents[place].change(at: stamp.at, since: knownIntents[id], change)
  }

  mutating func move(_ payment: Payment) {
    payments.append(payment)
    moves.append(.moneyMoved(payment))
  }

  mutating func make(_ intent: PaymentIntent) { intents.append(intent) }

  mutating func tell(_ kind: MessageKind) { effects.append(Messages.toBuyer(kind, benefit)) }

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
    move(payment)
    guard benefit.link == nil else { return receivedForPackage(by: intent) }
    changeBenefit {
      $0.state = .active
      $0.valueLeft = $0.value.minorUnits
      $0.sessionsLeft = $0.sessions
    }
    guard known.state != .pending else {
      tell(.paid)
      return
    }
    giveBack(amount, because: "paid too late")
  }

  /// It is not paid, and is not going to be.
  mutating func end(stopping id: PaymentIntentID?) {
    guard benefit.link == nil else {
      // A package goes on, and what is open stays open.
      if id != nil { tell(.paymentFailed) }
      return
    }
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
    tell(.paymentFailed)
  }

  /// What of it came through a gateway and can go back: no more than what is left, but for a package, whose sum is
  /// then owed again. Minor units.
  var refundable: Int64 {
    let back = intents.reduce(0) { $0 + $1.refundable }
    return benefit.link == nil ? min(benefit.valueLeft, back) : back
  }

  /// What came in last goes back first.
  /// - Parameter amount: at most `refundable`.
  @discardableResult
  mutating func giveBack(_ amount: Int64, because reason: String) -> [Payment] {
    var (left, refunds) = (amount, [Payment]())
    for intent in intents.reversed() where left > 0 && intent.refundable > 0 {
      let share = min(left, intent.refundable)
      left -= share
      let refund = Payment(
        id: stamp.id(Ordinal.firstOfMovements + refunds.count), purpose: .benefit(benefit.id),
        direction: .refund, source: .gateway(intent.id), amount: money(share), method: "card",
        note: reason,
        returns: payments.last { $0.source == .gateway(intent.id) && $0.direction == .payment }?.id,
        state: .pending, errand: Errand(kind: .refund, number: 1, due: stamp.at), at: stamp.at)
      move(refund)
      change(intent.id) { $0.refunded += share }
      refunds.append(refund)
    }
    if benefit.link == nil { take(amount - left) }
    return refunds
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
      if refund.state == .pending { tell(.refunded) }
    case .failed:
      guard case .gateway(let intent) = refund.source else { break }
      let amount = refund.amount.minorUnits
      change(intent) { $0.refunded -= amount }
      tell(.refundFailed)
      guard benefit.link == nil else { break }
      // What did not go back is the client's still, as something to pay with for some time at least.
      let usable = stamp.at.advanced(byMs: BenefitReturn.usableMs)
      changeBenefit {
        $0.valueLeft += amount
        $0.state = .active
        $0.expiresAt = $0.expiresAt.map { max($0, usable) }
      }
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
    // What was used already stays used: only what is left can be taken back. A package's sum is owed again.
    let gone = benefit.link == nil ? min(held, benefit.valueLeft) : 0
    let payment = Payment(
      id: stamp.id(Ordinal.firstOfMovements), purpose: .benefit(benefit.id), direction: .refund,
      source: .gateway(id), amount: money(held), method: "dispute",
      note: "taken back by the client's bank", benefitValue: gone, at: stamp.at)
    move(payment)
    if benefit.link == nil { take(gone) }
  }

  func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: benefit.value.currency)
  }
}

extension Messages {
  /// To whom a benefit belongs.
  static func toBuyer(_ kind: MessageKind, _ benefit: Benefit) -> Effect {
    .message(
      Notice(
        kind, to: .client(benefit.client),
        about: benefit.link.map(MessageSubject.packageLink) ?? .benefit(benefit.id)))
  }
}
