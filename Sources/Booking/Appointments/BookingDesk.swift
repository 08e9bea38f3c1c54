internal import Accounting
internal import Availability
internal import Intervals

/// B-1: instant booking.
enum BookingDesk {
  static func needs(_ wish: BookingWish) -> Needs {
    var needs = Needs()
    needs.calendars.insert(wish.therapist)
    needs.services.insert(wish.service)
    if let id = wish.id { needs.appointments.insert(id) }
    switch wish.attendee {
    case .registered(let client): needs.clients.insert(client)
    case .new(let registration): if let id = registration.id { needs.clients.insert(id) }
    }
    return needs
  }

  static func decide(
    _ wish: BookingWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      return .change(try book(wish, of: partner, by: actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func book(
    _ wish: BookingWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let session = try Session(of: wish, partner: partner, facts: facts)
    let (client, isNew) = try attendee(of: wish, by: actor, facts: facts, stamp: stamp)
    let id = wish.id ?? stamp.id(Ordinal.appointment)
    if facts.appointments[id] != nil || facts.takenElsewhere.contains(id.text) {
      throw Refused(.idTaken(id: id.text, field: "appointment_id"))
    }

    let evaluator = Evaluator(
      therapist: session.therapist, moment: Moment(now: stamp.at, role: actor.role),
      occupancy: facts.index)
    let considered = Wish(
      offer: session.offer, place: session.place, room: wish.room, start: wish.start,
      client: client.id)
    let assessment = evaluator.assess(considered)
    guard assessment.isBookable,
      let span = Span(from: wish.start, lastingMinutes: session.offer.durationMinutes)
    else {
      throw Refused(
        .unbookable(
          assessment.discrepancies,
          alternatives: evaluator.alternatives(to: considered, atMost: 3)))
    }

    let service = session.service
    let appointment = Appointment(
      id: id, therapist: wish.therapist, client: client.id, service: service.id,
      location: wish.location, room: assessment.room, span: span,
      zoneName: session.therapist.zone.name, plan: service.plan, price: service.price,
      bookedAt: stamp.at, state: .scheduled,
      paymentStatus: service.plan == .free || service.price.isZero ? .none : .due, version: 1,
      changedAt: stamp.at, cancelReason: "")
    return change(booking: appointment, for: client, isNew: isNew, by: actor)
  }

  private static func change(
    booking appointment: Appointment, for client: Client, isNew: Bool, by actor: Actor
  ) -> Change {
    let transition = Transition(
      appointment: appointment.id, version: appointment.version, from: nil, to: appointment.state,
      at: appointment.bookedAt, by: actor, reason: "")
    var events: [Event] = isNew ? [.clientRegistered(client)] : []
    events.append(.clientListed(appointment.therapist, client.id))
    events.append(.appointmentBooked(appointment, transition))
    return Change(
      events: events,
      effects: [
        .message(.bookingConfirmed, to: .client(client.id), about: appointment.id),
        .message(.bookingConfirmed, to: .therapist(appointment.therapist), about: appointment.id),
      ],
      answer: .booked(appointment))
  }

  private static func attendee(
    of wish: BookingWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> (client: Client, isNew: Bool) {
    switch wish.attendee {
    case .registered(let id):
      guard let client = facts.clients[id] else {
        throw Refused(.notFound(id: id.text, field: "client_id"))
      }
      return (client, false)
    case .new(let registration):
      let made = Registering.register(
        registration, path: "new_client", facts: facts, stamp: stamp)
      return (try made.get(), true)
    }
  }

  /// The parts of a session that the request names, found and fitting together.
  private struct Session {
    let therapist: TherapistEntry
    let service: HealthcareService
    let offer: Offer
    let place: Place

    init(of wish: BookingWish, partner: PartnerID, facts: Facts) throws(Refused) {
      guard let therapist = facts.index.therapist(wish.therapist), therapist.partner == partner
      else {
        throw Refused(.notFound(id: wish.therapist.text, field: "therapist_id"))
      }
      guard let service = facts.services[wish.service], service.therapist == wish.therapist,
        let offer = therapist.profile.offer(wish.service)
      else { throw Refused(.notFound(id: wish.service.text, field: "service_id")) }
      guard offer.locations.contains(wish.location),
        let place = therapist.profile.place(wish.location)
      else { throw Refused(.notFound(id: wish.location.text, field: "location_id")) }
      if let room = wish.room, !place.rooms.contains(room) {
        throw Refused(.notFound(id: room.text, field: "room_id"))
      }
      self.therapist = therapist
      self.service = service
      self.offer = offer
      self.place = place
    }
  }
}
