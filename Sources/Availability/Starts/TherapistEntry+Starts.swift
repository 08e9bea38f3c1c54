public import Intervals

// How the starts that are kept follow what is booked.

extension TherapistEntry {
  /// Where `starts` tells all that is free; nil while a hold may be in the way, and where nothing is
  /// kept.
  @inline(__always)
  func keptStarts(at now: Instant) -> Span? {
    guard let coverage = starts.coverage, roomsHeldUntil <= now,
      busy.isPlain || !busy.held.contains(where: { $0.holds(at: now) })
    else { return nil }
    return coverage
  }

  /// The same with its free starts laid out, as an index that keeps them wants it.
  ///
  /// - Parameter rooms: knows the rooms of the therapist's places.
  public func layingOutStarts(over coverage: Span, rooms: some Occupancy) -> TherapistEntry {
    guard starts.coverage != coverage else { return self }
    var result = self
    result.layOutStarts(over: coverage, rooms: rooms)
    return result
  }

  /// The same with another profile. What is kept of free starts stays where both allow the same.
  public func replacingProfile(with new: TherapistProfile) -> TherapistEntry {
    var result = TherapistEntry(profile: new, busy: busy)
    if profile.allowsSameStarts(as: new) {
      result.starts = starts
      result.roomsHeldUntil = roomsHeldUntil
    }
    return result
  }

  /// Makes the table from nothing.
  ///
  /// - Parameter rooms: knows the rooms of the therapist's places.
  mutating func layOutStarts(over coverage: Span, rooms: some Occupancy) {
    let profile = profile
    let rulers = profile.streams.indices.map {
      StartRuler(profile.offer(ofStream: $0).grid, in: profile.zone, over: coverage)
    }
    starts = StartTable(rulers, over: coverage)
    // Whoever has nothing booked has all starts that hours and grid allow.
    let unbooked = StandingRules(
      therapist: TherapistEntry(profile: profile), occupancy: NothingBooked())
    for stream in profile.streams.indices {
      guard
        var walk = unbooked.standingWalk(
          of: profile.offer(ofStream: stream), at: profile.place(ofStream: stream), in: coverage)
      else { continue }
      while let start = walk.next(before: coverage.end) {
        starts.open(start, of: stream, isFree: true)
      }
    }
    guard profile.caps == .none else {
      recountStarts(in: coverage, rooms: rooms)
      return
    }
    // What lies outside of the coverage can be in the way of what begins in it: by its buffers, or by
    // the length of what begins.
    let near = Span(
      from: coverage.start.advanced(byMinutes: -2 * LocalMinute.perDay),
      to: coverage.end.advanced(byMinutes: 14 * LocalMinute.perDay))!
    let bookings = busy.sessions.overlaps(near).map(\.span)
    for session in bookings { takeStarts(session: session, guarded: session) }
    for entry in busy.guards.overlaps(near) { takeStarts(session: nil, guarded: entry.span) }
    for stream in profile.streams.indices { layOutRooms(of: stream, near, rooms) }
  }

  private mutating func layOutRooms(of stream: Int, _ near: Span, _ rooms: some Occupancy) {
    let duration = profile.streams[stream].durationMinutes
    let place = profile.place(ofStream: stream)
    // Where the first room is free there is one.
    guard let first = place.rooms.first else { return }
    for entry in rooms.busy(of: first).sessions.overlaps(near) {
      if place.rooms.count == 1 {
        starts.take(entry.span.startsWithin(duration), of: stream)
      } else {
        refreshStarts(of: stream, in: entry.span.startsWithin(duration), rooms: rooms)
      }
    }
  }

  /// After a booking of the therapist: takes the starts that it is in the way of.
  ///
  /// - Returns: where starts may have changed.
  mutating func takeStarts(for occupation: Occupation, rooms: some Occupancy) -> Span {
    if profile.caps != .none { return refreshStarts(around: occupation, rooms: rooms) }
    return takeStarts(
      session: occupation.span, guarded: occupation.span.widened(by: occupation.buffers))
  }

  /// After any change of the therapist's bookings, or of one of their rooms': asks anew.
  ///
  /// - Returns: where starts may have changed.
  @discardableResult
  mutating func refreshStarts(around occupation: Occupation, rooms: some Occupancy) -> Span {
    let profile = profile
    let guarded = occupation.span.widened(by: occupation.buffers)
    var changed = occupation.span
    for stream in profile.streams.indices {
      let range = occupation.span.startsInTheWay(of: profile.streams[stream], guarded: guarded)
      if profile.caps == .none { refreshStarts(of: stream, in: range, rooms: rooms) }
      changed = changed.joined(with: range)
    }
    if profile.caps != .none {
      changed = profile.zone.weeks(around: changed)
      recountStarts(in: changed, rooms: rooms)
    }
    return changed
  }

