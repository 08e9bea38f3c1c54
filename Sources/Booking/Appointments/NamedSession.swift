internal import Availability
internal import Intervals

/// The parts of a session that a request names, found and fitting together.
struct NamedSession {
  let therapist: TherapistEntry
  let service: HealthcareService
  private(set) var offer: Offer
  let place: Place

  init(
    therapist id: TherapistID, service serviceID: ServiceID, location: LocationID, room: RoomID?,
    of partner: PartnerID, facts: Facts
  ) throws(Refused) {
    guard let therapist = facts.index.therapist(id), therapist.partner == partner else {
      throw Refused(.notFound(id: id.text, field: "therapist_id"))
    }
    guard let service = facts.services[serviceID], service.therapist == id,
      let offer = therapist.profile.offer(serviceID)
    else { throw Refused(.notFound(id: serviceID.text, field: "service_id")) }
    guard offer.locations.contains(location), let place = therapist.profile.place(location) else {
      throw Refused(.notFound(id: location.text, field: "location_id"))
    }
    if let room, !place.rooms.contains(room) {
      throw Refused(.notFound(id: room.text, field: "room_id"))
    }
    self.therapist = therapist
    self.service = service
    self.offer = offer
    self.place = place
  }

  /// What a wish takes, when the rules have nothing against it.
  struct Slot {
    let span: Span
    let room: RoomID?
    /// What stood in its way and was overridden (S-6).
    let overridden: Overrides
  }

  /// - Parameter start: what is no alternative though it is free.
  func slot(
    _ wish: Wish, by actor: Actor, facts: Facts, stamp: Stamp, leavingOut start: Minute? = nil
  ) throws(Refused) -> Slot {
    let evaluator = Evaluator(
      therapist: therapist, moment: Moment(now: stamp.at, role: actor.role),
      occupancy: facts.index)
    let assessment = evaluator.assess(wish)
    guard assessment.isBookable,
      let span = Span(from: wish.start, lastingMinutes: offer.durationMinutes)
    else {
      throw Refused(
        .unbookable(
          assessment.discrepancies, overridden: assessment.overridden,
          alternatives: evaluator.alternatives(to: wish, leavingOut: start)))
    }
    return Slot(span: span, room: assessment.room, overridden: assessment.overriddenKinds)
  }
}

extension NamedSession {
  /// The same session as long, and with the buffers, as when it was booked: a service's later changes
  /// do not reach what is booked.
  func lasting(as appointment: Appointment) -> NamedSession {
    resized(minutes: appointment.span.lengthMinutes, buffers: appointment.buffers)
  }

  func resized(minutes: Int32, buffers: Buffers) -> NamedSession {
    var session = self
    session.offer = Offer(
      id: offer.id, kind: offer.kind, durationMinutes: minutes, grid: offer.grid,
      mode: offer.mode, locations: offer.locations, price: offer.price, buffers: buffers,
      policy: offer.policy)
    return session
  }
}

extension Evaluator {
  /// up to three near starts, without one that is not to be among them.
  func alternatives(to wish: Wish, leavingOut start: Minute?) -> [Minute] {
    guard let start else { return alternatives(to: wish, atMost: 3) }
    return Array(alternatives(to: wish, atMost: 4).filter { $0 != start }.prefix(3))
  }
}

extension Assessment {
  /// As the history keeps them.
  var overriddenKinds: Overrides {
    Overrides(overridden.compactMap { Overrides(kind: $0.kind) })
  }
}
