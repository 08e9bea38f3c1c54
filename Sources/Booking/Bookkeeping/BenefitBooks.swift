internal import Accounting
internal import Availability

/// Benefits: what a client can still use is DEFERRED_REVENUE, whichever benefit it is in.
extension Books {
  /// How the worth of benefits changes in all, less what their uses, their gift and their end tell by themselves:
  /// that is what is bought and given back.
  static func untold(in events: [Event]) -> [BenefitID: Int64] {
    var untold: [BenefitID: Int64] = [:]
    for event in events {
      if case .benefitMade(let benefit) = event {
        untold[benefit.id, default: 0] += benefit.worth - benefit.gift - benefit.sale
      }
      if case .benefitChanged(let benefit, from: let old) = event {
        untold[benefit.id, default: 0] +=
          benefit.worth - old.worth + benefit.lapse(from: old) + benefit.remission(from: old)
      }
      if case .moneyMoved(let payment) = event, payment.counts,
        case .benefit(let id) = payment.source
      {
        untold[id, default: 0] += payment.benefitValue * (payment.direction == .payment ? 1 : -1)
      }
    }
    return untold
  }

  mutating func write(_ benefit: Benefit) {
    post(
      .packageSold, benefit.subject,
      [
        Posting(.client(benefit.client), benefit.money(benefit.sale)),
        Posting(.deferredRevenue(benefit.client), benefit.money(-benefit.sale)),
      ])
    post(
      .benefitGranted, benefit.id.text,
      [
        Posting(.promotions(partner), benefit.money(benefit.gift)),
        Posting(.deferredRevenue(benefit.client), benefit.money(-benefit.gift)),
      ])
  }

  mutating func write(_ benefit: Benefit, from old: Benefit) {
    let lapse = benefit.lapse(from: old)
    post(
      lapse < 0 ? .recognitionReversed : .benefitExpired, benefit.subject,
      [
        Posting(.deferredRevenue(benefit.client), benefit.money(lapse)),
        Posting(.partner(partner), benefit.money(-lapse)),
      ])
    let remission = benefit.remission(from: old)
    post(
      .packageReturned, benefit.subject,
      [
        Posting(.deferredRevenue(benefit.client), benefit.money(remission)),
        Posting(.client(benefit.client), benefit.money(-remission)),
      ])
  }

  /// Money that came in or went back for a benefit itself.
  ///
  /// What the benefit is not worth more or less by is the client's all the same: money that came too late is owed
  /// to them, and what a bank took back of a benefit that was used is owed by them.
  /// - Parameter amount: minor units; what went back is negative.
  mutating func trade(
    _ amount: Int64, _ payment: Payment, as kind: TransferKind, for id: BenefitID
  ) {
    let benefit = benefit(id)
    let client = benefit.client
    if benefit.link != nil {
      // What it is worth is owed, whether or not it is paid.
      return post(
        kind, benefit.subject, note: payment.reason,
        [
          Posting(place(of: payment), benefit.money(amount)),
          Posting(.client(client), benefit.money(-amount)),
        ])
    }
    let change = untold[id] ?? 0
    let isSold = payment.direction == .payment
    let worth =
      if isSold {
        // What it is worth beyond what was paid is given.
        max(0, change)
      } else {
        amount > 0 ? min(amount, max(0, change)) : max(amount, min(0, change))
      }
    untold[id] = change - worth
    let rest = amount - worth
    func money(_ minorUnits: Int64) -> Money {
      Money(minorUnits: minorUnits, currency: payment.amount.currency)
    }
    let isGift = isSold && rest < 0
    post(
      kind, id.text, note: payment.reason,
      [
        Posting(place(of: payment), money(amount)),
        Posting(.deferredRevenue(client), money(-worth)),
        Posting(isGift ? .promotions(partner) : .client(client), money(-rest)),
      ])
  }

  private func place(of payment: Payment) -> Account {
    switch payment.source {
    case .hand: .hand(partner)
    case .gateway(let intent): place(of: payment, by: intent)
    case .benefit: preconditionFailure("benefits are not bought by benefits")
    }
  }

  func benefit(_ id: BenefitID) -> Benefit {
    guard let benefit = find(id) else {
      preconditionFailure("\(id.text): money moves for a benefit that is known")
    }
    return benefit
  }

  func find(_ id: BenefitID) -> Benefit? {
    for event in events {
      if case .benefitMade(let benefit) = event, benefit.id == id { return benefit }
      if case .benefitChanged(let benefit, from: _) = event, benefit.id == id { return benefit }
    }
    return facts.benefits[id]
  }
}

extension Benefit {
  /// What entries about it name: of a package's, the package.
  var subject: String { link?.text ?? id.text }

  /// What its client can use, now or once something comes back: minor units.
  var worth: Int64 {
    switch state {
    case .active, .usedUp: valueLeft
    case .pending, .expired, .canceled: 0
    }
  }

  /// What it was given for nothing. What came back of another tells its own movement.
  fileprivate var gift: Int64 {
    switch origin {
    case .granted: worth
    case .bought, .returned, .package: 0
    }
  }

  /// What its client owes for it from the start: the sum of a package (K-5).
  fileprivate var sale: Int64 {
    switch origin {
    case .package: worth
    case .granted, .bought, .returned: 0
    }
  }

  /// What its client does not owe any more, since its package was deleted (K-7), or comes back after that.
  fileprivate func remission(from old: Benefit) -> Int64 {
    guard link != nil, state == .canceled else { return 0 }
    return old.state == .canceled ? valueLeft - old.valueLeft : old.worth
  }

  /// What it loses because its time is over; below 0 where that is undone.
  fileprivate func lapse(from old: Benefit) -> Int64 {
    switch state {
    case .expired: old.worth
    case .active, .usedUp: old.state == .expired ? -old.valueLeft : 0
    case .pending, .canceled: 0
    }
  }

  fileprivate func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: value.currency)
  }
}
