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

  /// - Parameters:
  ///   - starts: where starts lie; sessions may end after it.
  ///   - rooms: of which one is needed; none is when there are none.
  init(
    durationMinutes: Int32, grid: StartGrid, openings: Openings, starts: Span,
    therapist: IntervalTree, client: IntervalTree?, rooms: ContiguousArray<BusySweep>
  ) {
    self.durationMinutes = durationMinutes
    self.grid = grid
    self.openings = openings
    position = starts.start
    end = starts.end
    self.therapist = BusySweep(therapist)
    self.client = client.map(BusySweep.init)
    self.rooms = rooms
    opening = self.openings.next()
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

  /// Nil when all that a session needs is free; else before which time it is not.
  private mutating func busyUntil(over session: Span) -> Minute? {
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
