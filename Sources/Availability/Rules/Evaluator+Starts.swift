public import Intervals

extension Evaluator {
  /// The starts that could be booked by any client, ascending; at most `limit` of them.
  ///
  /// - Parameter range: where starts lie; sessions may end after it.
  public func starts(
    of offer: Offer, at place: Place, in range: Span, limit: Int = .max
  ) -> [Minute] {
    guard limit > 0 else { return [] }
    if let kept = keptStarts(of: offer, at: place, in: range, limit: limit) { return kept }
    guard var walk = walk(of: offer, at: place, in: range) else { return [] }
    var starts: [Minute] = []
    while starts.count < limit, let start = walk.next(before: range.end) { starts.append(start) }
    return starts
  }

  /// Nil where what is kept does not tell all.
  private func keptStarts(
    of offer: Offer, at place: Place, in range: Span, limit: Int
  ) -> [Minute]? {
    let profile = therapist.profile
    guard let kept = therapist.keptStarts(at: moment.now),
      let stream = profile.streams.indices.first(where: {
        profile.offer(ofStream: $0) == offer && profile.place(ofStream: $0) == place
      })
    else { return nil }
    var limits = StartLimits(at: moment)
    guard let wanted = limits.bookable(under: offer.policy, in: profile.zone, of: range)
    else { return [] }
    guard kept.contains(wanted) else { return nil }
    var starts: [Minute] = []
    therapist.starts.forEach(stream, in: wanted) { start in
      starts.append(start)
      return starts.count < limit
    }
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
        of: wish.offer, at: wish.place, in: range, room: wish.room, client: wish.client,
        hold: wish.hold)
    else { return [] }
    var starts: [Minute] = []
    while starts.count < limit, let start = walk.next(before: range.end) { starts.append(start) }
    return starts
  }

  /// Nil when no start can be in the range.
  func walk(
    of offer: Offer, at place: Place, in range: Span, room: RoomID? = nil,
    client: ClientID? = nil, hold: HoldID? = nil
  ) -> StartsWalk? {
    guard
      let bookable = Span(
        from: moment.firstStart(under: offer.policy), to: horizonEnd(of: offer.policy)),
      let starts = range.intersection(bookable)
    else { return nil }
    var rooms: ContiguousArray<BusySweep> = []
    for room in place.eligibleRooms(named: room) {
      rooms.append(BusySweep(occupancy.busy(of: room).reckoned(at: moment.now, but: hold)))
    }
    return StartsWalk(
      of: offer, at: place, in: starts, therapist: therapist.profile,
      busy: therapist.busy.reckoned(at: moment.now, but: hold),
      client: client.map {
        BusySweep(occupancy.busy(of: $0).reckoned(at: moment.now, but: hold))
      }, rooms: rooms)
  }
}
