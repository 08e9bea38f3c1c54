internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

extension BooksHouse {
  /// Something that can happen now; nothing where it cannot.
  mutating func happen() {
    switch roll(0...25) {
    case 0...2: book()
    case 3: payByHand()
    case 4...5: payByGateway()
    case 6...7: payByBenefit()
    case 8: refundByHand()
    case 9: refundByGateway()
    case 10: returnToBenefit()
    case 11: answerRefund()
    case 12...13: complete()
    case 14: cancel()
    case 15: correctAttendance()
    case 16: dispute()
    case 17: grant()
    case 18: sell()
    case 19: endBenefit()
    case 20: sellPackage()
    case 21: payPackage()
    case 22: deletePackage()
    case 23: bookOfPackage()
    case 24: chooseProcedure()
    default: payOut()
    }
  }

  private mutating func book() {
    let number = UInt128(appointments.count + 1)
    let one = session(
      number, plan: pick(PaymentPlan.allCases), price: pick([0, 1, 5_000, 7_000, 9_999]),
      client: pick([carlo, daria]), therapist: pick([anna, bruno]))
    appointments.append(one)
    events.append(one.made)
  }

  /// Also where it is too much, or nothing is claimed: the books do not ask.
  private mutating func payByHand() {
    guard let one = find(appointments, { _ in true }) else { return }
    let amount = roll(1...8_000)
    events.append(.moneyMoved(one.moved(amount)))
    change(one, one.changed(paid: one.paid + amount))
    byHand[hand(of: one), default: 0] += amount
  }

  private mutating func refundByHand() {
    guard let one = find(appointments, { $0.kept > 0 }) else { return }
    let amount = roll(1...one.kept)
    // In either order.
    let movement = Event.moneyMoved(one.moved(-amount, note: "by hand"))
    let isFirst = roll(0...1) == 0
    if isFirst { events.append(movement) }
    change(one, one.changed(refunded: one.refunded + amount))
    if !isFirst { events.append(movement) }
    byHand[hand(of: one), default: 0] -= amount
  }

  private func hand(of one: Appointment) -> Account {
    Account(kind: .hand, owner: one.plan == .onSite ? one.therapist.text : partner.text)
  }

  private mutating func payByGateway() {
    guard let one = find(appointments, { _ in true }) else { return }
    let amount = roll(1...8_000)
    let id = capture(amount, for: .appointment(one.id), of: one.client!)
    events.append(.moneyMoved(one.moved(amount, from: .gateway(id))))
    change(one, one.changed(paid: one.paid + amount))
  }

  mutating func capture(
    _ amount: Int64, for purpose: PaymentPurpose, of client: ClientID
  ) -> PaymentIntentID {
    let made = newIntent(
      UInt128(intents.count + 1), for: purpose, amount, gateway: pick(["sandbox", "stripe"]),
      client: client)
    intents.append(made)
    events.append(.paymentIntentMade(made))
    change(made, made.changed(captured: amount, fee: roll(0...300)))
    return made.id
  }

  private mutating func refundByGateway() {
    guard let taken = find(intents, { $0.refundable > 0 }) else { return }
    let left = left(of: taken.purpose)
    guard left > 0 else { return }
    let amount = roll(1...min(left, taken.refundable))
    if roll(0...1) == 0 { change(taken, taken.changed(refunded: taken.refunded + amount)) }
    switch taken.purpose {
    case .appointment(let id):
      let one = appointment(id)
      pending.append(one.moved(-amount, from: .gateway(taken.id), note: "asked for", .pending))
      events.append(.moneyMoved(pending.last!))
      change(one, one.changed(refunded: one.refunded + amount))
    case .benefit(let id):
      let one = benefit(id)
      pending.append(one.moved(-amount, from: .gateway(taken.id), note: "asked for", .pending))
      events.append(.moneyMoved(pending.last!))
      guard one.link == nil else {
        paidForPackages[id, default: 0] -= amount
        break
      }
      change(one, one.changed(left: one.valueLeft - amount))
    }
    let now = intent(taken.id)
    if now.refunded == taken.refunded {
      change(now, now.changed(refunded: now.refunded + amount))
    }
  }

  private func left(of purpose: PaymentPurpose) -> Int64 {
    switch purpose {
    case .appointment(let id): appointment(id).kept
    case .benefit(let id) where benefit(id).link != nil: paidForPackage(id)
    case .benefit(let id): benefit(id).state == .active ? benefit(id).valueLeft : 0
    }
  }

