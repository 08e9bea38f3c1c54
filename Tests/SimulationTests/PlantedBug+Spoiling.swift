internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// How each of the bugs bends what was decided.
extension Outcome {
  mutating func add(_ amount: Int64, toLine line: Int, of transfer: Int) -> Bool {
    let posting = lines[transfer][line]
    let money = Money(
      minorUnits: posting.amount.minorUnits + amount, currency: posting.amount.currency)
    guard let other = Posting(posting.account, money) else { return false }
    lines[transfer][line] = other
    return true
  }

  mutating func keepLateSuccess() -> Bool {
    let isLate = events.contains {
      if case .appointmentChanged(let one, from: _, let step) = $0 {
        step.step == .paymentSucceeded && one.state == .paymentCancelled
      } else {
        false
      }
    }
    guard isLate else { return false }
    events = events.compactMap { event in
      switch event {
      case .moneyMoved(let payment) where payment.direction == .refund: return nil
      case .appointmentChanged(_, from: _, let step) where step.step == .refundBegun: return nil
      case .paymentIntentChanged(let intent, from: let old):
        return .paymentIntentChanged(intent.copy(refunded: old.refunded), from: old)
      default: return event
      }
    }
    for place in kinds.indices.reversed() where kinds[place] == .refund { lines.remove(at: place) }
    return true
  }

  mutating func forgetToAsk() -> Bool {
    var isDone = false
    events = events.map { event in
      guard case .moneyMoved(let payment) = event, payment.errand?.kind == .refund else {
        return event
      }
      isDone = true
      return .moneyMoved(
        Payment(
          id: payment.id, purpose: payment.purpose, direction: .refund, source: payment.source,
          amount: payment.amount, method: payment.method, note: payment.note,
          returns: payment.returns, state: .succeeded, errand: nil, at: payment.at))
    }
    return isDone
  }

  /// What was to be stopped with a step is not.
  mutating func keepCharging(where step: AppointmentStep) -> Bool {
    guard takes(step) else { return false }
    let count = events.count
    events.removeAll {
      if case .paymentIntentChanged(let intent, from: _) = $0 {
        intent.errand?.kind == .cancel
      } else {
        false
      }
    }
    return events.count < count
  }

  private func takes(_ step: AppointmentStep) -> Bool {
    events.contains {
      if case .appointmentChanged(_, from: _, let taken) = $0 { taken.step == step } else { false }
    }
  }

  mutating func truncateFees(_ world: World) -> Bool {
    guard let place = kinds.firstIndex(of: .penalty) else { return false }
    for event in events {
      guard case .appointmentChanged(let one, from: _, _) = event,
        let terms = world.town.policies[one.service]?.appointments.cancellation
      else { continue }
      let price = one.price.minorUnits
      let isRoundedUp = [terms.inTimePercent, terms.latePercent, terms.noShowPercent].contains {
        price * Int64($0) / 100 == one.fee - 1
      }
      guard isRoundedUp else { continue }
      lines[place] = lines[place].compactMap { posting in
        let amount = posting.amount.minorUnits
        return Posting(
          posting.account,
          Money(minorUnits: amount - amount.signum(), currency: posting.amount.currency))
      }
      return true
    }
    return false
  }

  mutating func returnTwice() -> Bool {
    for (place, event) in events.enumerated() {
      guard case .benefitChanged(let benefit, from: let old) = event,
        benefit.valueLeft > old.valueLeft, old.state != .pending
      else { continue }
      events[place] = .benefitChanged(
        benefit.copy(valueLeft: 2 * benefit.valueLeft - old.valueLeft), from: old)
      return true
    }
    return false
  }

  mutating func countNews(_ world: World) -> Bool {
    for event in events {
      guard case .gatewayEventHeard(gateway: _, let id) = event, id.utf8.last == 0x37 else {
        continue
      }
      for case .paymentIntentChanged(let intent, from: _) in events {
        guard case .appointment(let appointment) = intent.purpose,
          let one = world.cases[appointment]?.appointment
        else { continue }
        let amount = intent.amount.minorUnits
        events.append(
          .moneyMoved(
            Payment(
              id: PaymentID(rawValue: intent.id.rawValue ^ 1), purpose: intent.purpose,
              direction: .payment, source: .gateway(intent.id), amount: intent.amount,
              method: "card", note: "", at: one.changedAt)))
        events.append(one.steps(.paymentSucceeded, to: one.copy(paid: one.paid + amount)))
        return true
      }
    }
    return false
  }

