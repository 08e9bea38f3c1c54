internal import Accounting
internal import Availability
internal import Intervals

/// what a session comes to once it has ended, or is said to have been missed.
extension Till {
  /// A step after which less or more may be claimed; what is kept beyond it goes back.
  /// - Parameter change: ends the session, or sets its attendance.
  mutating func settle(_ step: AppointmentStep, _ change: (inout Appointment) -> Void) {
    let policy = facts.policy(of: appointment)
    self.step(step) {
      let claim = $0.claim
      change(&$0)
      $0.settleEarnings(under: policy)
      if $0.claim != claim { $0.paymentStatus = $0.statusOnceSettled }
    }
    giveBackExcess(because: "less is owed")
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
