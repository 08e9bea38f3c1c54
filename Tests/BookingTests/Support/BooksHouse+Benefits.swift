internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

extension BooksHouse {
  mutating func grant() {
    let isValue = roll(0...1) == 0
    let one = voucher(
      UInt128(benefits.count + 1), .granted, isValue ? pick([.voucher, .credit]) : .sessions,
      value: isValue ? roll(1...20_000) : 0, sessions: isValue ? 0 : 3,
      client: pick([carlo, daria]))
    benefits.append(one)
    events.append(.benefitMade(one))
    given += one.valueLeft
  }

  mutating func sell() {
    let isValue = roll(0...1) == 0
    let isByHand = roll(0...1) == 0
    let one = voucher(
      UInt128(benefits.count + 1), .bought, isValue ? .voucher : .sessions,
      value: roll(1...20_000), sessions: isValue ? 0 : 3, state: isByHand ? .active : .pending,
      client: pick([carlo, daria]))
    benefits.append(one)
    events.append(.benefitMade(one))
    guard !isByHand else {
      events.append(.moneyMoved(one.moved(one.valueLeft)))
      return byHand[Account(kind: .hand, owner: partner.text), default: 0] += one.valueLeft
    }
    let id = capture(one.valueLeft, for: .benefit(one.id), of: one.client)
    events.append(.moneyMoved(one.moved(one.valueLeft, from: .gateway(id))))
    change(one, one.changed(.active))
  }

  mutating func endBenefit() {
    guard let one = find(benefits, { $0.state == .active }) else { return }
    lapsed += one.valueLeft
    change(one, one.changed(.expired, left: 0, sessionsLeft: 0))
  }

  mutating func payByBenefit() {
    guard let one = find(benefits, { $0.isUsable }),
      let paid = find(appointments, { $0.client == one.client })
    else { return }
    let isSession = one.kind == .sessions
    let amount = isSession ? roll(1...9_000) : roll(1...one.valueLeft)
    let value = isSession ? (one.sessionsLeft == 1 ? one.valueLeft : one.valueLeft / 3) : amount
    let sessions = isSession ? one.sessionsLeft - 1 : 0
    let isUsedUp = isSession ? sessions == 0 : value == one.valueLeft
    let use = paid.moved(amount, from: .benefit(one.id), worth: value)
    events.append(.moneyMoved(use))
    change(
      one,
      one.changed(
        isUsedUp ? .usedUp : .active, left: one.valueLeft - value, sessionsLeft: sessions))
    change(paid, paid.changed(paid: paid.paid + amount))
    given += amount - value
    uses.append(use)
  }

  /// What one payment by a benefit took goes back into it, or as a credit of its own.
  mutating func returnToBenefit() {
    guard let use = uses.popLast(), case .benefit(let id) = use.source,
      case .appointment(let appointmentID) = use.purpose
    else { return }
    let paid = appointment(appointmentID)
    guard paid.kept >= use.amount.minorUnits else { return }
    let one = benefit(id)
    var (amount, value) = (use.amount.minorUnits, use.benefitValue)
    let old = one.state == .canceled ? 0 : one.valueLeft
    if one.kind == .sessions, roll(0...1) == 0 {
      amount = roll(1...amount)
      value = amount
      benefits.append(
        voucher(
          UInt128(benefits.count + 1), .returned, .credit, value: amount, client: one.client))
      events.append(.benefitMade(benefits.last!))
    } else if one.link != nil, one.state == .canceled {
      change(one, one.changed(left: one.valueLeft + value))
    } else {
      change(
        one,
        one.changed(
          .active, left: old + value,
          sessionsLeft: one.kind == .sessions ? one.sessionsLeft + 1 : 0))
    }
    events.append(
      .moneyMoved(paid.moved(-amount, from: use.source, worth: value, note: "returned")))
    change(paid, paid.changed(refunded: paid.refunded + amount))
    given -= amount - value
  }
}

extension Benefit {
  var isUsable: Bool {
    guard state == .active else { return false }
    return kind == .sessions ? sessionsLeft > 0 : valueLeft > 0
  }
}