  mutating func freeSlot() -> Bool {
    guard takes(.paymentStopped) else { return false }
    _ = keepCharging(where: .paymentStopped)
    events = events.map { event in
      guard case .appointmentChanged(_, from: let old, let step) = event,
        step.step == .paymentStopped
      else { return event }
      return old.steps(.paymentCancelled, to: old.copy(state: .paymentCancelled))
    }
    return true
  }

  mutating func keepSlot() -> Bool {
    for event in events {
      guard case .appointmentChanged(let one, from: let old, let step) = event,
        step.step == .paymentCancelled, one.paid == 0
      else { continue }
      events = [old.steps(.paymentStopped, to: old.copy(paid: old.paid))]
      return true
    }
    return false
  }
}

extension Outcome {
  mutating func forgetReservation() -> Bool {
    for (place, event) in events.enumerated() {
      guard case .packageLinkChanged(let link, from: let old) = event,
        link.balance.reserved > old.balance.reserved
      else { continue }
      events[place] = .packageLinkChanged(link.copy(old.balance), from: old)
      return true
    }
    return false
  }

  mutating func returnSessionTwice() -> Bool {
    for (place, event) in events.enumerated() {
      guard case .benefitChanged(let benefit, from: let old) = event, benefit.link != nil,
        benefit.sessions == old.sessions, benefit.sessionsLeft > old.sessionsLeft
      else { continue }
      events[place] = .benefitChanged(
        benefit.copy(valueLeft: benefit.valueLeft, sessionsLeft: benefit.sessionsLeft + 1),
        from: old)
      return true
    }
    return false
  }
}

extension PackageLink {
  fileprivate func copy(_ balance: PackageBalance) -> PackageLink {
    PackageLink(
      id: id, client: client, package: package, name: name, renews: renews, posting: posting,
      durationMinutes: durationMinutes, validityDays: validityDays, commission: commission,
      services: services, details: details, room: room, smsLeadMinutes: smsLeadMinutes,
      balance: balance, benefit: benefit, state: state, expiresAt: expiresAt,
      renewalOf: renewalOf, renewedBy: renewedBy, version: version, linkedAt: linkedAt,
      changedAt: changedAt)
  }
}

extension PaymentIntent {
  fileprivate func copy(refunded: Int64) -> PaymentIntent {
    PaymentIntent(
      id: id, purpose: purpose, client: client, gateway: gateway, amount: amount,
      reference: reference, source: source, isOffSession: isOffSession, attempt: attempt,
      state: state, failure: failure, clientSecret: clientSecret, actionURL: actionURL,
      captured: captured, refunded: refunded, fee: fee, disputed: disputed, dispute: dispute,
      errand: errand, version: version, createdAt: createdAt, changedAt: changedAt)
  }
}

extension Benefit {
  fileprivate func copy(valueLeft: Int64, sessionsLeft: Int32? = nil) -> Benefit {
    Benefit(
      id: id, client: client, kind: kind, origin: origin, services: services, value: value,
      sessions: sessions, valueLeft: valueLeft, sessionsLeft: sessionsLeft ?? self.sessionsLeft,
      state: state,
      expiresAt: expiresAt, link: link, note: note, version: version, createdAt: createdAt,
      changedAt: changedAt)
  }
}

extension Appointment {
  /// The next version, in another state or with other sums.
  fileprivate func copy(state: AppointmentState? = nil, paid: Int64? = nil) -> Appointment {
    let isOff = state?.isOff ?? false
    return Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, buffers: buffers, zoneName: zoneName, plan: plan, price: price,
      bookedAt: bookedAt, state: state ?? self.state, paymentStatus: paymentStatus,
      version: version + 1, changedAt: changedAt, cancelReason: cancelReason,
      recurrence: recurrence, attendance: attendance, paid: paid ?? self.paid, refunded: refunded,
      fee: fee, paymentDeadline: isOff ? nil : paymentDeadline, chargeAt: isOff ? nil : chargeAt,
      givingUpAt: isOff ? nil : givingUpAt, paymentMethod: paymentMethod, commission: commission,
      due: isOff ? nil : due, package: package, request: request)
  }

  fileprivate func steps(_ step: AppointmentStep, to next: Appointment) -> Event {
    .appointmentChanged(
      next, from: self,
      Transition(
        appointment: id, version: next.version, step: step, from: state, to: next.state,
        at: changedAt, by: .time))
  }
}
