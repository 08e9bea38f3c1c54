internal import Accounting
internal import Availability
internal import Intervals

/// P-5: paying for an appointment by its client's benefits.
enum BenefitPayment {
  /// Pays as far as they reach, in the order in which they are used. A session of a package is paid by sessions
  /// alone (P-1).
  /// - Parameters:
  ///   - due: minor units of the appointment's currency; 0 pays nothing.
  ///   - facts: with the client's account.
  ///   - ordinal: of the next thing that moves in this decision; counted on.
  /// - Returns: the movements, what became of the benefits, in the same order, and the sum of what was paid.
  static func pay(
    _ due: Int64, for appointment: Appointment, facts: Facts, stamp: Stamp, ordinal: inout Int
  ) -> (payments: [Payment], events: [Event], paid: Int64) {
    let usable = facts.account(for: appointment).filter { $0.pays(for: appointment, at: stamp.at) }
      .sorted { $0.isUsed(before: $1) }
    var payments: [Payment] = []
    var events: [Event] = []
    var left = due
    for benefit in usable where left > 0 {
      let (rest, use) = benefit.paying(left, at: stamp.at)
      payments.append(
        Payment(
          id: stamp.id(Ordinal.firstOfMovements + ordinal), purpose: .appointment(appointment.id),
          direction: .payment, source: .benefit(benefit.id), amount: appointment.money(use.amount),
          method: "benefit", note: "", benefitValue: use.value, at: stamp.at))
      ordinal += 1
      events.append(.benefitChanged(rest, from: benefit))
      left -= use.amount
    }
    return (payments, events, due - left)
  }
}

extension Benefit {
  /// Those that expire first are used first, then the oldest.
  public func isUsed(before other: Benefit) -> Bool {
    switch (expiresAt, other.expiresAt) {
    case (let mine?, let theirs?) where mine != theirs: mine < theirs
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil), (_?, _?): (createdAt, id) < (other.createdAt, other.id)
    }
  }

  /// Whether it can be used for an appointment now. At its expiry it pays for nothing, whether or not anyone has
  /// written that down.
  ///
  /// A package's pays for its sessions alone, and no other pays for them (K-5). It lapses with its package, which
  /// minds the time; a session that was held in time can be paid again when its attendance is corrected.
  func pays(for appointment: Appointment, at now: Instant) -> Bool {
    guard link == appointment.package?.link else { return false }
    guard link == nil else {
      return state == .active && appointment.isPaidByPackage
        && value.currency == appointment.price.currency
    }
    guard state == .active, expiresAt.map({ now < $0 }) ?? true,
      value.currency == appointment.price.currency,
      services.isEmpty || services.contains(appointment.service)
    else { return false }
    switch kind {
    // A session is for a session; the fee of a cancelled one may be much less than it is worth.
    case .sessions: return appointment.state.occupies
    case .credit, .voucher: return appointment.plan != .package
    }
  }

  /// What is left of it after it has paid all or a part of what is due, and what it paid.
  /// - Parameter due: more than 0.
  fileprivate func paying(
    _ due: Int64, at now: Instant
  ) -> (rest: Benefit, use: (amount: Int64, value: Int64)) {
    switch kind {
    case .credit, .voucher:
      let amount = min(due, valueLeft)
      let rest = stepping(at: now) {
        $0.valueLeft -= amount
        if $0.valueLeft == 0 { $0.state = .usedUp }
      }
      return (rest, (amount, amount))
    case .sessions:
      let value = valueOfNextSession
      let rest = stepping(at: now) {
        $0.valueLeft -= value
        $0.sessionsLeft -= 1
        if $0.sessionsLeft == 0 { $0.state = .usedUp }
      }
      return (rest, (due, value))
    }
  }

  /// The benefit one version on.
  /// - Parameter change: makes it what it is then; version and time are seen to.
  func stepping(at now: Instant, _ change: (inout Benefit) -> Void) -> Benefit {
    var result = self
    change(&result)
    result.version = version + 1
    result.changedAt = now
    return result
  }
}

extension Facts {
  /// The benefits among which there are some that may pay for an appointment.
  fileprivate func account(for appointment: Appointment) -> [Benefit] {
    if let link = appointment.package?.link {
      return benefit(of: link, client: appointment.client).map { [$0] } ?? []
    }
    return appointment.client.flatMap { accounts[$0] } ?? []
  }

  /// Knows from then on what became of benefits in this decision, so that the next use or return sees it.
  mutating func learn(_ events: [Event]) {
    for event in events {
      guard let benefit = event.benefit else { continue }
      benefits[benefit.id] = benefit
      var account = accounts[benefit.client] ?? []
      account.removeAll { $0.id == benefit.id }
      accounts[benefit.client] = account + [benefit]
    }
  }
}

extension Event {
  /// A benefit as it is from then on; nil where it is about something else.
  fileprivate var benefit: Benefit? {
    if case .benefitMade(let benefit) = self { return benefit }
    if case .benefitChanged(let benefit, from: _) = self { return benefit }
    return nil
  }
}
