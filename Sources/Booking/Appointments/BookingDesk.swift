internal import Availability
internal import Intervals

/// B-1, B-3: instant booking, also by hand.
enum BookingDesk {
  static func needs(_ wish: BookingWish, by actor: Actor) -> Needs {
    var needs = Needs()
    needs.calendars.insert(wish.therapist)
    needs.services.insert(wish.service)
    if let id = wish.id { needs.appointments.insert(id) }
    if let hold = wish.hold { needs.holds.insert(hold) }
    if let link = wish.link { needs.links.insert(link) }
    if let method = wish.paymentMethod { needs.paymentMethods.insert(method) }
    BenefitBooking.need(for: wish, in: &needs)
    switch wish.attendee {
    case .registered(let client):
      needs.clients.insert(client)
      FollowUps.need(
        of: CarePair(wish.therapist, client), booking: wish.service, by: actor, in: &needs)
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
    try BenefitBooking.check(wish, by: actor)
    var session = try NamedSession(
      therapist: wish.therapist, service: wish.service, location: wish.location, room: wish.room,
      of: partner, facts: facts)
    let link = try link(of: wish, by: actor, facts: facts, at: stamp.at)
    if let link { session = session.lasting(minutes: link.durationMinutes) }
    let policy = facts.policy(of: session.service).appointments
    guard actor.role != .client || policy.clientBooking == .instant else {
      throw Refused(.requestRequired(wish.service))
    }
    let (client, isNew) = try attendee(of: wish, by: actor, facts: facts, stamp: stamp)
    if !isNew {
      try FollowUps.check(
        session.service, with: CarePair(wish.therapist, client.id), by: actor, facts: facts)
    }
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
    func asked(room: RoomID?) -> Wish {
      Wish(
        offer: session.offer, place: session.place, room: room, start: wish.start,
        client: client.id, overrides: wish.overrides, hold: wish.hold)
    }
    let room = wish.room ?? session.kept(asked(room: link?.room), by: actor, facts, stamp)
    let slot = try session.slot(asked(room: room), by: actor, facts: facts, stamp: stamp)

    var benefits = BenefitBooking(facts, stamp)
    let (appointment, uses) = try benefits.pay(
      for: NewAppointment(
        id: id, session: session, slot: slot, client: client.id, policy: policy,
        paymentMethod: wish.paymentMethod, link: link,
        smsLeadMinutes: link == nil ? client.person.smsLeadMinutes : link?.smsLeadMinutes
      ).appointment(at: stamp.at), isWished: wish.usesBenefits)
    try Charging.requireMethod(for: appointment, by: actor, facts: facts)
    var events: [Event] = isNew ? [.clientRegistered(client)] : []
    events += LapsedHolds.cleared(for: appointment.occupation, facts: facts, at: stamp.at)
    if let hold { events.append(.holdBooked(hold, by: id)) }
    events += Therapy.begun(
      CarePair(appointment.therapist, client.id), facts: facts, stamp: stamp)
    events.append(appointment.made(as: .booked, by: actor, overriding: slot.overridden))
    events += uses
    return Change(
      events: events, effects: Messages.booked(appointment), answer: .booked(appointment))
  }

  /// K-3, K-6: the package that it is to be a session of, if that is its client's and has one left.
  private static func link(
    of wish: BookingWish, by actor: Actor, facts: Facts, at now: Instant
  ) throws(Refused) -> PackageLink? {
    guard let id = wish.link else { return nil }
    guard let link = facts.links[id], wish.attendee == .registered(link.client),
      actor == .client(link.client) || actor.manages(link.services, facts)
    else { throw Refused(.notFound(id: id.text, field: "package_link_id")) }
    try link.requireActive(at: now)
    guard link.services.contains(wish.service) else {
      throw Refused(
        .invalid([
          FieldFault(field: "service_id", expected: "expected one of the package's services")
        ]))
    }
    try link.requireAvailable()
    try link.requireValid(for: wish.start)
    return link
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
