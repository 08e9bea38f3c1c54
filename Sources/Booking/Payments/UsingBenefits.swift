internal import Accounting
internal import Availability
internal import Intervals

/// P-5: paying what is due for an appointment by its client's benefits, as far as they reach.
enum UsingBenefits {
  static func needs(_ id: AppointmentID) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(id)
    needs.benefitsFor.insert(id)
    return needs
  }

  static func decide(
    _ id: AppointmentID, seen version: Int64?, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try known(id, to: actor, seen: version, facts: facts)
      var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
      try till.requireDue()
      let use = BenefitPayment.pay(
        appointment.payable, for: appointment, facts: facts, stamp: stamp, ordinal: &till.ordinal)
      guard use.paid > 0 else { throw Refused(.noBenefit(id)) }
      for (payment, event) in zip(use.payments, use.events) { till.move(payment, with: [event]) }
      till.receive(byBenefits: use.paid)
      return .change(
        Change(
          events: till.events, effects: till.effects,
          answer: .benefitsUsed(use.payments, till.appointment)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  /// The appointment, if its client's benefits are the actor's to use.
  private static func known(
    _ id: AppointmentID, to actor: Actor, seen version: Int64?, facts: Facts
  ) throws(Refused) -> Appointment {
    switch actor {
    case .staff, .client, .time, .gateway:
      return try Appointment.known(id, to: actor, seen: version, facts: facts)
    case .therapist, .link:
      throw Refused(.notFound(id: id.text, field: "appointment_id"))
    }
  }
}

extension Till {
  /// Whether something is due that can be paid now.
  fileprivate func requireDue() throws(Refused) {
    guard !appointment.isTooLateToPay(at: now), appointment.givingUpAt == nil else {
      throw Refused(.notInState(appointment.id, .paymentCancelled, .recordPayment))
    }
    guard appointment.takesPayments else {
      throw Refused(.notInState(appointment.id, appointment.state, .recordPayment))
    }
    guard appointment.payable > 0 else { throw Refused(.nothingDue(appointment.id)) }
    // What is under way may take all of it: that has to be known first.
    if let open, open.isUnderWay || open.state == .requiresAction {
      throw Refused(.paymentInFlight(open.id, open.state))
    }
  }

  fileprivate mutating func receive(byBenefits amount: Int64) {
    let isWhole = amount == appointment.payable
    let confirms = isWhole && appointment.awaitsPayment
    step(.benefitsUsed) {
      $0.paid += amount
      $0.paymentStatus = $0.status(onceWhole: isWhole)
      if confirms { $0.state = .scheduled }
    }
    if isWhole {
      settled()
      stopIntents()
      tell(
        (confirms ? Messages.booked(appointment) : []) + [Messages.toClient(.paid, appointment)])
    } else if let open {
      // The gateway has to know before the client's browser pays what was due until now.
      let (less, now) = (appointment.money(appointment.payable), now)
      change(open.id) {
        $0.amount = less
        $0.ask(.prepare, at: now)
      }
    }
  }
}
