internal import Accounting
internal import Availability
internal import Intervals

/// K-7: a link is deleted; its appointments to come stay without it, or are cancelled.
enum DeletingLink {
  static func needs(_ wish: LinkDeletion) -> Needs {
    var needs = Needs()
    needs.links.insert(wish.link)
    needs.linksWhole.insert(wish.link)
    return needs
  }

  static func decide(
    _ wish: LinkDeletion, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let link = try PackageLink.known(
        wish.link, to: command.actor, seen: wish.seenVersion, facts: facts)
      guard link.state != .deleted else { throw Refused(.packageNotActive(link.id, link.state)) }
      return .change(try delete(link, wish, by: command.actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func delete(
    _ link: PackageLink, _ wish: LinkDeletion, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    var facts = facts
    var events: [Event] = []
    var effects: [Effect] = []
    var appointments: [Appointment] = []
    let toCome = (facts.linkAppointments[link.id] ?? []).filter {
      $0.package?.link == link.id && $0.state.isActive && stamp.at < $0.span.start.instant
    }
    guard toCome.allSatisfy({ $0.isVisible(to: actor) }) else {
      throw Refused(
        .invalid([
          FieldFault(
            field: "future_sessions",
            expected: "expected no sessions to come of other therapists: staff delete such a link")
        ]))
    }
    for appointment in toCome {
      let till: Till
      switch wish.future {
      case .cancel:
        till = try Cancelling.cancel(
          appointment, wish.reason, by: actor, facts: facts, stamp: stamp
        ).till
        effects += Messages.cancelled(till.appointment, isQuiet: wish.isQuiet)
      case .keepUnlinked:
        till = unlinked(appointment, wish.reason, by: actor, facts: facts, stamp: stamp)
      }
      // Each gives back to what those before it have left.
      facts.learn(till.events)
      events += till.events
      effects += till.effects
      appointments.append(till.appointment)
    }
    if let benefit = link.benefit.flatMap({ facts.benefits[$0] }) {
      let returned = benefit.returning(at: stamp.at)
      events.append(.benefitChanged(returned, from: benefit))
      // What is not owed any more is not to be taken any more either.
      var sale = BenefitSale(returned, facts: facts, stamp: stamp)
      sale.askForWhatIsOpen()
      events += sale.events
      effects += sale.effects
    }
    // What its appointments set free is returned, too: that is told from their events.
    let deleted = link.stepping(at: stamp.at) {
      $0.state = .deleted
      $0.balance.returned += $0.balance.available
    }
    return Change(
      events: [.packageLinkChanged(deleted, from: link)] + events, effects: effects,
      answer: .packageLinkDeleted(deleted, appointments))
  }

  /// It stays, and is paid on site: what its package's benefit paid goes back first.
  private static func unlinked(
    _ appointment: Appointment, _ reason: String, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Till {
    var till = Till(appointment, facts: facts, by: actor, stamp: stamp)
    if appointment.isPaidByPackage, till.refundable > 0 {
      till.giveBack(till.refundable, because: "package deleted")
    }
    let price = appointment.priceWithoutPackage(facts)
    till.settle(.unlinked, reason: reason) {
      $0.package = nil
      $0.plan = .onSite
      $0.price = price
      // Nothing is kept of what its package paid. Of what came otherwise the status follows from the claim.
      if appointment.plan != .onSite { $0.paymentStatus = $0.payable > 0 ? .due : .none }
    }
    return till
  }
}

extension Appointment {
  /// Of the procedure that was chosen, else of the service in whose hours it is.
  fileprivate func priceWithoutPackage(_ facts: Facts) -> Money {
    if let package, package.isByProcedure, package.procedure != nil { return price }
    guard let service = facts.services[service] else {
      preconditionFailure("an appointment comes with its service")
    }
    return service.plan == .free ? money(0) : service.price
  }
}
