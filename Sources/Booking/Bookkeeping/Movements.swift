internal import Accounting
internal import Availability

/// Money that came in, went back, or did not go back after all.
extension Books {
  mutating func write(_ payment: Payment) {
    switch payment.direction {
    case .payment: write(payment, as: kindOfPayment(payment), sign: 1)
    case .refund: write(payment, as: kindOfRefund(payment), sign: -1)
    }
  }

  mutating func write(_ payment: Payment, from old: Payment) {
    switch (old.counts, payment.counts) {
    case (true, true), (false, false): break
    case (true, false): write(payment, as: .refundFailed, sign: 1)
    case (false, true): write(payment)
    }
  }

  private mutating func write(_ payment: Payment, as kind: TransferKind, sign: Int64) {
    let amount = sign * payment.amount.minorUnits
    switch payment.purpose {
    case .appointment(let id):
      move(amount, worth: sign * payment.benefitValue, payment, as: kind, for: id)
    case .benefit(let id): trade(amount, payment, as: kind, for: id)
    }
  }

  private func kindOfPayment(_ payment: Payment) -> TransferKind {
    switch (payment.purpose, payment.source) {
    case (.benefit(let id), _): benefit(id).link == nil ? .benefitSold : .charge
    case (.appointment, .benefit): .benefitUsed
    case (.appointment, .hand), (.appointment, .gateway): .charge
    }
  }

  private func kindOfRefund(_ payment: Payment) -> TransferKind {
    switch payment.source {
    case .hand: .refund
    case .gateway(let intent): isLoss(payment, by: intent) ? .disputeLost : .refund
    case .benefit: .benefitReturned
    }
  }

  mutating func write(_ payout: Payout) {
    post(
      .payout, payout.id.text,
      [
        Posting(.therapist(payout.therapist), payout.amount),
        Posting(.bank(partner), -payout.amount),
      ])
  }
}

extension Payment {
  /// Whether it is part of what was paid or refunded: a refund is from the moment at which it is asked for.
  var counts: Bool {
    switch state {
    case .pending, .succeeded: true
    case .failed: false
    }
  }

  /// Why it was given back; empty for what came in.
  var reason: String { direction == .refund ? note : "" }
}