  /// - Parameters:
  ///   - session: which the offers' own buffers keep away from; nil leaves it out.
  ///   - guarded: which their sessions keep away from.
  @discardableResult
  private mutating func takeStarts(session: Span?, guarded: Span) -> Span {
    let profile = profile
    var changed = guarded
    for stream in profile.streams.indices {
      let kind = profile.streams[stream]
      let range =
        session.map { $0.startsInTheWay(of: kind, guarded: guarded) }
        ?? guarded.startsWithin(kind.durationMinutes)
      starts.take(range, of: stream)
      changed = changed.joined(with: range)
    }
    return changed
  }

  private mutating func refreshStarts(of stream: Int, in range: Span, rooms: some Occupancy) {
    let profile = profile
    let (duration, buffers) = (
      profile.streams[stream].durationMinutes, profile.streams[stream].buffers
    )
    let busy = busy
    let roomTimes = profile.place(ofStream: stream).rooms.map { rooms.busy(of: $0).sessions }
    starts.refresh(range, of: stream) { start in
      let session = start.span(lastingMinutes: duration)
      return !busy.sessions.overlapsAny(session.widened(by: buffers))
        && !busy.guards.overlapsAny(session)
        && (roomTimes.isEmpty || roomTimes.contains { !$0.overlapsAny(session) })
    }
  }

  /// Caps depend on all bookings of a day or week: those are walked through.
  private mutating func recountStarts(in range: Span, rooms: some Occupancy) {
    let profile = profile
    let rules = StandingRules(therapist: self, occupancy: rooms)
    for stream in profile.streams.indices {
      starts.take(range, of: stream)
      guard
        var walk = rules.standingWalk(
          of: profile.offer(ofStream: stream), at: profile.place(ofStream: stream), in: range)
      else { continue }
      while let start = walk.next(before: range.end) {
        starts.open(start, of: stream, isFree: true)
      }
    }
  }
}

extension TherapistProfile {
  /// Whether hours, grids, caps and rooms are the same: all that free starts are kept by. Policies and
  /// prices are not in them.
  fileprivate func allowsSameStarts(as other: TherapistProfile) -> Bool {
    zone == other.zone && windows == other.windows && exceptions == other.exceptions
      && holidays == other.holidays && caps == other.caps && places == other.places
      && offers.elementsEqual(other.offers) {
        $0.id == $1.id && $0.durationMinutes == $1.durationMinutes && $0.grid == $1.grid
          && $0.buffers == $1.buffers && $0.locations == $1.locations
      }
  }
}

/// Rooms and clients of whom nothing is booked.
private struct NothingBooked: Occupancy {
  func busy(of room: RoomID) -> BusyTimes { BusyTimes() }
  func busy(of client: ClientID) -> BusyTimes { BusyTimes() }
}

extension Span {
  /// The starts of sessions so long that they overlap this.
  func startsWithin(_ durationMinutes: Int32) -> Span {
    Span(from: start.advanced(byMinutes: 1 - durationMinutes), to: end)!
  }

  /// The starts of a stream at which it would collide with a session of this span (S-7).
  ///
  /// - Parameter guarded: the session with its buffers.
  func startsInTheWay(of stream: SlotStream, guarded: Span) -> Span {
    let buffers = stream.buffers
    let own = Span(
      from: start.advanced(byMinutes: 1 - stream.durationMinutes - buffers.afterMinutes),
      to: end.advanced(byMinutes: buffers.beforeMinutes))!
    return own.joined(with: guarded.startsWithin(stream.durationMinutes))
  }

  /// The least span that holds both.
  func joined(with other: Span) -> Span {
    Span(from: min(start, other.start), to: max(end, other.end))!
  }
}

extension Zone {
  /// The local weeks, from Monday on, that a span touches.
  fileprivate func weeks(around span: Span) -> Span {
    let first = date(at: span.start)
    let monday = first.adding(days: 1 - first.weekday.rawValue)
    let last = date(at: span.end)
    let sunday = last.adding(days: 7 - last.weekday.rawValue)
    let start = edge(LocalMinute(date: monday, minuteOfDay: 0))
    let end = edge(LocalMinute(date: sunday, minuteOfDay: LocalMinute.perDay))
    return span.joined(with: Span(from: start, to: end)!)
  }
}
