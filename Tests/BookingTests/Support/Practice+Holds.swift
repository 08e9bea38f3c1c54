internal import Availability
internal import Booking
internal import Intervals

extension Practice {
  /// Knows from then on what came of a hold.
  mutating func take(ofHold event: Event) {
    let fits: Bool
    switch event {
    case .holdTaken(let hold), .holdRenewed(let hold):
      facts.holds[hold.id] = hold
      fits = facts.index.apply(.hold(hold.heldTime))
    case .holdReleased(let hold): fits = end(hold.id, as: .released)
    case .holdBooked(let hold, by: _): fits = end(hold.id, as: .booked)
    case .holdLapsed(let id): fits = end(id, as: .lapsed)
    default: fits = true
    }
    precondition(fits, "a hold fits the index")
  }

  private mutating func end(_ id: HoldID, as state: HoldState) -> Bool {
    guard let hold = facts.holds[id] else { return false }
    facts.holds[id] = Hold(
      id: id, therapist: hold.therapist, service: hold.service, location: hold.location,
      room: hold.room, client: hold.client, span: hold.span, buffers: hold.buffers,
      takenAt: hold.takenAt, expiresAtMax: hold.expiresAtMax, expiresAt: hold.expiresAt,
      state: state)
    return facts.index.apply(.release(hold.heldTime))
  }

  /// Minutes later.
  mutating func wait(_ minutes: Int64) {
    now = now.advanced(byMs: minutes * 60_000)
  }
}

/// A wish to hold a session with Anna at the office, with what a test wants otherwise.
func holding(
  _ start: Minute, therapist: TherapistID = anna, service: ServiceID = individual,
  location: LocationID = office, room: RoomID? = nil, client: ClientID? = nil, id: HoldID? = nil
) -> Wanted {
  .takeHold(
    HoldWish(
      therapist: therapist, service: service, location: location, room: room, start: start,
      client: client, id: id))
}
