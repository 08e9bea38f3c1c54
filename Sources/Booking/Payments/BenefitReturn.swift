internal import Accounting
internal import Availability
internal import Intervals

/// P-5, P-6: what was paid by a benefit goes back into the client's account.
enum BenefitReturn {
  /// What comes back can be used for so long at least: 30 days.
  static let usableMs: Int64 = 30 * 86_400_000

  /// Gives back all of a payment by a benefit, or a part.
  ///
  /// A part of a session cannot come back as a session: it becomes a credit of its own.
  /// - Parameters:
  ///   - amount: more than 0, and no more than the payment less `alreadyBack`.
  ///   - payment: by a benefit that is among the facts.
  ///   - facts: as they are by now; see `Facts.learn` where more than one goes back in a decision.
  ///   - ordinal: of the next thing that moves in this decision; counted on.
  /// - Returns: the movement, and what became of the benefit, or came to be.
  static func giveBack(
    _ amount: Int64, of payment: Payment, alreadyBack: Int64, for appointment: Appointment,
    facts: Facts, stamp: Stamp, ordinal: inout Int, reason: String
  ) -> (refund: Payment, events: [Event]) {
    precondition(
      amount > 0 && alreadyBack >= 0 && amount <= payment.amount.minorUnits - alreadyBack,
      "no more is given back than was paid")
    guard payment.direction == .payment, case .benefit(let id) = payment.source,
      let benefit = facts.benefits[id]
    else { preconditionFailure("a payment by a benefit comes with it") }
    let (back, value, event): (BenefitID, Int64, Event)
    switch benefit.kind {
    case .credit, .voucher:
      (back, value) = (id, amount)
      event = .benefitChanged(benefit.taking(back: value, at: stamp.at), from: benefit)
    case .sessions where amount == payment.amount.minorUnits:
      (back, value) = (id, payment.benefitValue)
      event = .benefitChanged(
        benefit.taking(back: value, sessions: 1, at: stamp.at), from: benefit)
    case .sessions:
      let credit = benefit.credit(
        over: appointment.money(amount), as: stamp.id(Ordinal.firstOfMovements + ordinal),
        at: stamp.at)
      ordinal += 1
      (back, value) = (credit.id, amount)
      event = .benefitMade(credit)
    }
    let refund = Payment(
      id: stamp.id(Ordinal.firstOfMovements + ordinal), purpose: payment.purpose,
      direction: .refund, source: .benefit(back), amount: appointment.money(amount),
      method: payment.method, note: reason, benefitValue: value, returns: payment.id, at: stamp.at)
    ordinal += 1
    return (refund, [event])
  }
}

extension Benefit {
  /// It pays again, also where it was used up or its time was over. Where its package was deleted, what comes back
  /// is not owed any more, and pays for nothing.
  fileprivate func taking(
    back value: Int64, sessions: Int32 = 0, at now: Instant
  ) -> Benefit {
    guard link == nil || state != .canceled else {
      return stepping(at: now) { $0.valueLeft += value }
    }
    let isOver = link == nil || state == .expired
    return stepping(at: now) {
      $0.valueLeft += value
      $0.sessionsLeft = min($0.sessionsLeft + sessions, $0.sessions)
      $0.state = .active
      guard isOver else { return }
      $0.expiresAt = $0.expiresAt.map { max($0, now.advanced(byMs: BenefitReturn.usableMs)) }
    }
  }

  /// What comes of a part of one of its sessions.
  fileprivate func credit(over part: Money, as id: BenefitID, at now: Instant) -> Benefit {
    Benefit(
      id: id, client: client, kind: .credit, origin: .returned, value: part,
      valueLeft: part.minorUnits, state: .active, note: "", createdAt: now, changedAt: now)
  }
}
