internal import Availability
internal import Intervals

/// B-5: the therapist accepts, and the request becomes a normal appointment.
enum Accepting {
  static func needs(_ wish: AcceptWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    switch wish.claimant {
    case .named(let client): needs.clients.insert(client)
    case .matching: needs.matches.insert(.request(wish.appointment))
    case .new: break
    }
    return needs
  }

  static func decide(
    _ wish: AcceptWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let request = try Appointment.openRequest(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts, at: stamp.at)
      let claimant = try Acceptance.claimant(
        of: request, wish.claimant, facts: facts, stamp: stamp
      ).get()
      try claimant.requireFollowUps(request, by: actor, facts: facts)
      let collisions = claimant.collisions(with: request, in: facts.index, at: stamp.at)
      guard collisions.isEmpty else {
        throw Refused(
          .unbookable(
            [.clientBusy(collisions)], overridden: [],
            alternatives: request.alternatives(
              for: claimant.client, by: actor, facts: facts, at: stamp.at)))
      }
      let accepted = try Acceptance(
        of: request, for: claimant, by: actor, facts: facts, stamp: stamp)
      return .change(
        Change(
          events: LapsedHolds.cleared(
            for: accepted.appointment.occupation, facts: facts, at: stamp.at) + accepted.events,
          effects: [Messages.toClient(.requestAccepted, accepted.appointment)],
          answer: .accepted(accepted.appointment, isNewClient: claimant.newcomer != nil)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

extension Appointment {
  /// The request that is named, if the actor may know of it, it is as they saw it and waits for its
  /// answer. At its start it has lapsed, whether or not anyone has written that down (B-6).
  static func openRequest(
    _ id: AppointmentID, to actor: Actor, seen version: Int64?, facts: Facts, at now: Instant
  ) throws(Refused) -> Appointment {
    let appointment = try known(id, to: actor, seen: version, facts: facts)
    guard appointment.state == .requested else {
      throw Refused(.notRequested(id, appointment.state))
    }
    guard now < appointment.span.start.instant else {
      throw Refused(.notRequested(id, .expired))
    }
    return appointment
  }
}