  private mutating func answerRefund() {
    guard let refund = pending.popLast(), case .gateway(let id) = refund.source else { return }
    guard roll(0...1) == 0 else {
      events.append(.moneyChanged(refund.changed(.succeeded), from: refund))
      return
    }
    let amount = refund.amount.minorUnits
    events.append(.moneyChanged(refund.changed(.failed), from: refund))
    change(intent(id), intent(id).changed(refunded: intent(id).refunded - amount))
    switch refund.purpose {
    case .appointment(let id):
      change(appointment(id), appointment(id).changed(refunded: appointment(id).refunded - amount))
    case .benefit(let id) where benefit(id).link != nil:
      paidForPackages[id, default: 0] += amount
    case .benefit(let id):
      // Of one that has ended since, nothing else is left.
      let left = benefit(id).state == .expired ? 0 : benefit(id).valueLeft
      change(benefit(id), benefit(id).changed(.active, left: left + amount))
    }
  }

  private mutating func complete() {
    guard let one = find(appointments, { $0.state == .scheduled }) else { return }
    finish(one, isNoShow: roll(0...3) == 0)
  }

  private mutating func finish(_ one: Appointment, isNoShow: Bool) {
    let price = one.plan == .free ? 0 : one.price.minorUnits
    change(
      one,
      one.changed(
        .completed, isNoShow ? .noShow : pick([.unset, .attended, .custom("LATE")]),
        fee: isNoShow ? price / 2 : 0, commission: isNoShow ? 0 : roll(0...price)))
  }

  private mutating func correctAttendance() {
    guard let one = find(appointments, { $0.state == .completed }) else { return }
    finish(one, isNoShow: roll(0...1) == 0)
  }

  private mutating func cancel() {
    guard let one = find(appointments, { $0.state == .scheduled }) else { return }
    let state = pick([
      AppointmentState.cancelledByClient, .cancelledByTherapist, .paymentCancelled,
    ])
    change(
      one, one.changed(state, fee: state == .cancelledByClient ? roll(0...one.price.minorUnits) : 0)
    )
  }

  private mutating func dispute() {
    guard
      let one = find(
        intents, { $0.dispute == .open || ($0.dispute == .none && $0.refundable > 0) })
    else { return }
    if one.dispute == .none && roll(0...3) > 0 {
      return change(one, one.changed(disputed: roll(1...one.refundable), .open))
    }
    if roll(0...1) == 0 { return change(one, one.changed(.won)) }
    lose(one, roll(1...one.captured - one.refunded))
  }

  private mutating func lose(_ one: PaymentIntent, _ amount: Int64) {
    switch one.purpose {
    case .appointment(let id):
      let amount = min(amount, appointment(id).kept)
      guard amount > 0 else { return }
      change(one, one.changed(refunded: one.refunded + amount, .lost))
      events.append(.moneyMoved(appointment(id).moved(-amount, from: .gateway(one.id))))
      change(appointment(id), appointment(id).changed(refunded: appointment(id).refunded + amount))
    case .benefit(let id) where benefit(id).link != nil:
      change(one, one.changed(refunded: one.refunded + amount, .lost))
      events.append(.moneyMoved(benefit(id).moved(-amount, from: .gateway(one.id))))
      paidForPackages[id, default: 0] -= amount
    case .benefit(let id):
      let sold = benefit(id)
      let left = sold.state == .active || sold.state == .usedUp ? sold.valueLeft : 0
      let taken = min(left, amount)
      change(one, one.changed(refunded: one.refunded + amount, .lost))
      events.append(.moneyMoved(sold.moved(-amount, from: .gateway(one.id))))
      if taken > 0 { change(sold, sold.changed(left: left - taken)) }
      owedForBenefits[sold.client, default: 0] += amount - taken
    }
  }

  private mutating func payOut() {
    let payout = Payout(
      id: PayoutID(rawValue: 1), therapist: pick([anna, bruno]), amount: euro(roll(1...9_000)),
      method: "transfer", note: "", at: inRome("2026-11-30T08:00").instant)
    events.append(.payoutRecorded(payout))
    paidOut[payout.therapist, default: 0] += payout.amount.minorUnits
  }
}

extension PaymentIntent {
  /// What of it can be given back or disputed now.
  var refundable: Int64 { captured - refunded - (dispute == .open ? disputed : 0) }
}
