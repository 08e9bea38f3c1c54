internal import Availability
internal import Intervals

/// B-4: a client asks, the therapist decides. The request takes its slot meanwhile.
enum Asking {
  static func needs(_ wish: AskWish, by actor: Actor) -> Needs {
    let session = wish.session
    var needs = BookingDesk.needs(session, by: actor)
    switch session.attendee {
    case .registered: break
    case .new(let registration):
      needs.matches.insert(
        .person(
          PersonSought(registration.person), with: session.therapist, booking: session.service))
    }
    return needs
  }

  static func decide(
    _ wish: AskWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      return .change(try ask(wish, of: partner, by: actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func ask(
    _ asked: AskWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let wish = asked.session
    let session = try NamedSession(
      therapist: wish.therapist, service: wish.service, location: wish.location, room: wish.room,
      of: partner, facts: facts)
    let policy = facts.policy(of: session.service).appointments
    guard policy.clientBooking == .request else {
      throw Refused(.requestsNotTaken(wish.service))
    }
    let asker = try asker(of: wish, facts: facts, stamp: stamp)
    if let client = asker.client {
      // B-7: what binds the therapist, who decides, binds the request, and no more.
      try FollowUps.check(
        session.service, with: CarePair(wish.therapist, client),
        by: actor.role == .client ? .therapist(wish.therapist) : actor, facts: facts)
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
    let slot = try session.slot(
      Wish(
        offer: session.offer, place: session.place, room: wish.room, start: wish.start,
        client: asker.client, hold: wish.hold),
      by: actor, facts: facts, stamp: stamp)
    let request = NewAppointment(
      id: id, session: session, slot: slot, client: asker.client, policy: policy,
      smsLeadMinutes: asker.client.flatMap { facts.clients[$0]?.person.smsLeadMinutes }
    ).appointment(
      at: stamp.at, request: RequestDetails(registration: asker.registration, note: asked.note))
    let accepted =
      policy.autoAcceptRequests
      ? acceptedAtOnce(request, taking: wish.hold, facts: facts, stamp: stamp) : nil
    let appointment = accepted?.appointment ?? request
    var events = LapsedHolds.cleared(for: appointment.occupation, facts: facts, at: stamp.at)
    if let hold { events.append(.holdBooked(hold, by: id)) }
    events.append(request.made(as: .requested, by: actor))
    events += accepted?.events ?? []
    return Change(
      events: events,
      effects: Messages.toBoth(accepted == nil ? .requestReceived : .requestAccepted, appointment),
      answer: .asked(appointment, isClientTold: actor != .client(nil)))
  }

  /// Who asks: a client, or someone whose registration would do (B-2) and is kept until it is answered.
  private static func asker(
    of wish: BookingWish, facts: Facts, stamp: Stamp
  ) throws(Refused) -> (client: ClientID?, registration: Registration?) {
    switch wish.attendee {
    case .registered(let id):
      guard facts.clients[id] != nil else {
        throw Refused(.notFound(id: id.text, field: "client_id"))
      }
      return (id, nil)
    case .new(let registration):
      _ = try Registering.register(registration, path: "person", facts: facts, stamp: stamp).get()
      return (nil, registration)
    }
  }

  /// Nil where someone has to look at it: several clients match, or the one who does is taken at that
  /// time, or waits with follow-ups, or has no session of a package left, which is nothing that whoever asks should
  /// be told.
  private static func acceptedAtOnce(
    _ request: Appointment, taking hold: HoldID?, facts: Facts, stamp: Stamp
  ) -> Acceptance? {
    guard
      case .success(let claimant) = Acceptance.claimant(
        of: request, .matching, facts: facts, stamp: stamp),
      claimant.collisions(with: request, taking: hold, in: facts.index, at: stamp.at).isEmpty,
      (try? claimant.requireFollowUps(
        request, by: .therapist(request.therapist), facts: facts)) != nil
    else { return nil }
    // Nobody did it: the settings say so.
    return try? Acceptance(of: request, for: claimant, by: .time, facts: facts, stamp: stamp)
  }
}
