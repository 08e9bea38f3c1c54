internal import Accounting
internal import Availability
internal import Intervals

/// P-6: money goes back the way it came, what came in last first; never more than came.
extension Till {
  /// What is kept beyond what is claimed. What was recorded by hand is given back by hand.
  mutating func giveBackExcess(because reason: String) {
    let excess = max(0, appointment.kept - appointment.claim)
    let amount = min(excess, refundable)
    guard amount > 0 else { return }
    giveBack(amount, because: reason)
  }

  /// What can be given back without anyone's hands, in minor units.
  var refundable: Int64 {
    min(appointment.kept, payments.reduce(0) { $0 + refundable(of: $1) })
  }

  /// - Parameter amount: more than 0, and at most `refundable`.
  mutating func giveBack(_ amount: Int64, because reason: String) {
    var left = amount
    for payment in payments.reversed() where left > 0 {
      let share = min(left, refundable(of: payment))
      guard share > 0 else { continue }
      left -= share
      giveBack(share, of: payment, because: reason)
    }
    precondition(left == 0, "no more is given back than came in")
    step(.refundBegun, reason: reason) {
      $0.refunded += amount
      $0.paymentStatus = $0.statusOnceGivenBack
    }
  }

  /// What of a movement has not gone back yet.
  private func refundable(of payment: Payment) -> Int64 {
    guard payment.direction == .payment, payment.state == .succeeded else { return 0 }
    switch payment.source {
    case .hand: return 0
    case .gateway(let id): return intents.first { $0.id == id }?.refundable ?? 0
    case .benefit: return payment.amount.minorUnits - givenBack(of: payment)
    }
  }

  private func givenBack(of payment: Payment) -> Int64 {
    payments.filter { $0.direction == .refund && $0.returns == payment.id }
      .reduce(0) { $0 + $1.amount.minorUnits }
  }

  private mutating func giveBack(_ share: Int64, of payment: Payment, because reason: String) {
    switch payment.source {
    case .hand: preconditionFailure("what was paid by hand goes back by hand")
    case .gateway(let id):
      let now = now
      move(
        Payment(
          id: nextID(), purpose: payment.purpose, direction: .refund, source: .gateway(id),
          amount: appointment.money(share), method: payment.method, note: reason,
          returns: payment.id, state: .pending,
          errand: Errand(kind: .refund, number: 1, due: now), at: now))
      change(id) { $0.refunded += share }
    case .benefit:
      let back = BenefitReturn.giveBack(
        share, of: payment, alreadyBack: givenBack(of: payment), for: appointment, facts: facts,
        stamp: stamp, ordinal: &ordinal, reason: reason)
      facts.learn(back.events)
      move(back.refund, with: back.events)
    }
  }
}

extension Appointment {
  /// What is paid once money was given back: where something was still to be paid, it still is; where enough was
  /// kept of too much, it is paid.
  fileprivate var statusOnceGivenBack: PaymentStatus {
    if state.occupies, claim > 0, kept == claim, refunded < paid { return .paid }
    return statusOnceRefunded
  }
}
