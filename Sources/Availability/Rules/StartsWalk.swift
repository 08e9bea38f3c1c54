internal import Intervals

/// Goes through the bookable starts of one offer at one place, ascending, and no further than asked.
struct StartsWalk {
  private let durationMinutes: Int32
  /// Starts are before this.
  private let end: Minute
  private var grid: StartGrid
  private var openings: Openings
  private var opening: Span?
  /// All starts before this have been given or found taken.
  private var position: Minute
  private var therapist: BusySweep
  private var client: BusySweep?
  /// One of them must be free, unless there are none.
  private var rooms: ContiguousArray<BusySweep>
  /// Nil where there are none.
  private var caps: CapSweep?

  /// Nil when the therapist has no hours at the place.
  ///
  /// - Parameters:
  ///   - starts: where starts lie; sessions may end after it.
  ///   - busy: of the therapist, with only those holds that count.
  ///   - rooms: of which one is needed; none is when there are none.
  init?(
    of offer: Offer, at place: Place, in starts: Span, therapist: TherapistProfile,
    busy: BusyTimes, client: BusySweep?, rooms: ContiguousArray<BusySweep>
  ) {
    guard let hours = therapist.hours(at: place.id),
      let reach = Span(
        from: starts.start, to: starts.end.advanced(byMinutes: offer.durationMinutes))
    else { return nil }
    durationMinutes = offer.durationMinutes
    grid = StartGrid(offer.grid, in: therapist.zone)
    openings = Openings(hours, in: therapist.zone, around: reach)
    position = starts.start
    end = starts.end
    self.therapist = BusySweep(busy, buffers: offer.buffers)
    self.client = client
    self.rooms = rooms
    caps = SessionCount(busy, of: therapist).map(CapSweep.init)
    opening = openings.next()
  }

  /// The next start; nil when none is left before `bound`, after which one may be asked for before
  /// a later bound.
  mutating func next(before bound: Minute) -> Minute? {
    let bound = min(bound, end)
    while let opening {
      let start = grid.first(atOrAfter: max(position, opening.start))
      guard let session = Span(from: start, lastingMinutes: durationMinutes) else { return nil }
      if session.end > opening.end {
        if opening.end >= bound { return nil }
        self.opening = openings.next()
      } else if start >= bound {
        return nil
      } else if let until = busyUntil(over: session) {
        position = until
      } else {
        position = start.advanced(byMinutes: 1)
        return start
      }
    }
    return nil
  }

  /// Nil when a session finds all that it needs; else before which time none does.
  private mutating func busyUntil(over session: Span) -> Minute? {
    if let until = caps?.fullUntil(at: session.start) { return until }
    if let until = therapist.busyUntil(over: session) { return until }
    if let until = client?.busyUntil(over: session) { return until }
    var earliest: Minute?
    for index in rooms.indices {
      guard let until = rooms[index].busyUntil(over: session) else { return nil }
      earliest = min(earliest ?? until, until)
    }
    return earliest
  }
}
