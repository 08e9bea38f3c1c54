internal import Availability
internal import Intervals

/// One appointment of a series that is to move.
struct MovingStep {
  let appointment: Appointment
  /// Where the rule has it until now.
  let place: LocalMinute
  let target: LocalMinute
  /// Nil where the target does not exist (S-9).
  let start: Minute?
  let wish: Wish?
  /// Nil until it was tried, and where there is nothing to try.
  var placed: SeriesTrial.Placed?

  init(
    _ appointment: Appointment, from place: LocalMinute, to target: LocalMinute, _ move: SeriesMove,
    in zone: Zone, of partner: PartnerID, facts: Facts
  ) throws(Refused) {
    self.appointment = appointment
    self.place = place
    self.target = target
    start = zone.start(showing: target)
    if let start { try appointment.requireValid(at: start, facts: facts) }
    let session = try NamedSession(
      therapist: appointment.therapist, service: appointment.service,
      location: move.location ?? appointment.location, room: move.room, of: partner, facts: facts
    ).lasting(as: appointment)
    wish = start.map {
      Wish(
        offer: session.offer, place: session.place, room: move.room,
        start: $0, client: appointment.client, overrides: move.overrides)
    }
  }

  var isMoving: Bool { placed?.span != nil }

  /// As it is afterwards: at its new place, or where it was and with another place in its rule.
  func taken(
    into membership: SeriesMembership?, _ move: SeriesMove, by actor: Actor, facts: Facts,
    at now: Instant
  ) -> (appointment: Appointment, event: Event) {
    guard let wish, let placed, let slot = NamedSession.Slot(placed) else {
      return appointment.stepping(.joinedSeries, by: actor, at: now, reason: move.reason) {
        $0.recurrence = membership
      }
    }
    let minutes = facts.policy(of: appointment).completeAfterMinutes
    return appointment.stepping(
      .rescheduled, by: actor, at: now, reason: move.reason, overriding: slot.overridden
    ) {
      $0.span = slot.span
      $0.location = wish.place.id
      $0.room = slot.room
      $0.recurrence = membership
      $0.payInTime(at: now)
      $0.remindOnly(after: now)
      $0.due = $0.nextDue(completeAfterMinutes: minutes)
    }
  }
}
