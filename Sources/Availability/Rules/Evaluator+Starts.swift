public import Intervals

extension Evaluator {
  /// The starts that could be booked by any client, ascending; at most `limit` of them.
  ///
  /// - Parameter range: where starts lie; sessions may end after it.
  public func starts(
    of offer: Offer, at place: Place, in range: Span, limit: Int = .max
  ) -> [Minute] {
    guard limit > 0, var walk = walk(of: offer, at: place, in: range) else { return [] }
    var starts: [Minute] = []
    while starts.count < limit, let start = walk.next(before: range.end) { starts.append(start) }
    return starts
  }

  /// The starts nearest to the wished one that could be booked instead with the rest of the wish
  /// unchanged: up to `count` of them, no more than seven days away, ascending.
  public func alternatives(to wish: Wish, atMost count: Int) -> [Minute] {
    let wished = wish.start.reckonable
    let sevenDays = 7 * LocalMinute.perDay
    let before = Span(from: wished.advanced(byMinutes: -sevenDays), to: wished)
    let after = Span(
      from: wished.advanced(byMinutes: 1), to: wished.advanced(byMinutes: sevenDays + 1))
    let earlier = starts(for: wish, in: before, limit: .max).suffix(count)
    let later = starts(for: wish, in: after, limit: count)
    let nearest = (earlier + later).sorted {
      let (left, right) = (abs(wished.minutes(to: $0)), abs(wished.minutes(to: $1)))
      return left != right ? left < right : $0 < $1
    }
    return nearest.prefix(count).sorted()
  }

  private func starts(for wish: Wish, in range: Span?, limit: Int) -> [Minute] {
    guard let range, limit > 0,
      var walk = walk(
        of: wish.offer, at: wish.place, in: range, room: wish.room, client: wish.client)
    else { return [] }
    var starts: [Minute] = []
    while starts.count < limit, let start = walk.next(before: range.end) { starts.append(start) }
    return starts
  }

  /// Nil when no start can be in the range.
  func walk(
    of offer: Offer, at place: Place, in range: Span, room: RoomID? = nil, client: ClientID? = nil
  ) -> StartsWalk? {
    guard let hours = therapist.profile.hours(at: place.id),
      let bookable = Span(from: firstStart, to: horizonEnd),
      let starts = range.intersection(bookable)
    else { return nil }
    let end = starts.end.advanced(byMinutes: offer.durationMinutes)
    guard let reach = Span(from: starts.start, to: end) else { return nil }
    var rooms: ContiguousArray<BusySweep> = []
    for room in eligibleRooms(named: room, at: place) {
      rooms.append(BusySweep(occupancy.busy(of: room)))
    }
    return StartsWalk(
      durationMinutes: offer.durationMinutes, grid: StartGrid(offer.grid, in: therapist.zone),
      openings: Openings(hours, in: therapist.zone, around: reach), starts: starts,
      therapist: therapist.busy, client: client.map(occupancy.busy(of:)), rooms: rooms)
  }
}
