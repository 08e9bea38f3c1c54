internal import Accounting
internal import Availability
internal import Intervals

/// B-8: booking a series, alone or with an appointment that becomes its first.
enum CreatingSeries {
  static func needs(_ wish: SeriesWish, by actor: Actor) -> Needs {
    var needs = Needs()
    if let therapist = wish.therapist { needs.calendars.insert(therapist) }
    if let service = wish.service { needs.services.insert(service) }
    if let client = wish.client {
      needs.clients.insert(client)
      if let therapist = wish.therapist, let service = wish.service {
        FollowUps.need(of: CarePair(therapist, client), booking: service, by: actor, in: &needs)
      }
    }
    if let first = wish.firstAppointment { FollowUps.need(of: first, by: actor, in: &needs) }
    return needs
  }

  static func decide(
    _ wish: SeriesWish, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let plan = try NamedSeries(
        wish, of: command.partner, by: command.actor, facts: facts, stamp: stamp)
      let draft = SeriesDraft(plan, by: command.actor, facts: facts, stamp: stamp)
      guard draft.outcome.isBookable || command.validateOnly else {
        throw Refused(.seriesUnbookable(draft.inTheWay))
      }
      if draft.outcome.isBookable, let refusal = draft.refusal { throw Refused(refusal) }
      return .change(
        Change(
          events: draft.events,
          effects: Messages.toBoth(
            .bookingConfirmed, about: draft.outcome.series, isQuiet: wish.isQuiet),
          answer: .seriesMade(draft.outcome)))
    } catch {
      return .refuse(error.refusal)
    }
  }
}

/// The parts of a series that a request names, found and fitting together.
struct NamedSeries {
  let wish: SeriesWish
  let session: NamedSession
  let client: ClientID
  let localStart: LocalMinute
  let first: Appointment?
  /// What the rule gives.
  let days: [RuleDay]

  init(
    _ wish: SeriesWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) {
    self.wish = wish
    first = try wish.firstAppointment.map { id throws(Refused) in
      try Appointment.fit(toBeFirst: id, by: actor, facts: facts, at: stamp.at)
    }
    let therapist = try NamedSeries.agreed(wish.therapist, first?.therapist, "therapist_id")
    client = try NamedSeries.agreed(wish.client, first?.client, "client_id")
    session = try NamedSession(
      therapist: therapist,
      service: try NamedSeries.agreed(wish.service, first?.service, "service_id"),
      location: try NamedSeries.required(wish.location ?? first?.location, "location_id"),
      room: wish.room, of: partner, facts: facts)
    if first == nil, facts.clients[client] == nil {
      throw Refused(.notFound(id: client.text, field: "client_id"))
    }
    let service = session.service
    // Each would stand for minutes only, until all were paid at once.
    if service.plan == .prepaid, !service.price.isZero {
      throw Refused(.planNotForSeries(service.id, service.plan))
    }
    try FollowUps.check(
      service, sessions: wish.rule.count ?? 2, with: CarePair(therapist, client), by: actor,
      facts: facts)
    let zone = session.therapist.zone
    localStart = try NamedSeries.agreed(
      wish.localStart, first.map { zone.local($0.span.start) }, "local_start")
    days = try RuleDay.all(of: wish.rule, from: localStart, in: zone)
    if let first, days.first?.start != first.span.start || wish.excluded.contains(localStart) {
      throw Refused(
        .invalid([
          FieldFault(
            field: "first_appointment_id",
            expected: "expected an appointment at the rule's first occurrence")
        ]))
    }
  }

  private static func required<Value>(
    _ value: Value?, _ field: String
  ) throws(Refused) -> Value {
    if let value { return value }
    throw Refused(
      .invalid([
        FieldFault(
          field: field, expected: "expected a value, or a first_appointment_id that has it")
      ]))
  }

  /// What is asked for; where there is a first appointment, it has the same.
  private static func agreed<Value: Equatable>(
    _ asked: Value?, _ first: Value?, _ field: String
  ) throws(Refused) -> Value {
    if let asked, let first, asked != first {
      throw Refused(
        .invalid([
          FieldFault(field: field, expected: "expected what the first appointment has, or nothing")
        ]))
    }
    return try required(asked ?? first, field)
  }
}

extension Appointment {
  /// One that can become the first of a series.
  fileprivate static func fit(
    toBeFirst id: AppointmentID, by actor: Actor, facts: Facts, at now: Instant
  ) throws(Refused) -> Appointment {
    guard let appointment = facts.appointments[id], appointment.isVisible(to: actor) else {
      throw Refused(.notFound(id: id.text, field: "first_appointment_id"))
    }
    guard appointment.recurrence == nil else {
      throw Refused(
        .invalid([
          FieldFault(
            field: "first_appointment_id", expected: "expected an appointment that is in no series")
        ]))
    }
    guard appointment.state == .scheduled else {
      throw Refused(.notInState(id, appointment.state, .beginSeries))
    }
    return appointment
  }
}
