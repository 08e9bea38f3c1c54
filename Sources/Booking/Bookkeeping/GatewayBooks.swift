internal import Accounting
internal import Availability

/// What is with the gateways: what they keep for themselves, and what they hold for a dispute.
extension Books {
  mutating func write(_ intent: PaymentIntent, from old: PaymentIntent) {
    let fee = intent.fee - old.fee
    post(
      .fee, subject(of: intent.purpose),
      [
        Posting(.fees(partner), intent.money(fee)),
        Posting(.gateway(intent.gateway), intent.money(-fee)),
      ])
    let held = old.dispute == .open ? old.disputed : 0
    switch intent.dispute {
    case .open: hold(intent.disputed - held, of: intent, as: .disputeOpened)
    case .none, .won: hold(-held, of: intent, as: .disputeWon)
    case .lost:
      // Told at once, or of another amount than before: the loss itself is its movement.
      if old.dispute != .lost {
        // What the bank took of what had gone back by hand is no movement: it stays the partner's loss.
        let loss = max(
          loss(by: intent.id), intent.refunded - old.refunded - sentBack(by: intent.id))
        hold(loss - held, of: intent, as: .disputeOpened)
      }
    }
  }

  private mutating func hold(_ amount: Int64, of intent: PaymentIntent, as kind: TransferKind) {
    post(
      kind, subject(of: intent.purpose),
      [
        Posting(.disputes(partner), intent.money(amount)),
        Posting(.gateway(intent.gateway), intent.money(-amount)),
      ])
  }

  private func subject(of purpose: PaymentPurpose) -> String {
    switch purpose {
    case .appointment(let id): id.text
    case .benefit(let id): find(id)?.subject ?? id.text
    }
  }

  /// Where a movement through a gateway comes from, or goes to.
  func place(of payment: Payment, by id: PaymentIntentID) -> Account {
    isLoss(payment, by: id)
      ? .disputes(partner) : .gateway(intent(id, for: payment.purpose).gateway)
  }

  /// Whether it is what a lost dispute took; other refunds through a gateway are asked for, and pending at first.
  func isLoss(_ payment: Payment, by id: PaymentIntentID) -> Bool {
    payment.direction == .refund && payment.state == .succeeded
      && payment.source == .gateway(id) && isLostNow(id)
  }

  private func isLostNow(_ id: PaymentIntentID) -> Bool {
    events.contains {
      if case .paymentIntentChanged(let intent, from: let old) = $0 {
        intent.id == id && intent.dispute == .lost && old.dispute != .lost
      } else {
        false
      }
    }
  }

  private func loss(by id: PaymentIntentID) -> Int64 {
    events.reduce(0) { sum, event in
      guard case .moneyMoved(let payment) = event, isLoss(payment, by: id) else { return sum }
      return sum + payment.amount.minorUnits
    }
  }

  /// What goes back by an intent in this change, and not by its dispute.
  private func sentBack(by id: PaymentIntentID) -> Int64 {
    events.reduce(0) { sum, event in
      guard case .moneyMoved(let payment) = event, payment.direction == .refund,
        payment.source == .gateway(id), !isLoss(payment, by: id)
      else { return sum }
      return sum + payment.amount.minorUnits
    }
  }

  private func intent(_ id: PaymentIntentID, for purpose: PaymentPurpose) -> PaymentIntent {
    for event in events {
      if case .paymentIntentMade(let intent) = event, intent.id == id { return intent }
      if case .paymentIntentChanged(let intent, from: _) = event, intent.id == id { return intent }
    }
    let known =
      switch purpose {
      case .appointment(let appointment): facts.intents[appointment]
      case .benefit(let benefit): facts.benefitIntents[benefit]
      }
    guard let intent = known?.first(where: { $0.id == id }) else {
      preconditionFailure("\(id.text): money moves by an intent that is known")
    }
    return intent
  }
}

extension PaymentIntent {
  fileprivate func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: amount.currency)
  }
}
