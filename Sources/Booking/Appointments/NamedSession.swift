internal import Availability
internal import Intervals

/// The parts of a session that a request names, found and fitting together.
struct NamedSession {
  let therapist: TherapistEntry
  let service: HealthcareService
  let offer: Offer
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

  func slot(
    _ wish: Wish, by actor: Actor, facts: Facts, stamp: Stamp
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
          alternatives: evaluator.alternatives(to: wish, atMost: 3)))
    }
    return Slot(span: span, room: assessment.room, overridden: assessment.overriddenKinds)
  }
}

extension Assessment {
  fileprivate var overriddenKinds: Overrides {
    Overrides(overridden.compactMap { Overrides(kind: $0.kind) })
  }
}
