internal import Accounting
internal import Availability
internal import Intervals

/// K-5: a procedure is chosen on a session of a package, or another, or none.
enum ChoosingProcedure {
  static func needs(_ wish: ProcedureWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    if let procedure = wish.procedure { needs.services.insert(procedure) }
    return needs
  }

  static func decide(
    _ wish: ProcedureWish, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try Appointment.known(
        wish.appointment, to: command.actor, seen: wish.seenVersion, facts: facts)
      guard let package = appointment.package, package.isByProcedure else {
        throw Refused(.noProcedure(appointment.id))
      }
      guard appointment.takesProcedures else {
        throw Refused(.notInState(appointment.id, appointment.state, .chooseProcedure))
      }
      let price = try wish.price(for: appointment, in: package.link, facts: facts)
      // Said again, it is nothing new: the price stays as it was when it was chosen.
      guard wish.procedure != package.procedure else {
        return .change(Change(events: [], answer: .procedureChosen(appointment)))
      }
      var till = Till(appointment, facts: facts, by: command.actor, stamp: stamp)
      if let open = till.open, open.isUnderWay || open.state == .requiresAction {
        throw Refused(.paymentInFlight(open.id, open.state))
      }
      till.settle(.procedureChosen) {
        $0.package?.procedure = wish.procedure
        $0.price = price
      }
      till.askForWhatIsDue()
      return .change(
        Change(
          events: till.events, effects: till.effects, answer: .procedureChosen(till.appointment)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

extension Appointment {
  /// Whether it takes place, or took place.
  fileprivate var takesProcedures: Bool {
    switch state {
    case .scheduled, .inProgress, .completed: true
    case .requested, .initiated, .paymentProcessing, .cancelledByClient, .cancelledByTherapist,
      .paymentCancelled, .declined, .expired:
      false
    }
  }
}

extension ProcedureWish {
  /// What the session costs by it.
  fileprivate func price(
    for appointment: Appointment, in link: PackageLinkID, facts: Facts
  ) throws(Refused) -> Money {
    guard let procedure else { return appointment.money(0) }
    guard let service = facts.services[procedure], service.therapist == appointment.therapist,
      facts.links[link]?.services.contains(procedure) == true
    else { throw Refused(.notFound(id: procedure.text, field: "procedure_id")) }
    guard service.price.currency == appointment.price.currency else {
      throw Refused(
        .invalid([
          FieldFault(
            field: "procedure_id",
            expected: "expected a service in \(appointment.price.currency.code), got one in "
              + service.price.currency.code)
        ]))
    }
    // What is free stays free; the rest of a plan is about when money comes, and this one's comes on site.
    return service.plan == .free ? appointment.money(0) : service.price
  }
}

extension Till {
  /// An intent that is open takes what is due now, and no more.
  fileprivate mutating func askForWhatIsDue() {
    guard let open else { return }
    guard appointment.payable > 0 else { return stopIntents() }
    let (due, now) = (appointment.money(appointment.payable), now)
    guard open.amount != due else { return }
    change(open.id) {
      $0.amount = due
      $0.ask(.prepare, at: now)
    }
  }
}
