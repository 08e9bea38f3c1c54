public import Intervals

extension BusyTimes {
  /// Everything that is in a session's way, by span.
  ///
  /// - Parameter buffers: of the session.
  func collisions(
    with session: Span, buffers: Buffers = .none, of resource: Resource
  ) -> [Collision] {
    let widened = session.widened(by: buffers)
    var found: [Collision] = []
    sessions.forEachOverlap(widened) { found.append(Collision($0, of: resource)) }
    if isPlain { return found }
    guards.forEachOverlap(session) { guarded in
      sessions.forEachOverlap(guarded.span) { entry in
        if entry.key == guarded.key && !entry.span.overlaps(widened) {
          found.append(Collision(entry, of: resource))
        }
      }
    }
    for hold in held {
      let other = hold.occupation
      if other.span.overlaps(widened) || other.span.widened(by: other.buffers).overlaps(session) {
        found.append(
          Collision(
            occupant: other.occupant, span: other.span, resource: resource,
            holdExpiresAt: hold.expiresAt))
      }
    }
    return found.sorted { $0.span < $1.span }
  }
}

extension Occupancy {
  /// What takes a client's time during a session.
  ///
  /// - Parameter hold: no obstacle (S-12).
  public func collisions(
    of client: ClientID, during session: Span, at now: Instant, but hold: HoldID?
  ) -> [Collision] {
    busy(of: client).reckoned(at: now, but: hold).collisions(with: session, of: .client(client))
  }
}

extension Collision {
  fileprivate init(_ entry: IntervalTree.Entry, of resource: Resource) {
    self.init(
      appointment: AppointmentID(rawValue: entry.key), span: entry.span, resource: resource)
  }
}
