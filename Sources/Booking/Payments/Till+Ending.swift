internal import Accounting
internal import Availability
internal import Intervals

/// what a session comes to once it has ended, or is said to have been missed.
extension Till {
  /// A step after which less or more may be claimed; what is kept beyond it goes back. Where its package pays for
  /// it, that pays again for what was released before.
  /// - Parameter change: ends the session, sets its attendance, or what becomes of its package's session.
  mutating func settle(
    _ step: AppointmentStep, reason: String = "", _ change: (inout Appointment) -> Void
  ) {
    let (policy, known) = (facts.policy(of: appointment), facts)
    let wasReleased = appointment.isReleased
    self.step(step, reason: reason) {
      let claim = $0.claim
      change(&$0)
      if wasReleased, !$0.isReleased { $0.priceByPackage(known) }
      $0.settleEarnings(under: policy)
      if $0.claim != claim { $0.paymentStatus = $0.statusOnceSettled }
    }
    if wasReleased { payByPackage() }
    giveBackExcess(because: "less is owed")
  }

  /// K-6: a session that was released is used after all.
  private mutating func payByPackage() {
    let due = appointment.payable
    guard appointment.isPaidByPackage, due > 0 else { return }
    let use = BenefitPayment.pay(
      due, for: appointment, facts: facts, stamp: stamp, ordinal: &ordinal)
    precondition(use.paid == due, "\(appointment.id.text): a package has what is taken of it")
    for (payment, event) in zip(use.payments, use.events) { move(payment, with: [event]) }
    facts.learn(use.events)
    step(.benefitsUsed) {
      $0.paid += due
      $0.paymentStatus = .paid
    }
  }
}

extension Appointment {
  /// What is paid once another sum is claimed. What a gateway or a bank is at goes on.
  fileprivate var statusOnceSettled: PaymentStatus {
    switch paymentStatus {
    case .processing, .requiresAction, .disputed: paymentStatus
    case .failed where payable > 0: .failed
    case .none, .due, .failed, .paid, .partlyRefunded, .refunded:
      payable > 0 ? .due : claim > 0 ? .paid : statusOfMoneyKept
    }
  }
}
