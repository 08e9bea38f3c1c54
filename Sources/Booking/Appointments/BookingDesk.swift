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
    if let hold = wish.hold { needs.holds.insert(hold) }
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
    let session = try NamedSession(
      therapist: wish.therapist, service: wish.service, location: wish.location, room: wish.room,
      of: partner, facts: facts)
    let (client, isNew) = try attendee(of: wish, by: actor, facts: facts, stamp: stamp)
    let id = wish.id ?? stamp.id(Ordinal.appointment)
    if facts.appointments[id] != nil || facts.takenElsewhere.contains(id.text) {
      throw Refused(.idTaken(id: id.text, field: "appointment_id"))
    }
    var hold: Hold?
    if let id = wish.hold {
      hold = try Hold.takenOver(
        facts.holds[id], named: id, for: wish.therapist, by: actor, at: stamp.at
      ).get()
    }
    let slot = try session.slot(
      Wish(
        offer: session.offer, place: session.place, room: wish.room, start: wish.start,
        client: client.id, overrides: wish.overrides, hold: wish.hold),
      by: actor, facts: facts, stamp: stamp)

    let service = session.service
    let appointment = Appointment(
      id: id, therapist: wish.therapist, client: client.id, service: service.id,
      location: wish.location, room: slot.room, span: slot.span, buffers: session.offer.buffers,
      zoneName: session.therapist.zone.name, plan: service.plan, price: service.price,
      bookedAt: stamp.at, state: .scheduled,
      paymentStatus: service.plan == .free || service.price.isZero ? .none : .due, version: 1,
      changedAt: stamp.at, cancelReason: "")
    var cleared = LapsedHolds.cleared(for: appointment.occupation, facts: facts, at: stamp.at)
    if let hold { cleared.append(.holdBooked(hold, by: id)) }
    return change(
      booking: appointment, overriding: slot.overridden, after: cleared,
      for: client, isNew: isNew, by: actor)
  }

  private static func change(
    booking appointment: Appointment, overriding overridden: Overrides, after cleared: [Event],
    for client: Client, isNew: Bool, by actor: Actor
  ) -> Change {
    let transition = Transition(
      appointment: appointment.id, version: appointment.version, from: nil, to: appointment.state,
      at: appointment.bookedAt, by: actor, reason: "", overridden: overridden)
    var events: [Event] = isNew ? [.clientRegistered(client)] : []
    events += cleared
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
}
