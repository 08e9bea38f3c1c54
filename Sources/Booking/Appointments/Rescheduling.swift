internal import Availability
internal import Intervals

/// B-10: moving an appointment in one step: the new time is taken and the old one freed together.
enum Rescheduling {
  static func needs(_ wish: RescheduleWish) -> Needs {
    var needs = Needs()
    needs.appointmentsWhole.insert(wish.appointment)
    if let hold = wish.hold { needs.holds.insert(hold) }
    return needs
  }

  static func decide(
    _ wish: RescheduleWish, of partner: PartnerID, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let appointment = try Appointment.known(
        wish.appointment, to: actor, seen: wish.seenVersion, facts: facts)
      return .change(
        try move(appointment, as: wish, of: partner, by: actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func move(
    _ appointment: Appointment, as wish: RescheduleWish, of partner: PartnerID, by actor: Actor,
    facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    try appointment.requireMovable(at: stamp.at)
    let location = wish.location ?? appointment.location
    guard
      wish.start != appointment.span.start || location != appointment.location
        || (wish.room ?? appointment.room) != appointment.room
    else {
      throw Refused(
        .invalid([
          FieldFault(field: "start_ms", expected: "expected another start, location or room")
        ]))
    }
    try appointment.requireValid(at: wish.start, facts: facts)
    var hold: Hold?
    if let id = wish.hold {
      hold = try Hold.takenOver(
        facts.holds[id], named: id, for: appointment.therapist, by: actor, at: stamp.at
      ).get()
    }
    let without = facts.without(appointment)
    let session = try NamedSession(
      therapist: appointment.therapist, service: appointment.service, location: location,
      room: wish.room, of: partner, facts: without
    ).lasting(as: appointment)
    let policy = facts.policy(of: session.service).appointments
    // Where the therapist decides on each session (B-4), a client moves none by themself either.
    guard actor.role != .client || policy.clientBooking == .instant else {
      throw Refused(.requestRequired(appointment.service))
    }
    func asked(room: RoomID?) -> Wish {
      Wish(
        offer: session.offer, place: session.place, room: room, start: wish.start,
        client: appointment.client, overrides: wish.overrides, hold: wish.hold)
    }
    let room = wish.room ?? session.kept(asked(room: appointment.room), by: actor, without, stamp)
    let slot = try session.slot(
      asked(room: room), by: actor, facts: without, stamp: stamp,
      // Where it stays, its own start is no other.
      leavingOut: location == appointment.location ? appointment.span.start : nil)

    let moved = appointment.stepping(
      .rescheduled, by: actor, at: stamp.at, reason: wish.reason, overriding: slot.overridden
    ) {
      $0.span = slot.span
      $0.location = location
      $0.room = slot.room
      $0.payInTime(at: stamp.at)
      $0.remindOnly(after: stamp.at)
      $0.due = $0.nextDue(completeAfterMinutes: policy.completeAfterMinutes)
    }
    var events = LapsedHolds.cleared(
      for: moved.appointment.occupation, facts: facts, at: stamp.at)
    if let hold { events.append(.holdBooked(hold, by: appointment.id)) }
    events.append(moved.event)
    return Change(
      events: events, effects: Messages.changed(moved.appointment, isQuiet: wish.isQuiet),
      answer: .rescheduled(moved.appointment))
  }
}

extension Appointment {
  /// Whether it stands and has not begun: alone, or with its series.
  func isMovable(at now: Instant) -> Bool {
    state.canMove && givingUpAt == nil && now < span.start.instant
  }

  func requireMovable(at now: Instant) throws(Refused) {
    if isMovable(at: now) { return }
    // It only waits for a gateway to be cancelled (P-3).
    if givingUpAt != nil { throw Refused(.notInState(id, .paymentCancelled, .reschedule)) }
    throw Refused(
      state.canMove ? .begun(id, at: span.start) : .notInState(id, state, .reschedule))
  }
}

extension Appointment {
  /// P-2, P-3: once it has moved, it is charged a day before its new start, and is to be paid until then at the
  /// latest.
  mutating func payInTime(at now: Instant) {
    paymentDeadline = paymentDeadline.map { min($0, span.start.instant) }
    if chargeAt != nil { chargeAt = Charging.time(of: span.start, from: now) }
  }
}

extension AppointmentState {
  /// Whether it stands, and can be moved. What is only asked for is the therapist's to decide first.
  var canMove: Bool {
    switch self {
    case .initiated, .paymentProcessing, .scheduled: true
    case .requested, .inProgress, .completed, .cancelledByClient, .cancelledByTherapist,
      .paymentCancelled, .declined, .expired:
      false
    }
  }
}

extension Facts {
  /// The facts as they are without an appointment: so it is in its own way nowhere, and counts for no
  /// cap.
  func without(_ appointment: Appointment) -> Facts {
    var facts = self
    guard facts.index.apply(.vacate(appointment.occupation)) else {
      preconditionFailure("an appointment comes with what it takes")
    }
    return facts
  }
}

extension NamedSession {
  /// The room that a session is to have, where its place has it and it is free.
  func kept(
    _ wish: Wish, by actor: Actor, _ facts: Facts, _ stamp: Stamp
  ) -> RoomID? {
    guard let room = wish.room, place.rooms.contains(room) else { return nil }
    let evaluator = Evaluator(
      therapist: therapist, moment: Moment(now: stamp.at, role: actor.role),
      occupancy: facts.index)
    return evaluator.assess(wish).room
  }
}
