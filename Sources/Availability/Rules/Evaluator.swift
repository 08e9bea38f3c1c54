internal import Intervals

/// The rules of S-4, asked for one therapist at one moment. Listing, checking and booking all ask
/// here: what is listed can be booked, and what is booked was listed (S-5).
public struct Evaluator<Known: Occupancy>: Sendable {
  let therapist: TherapistEntry
  let occupancy: Known
  let moment: Moment

  /// - Parameter occupancy: knows the rooms of the therapist's places, and the clients asked about.
  public init(therapist: TherapistEntry, moment: Moment, occupancy: Known) {
    self.therapist = therapist
    self.occupancy = occupancy
    self.moment = moment
  }

  /// The last day on which a session may start; it is included (S-2).
  public func lastDay(under policy: BookingPolicy) -> CivilDate {
    moment.lastDay(under: policy.horizons, in: therapist.zone)
  }

  /// Starts are before this.
  func horizonEnd(of policy: BookingPolicy) -> Minute {
    moment.horizonEnd(under: policy.horizons, in: therapist.zone)
  }

  /// Names everything that stands in a wish's way, all of it at once.
  public func assess(_ wish: Wish) -> Assessment {
    let start = wish.start.reckonable
    let session = start.span(lastingMinutes: wish.offer.durationMinutes)
    let policy = wish.offer.policy
    var discrepancies: [Discrepancy] = []
    if !therapist.profile.isOpen(at: wish.place.id, during: session) {
      discrepancies.append(.outsideLocationHours)
      if !therapist.profile.isOpenAnywhere(during: session) {
        discrepancies.append(.outsideSchedule)
      }
    }
    if start < moment.firstStart { discrepancies.append(.inPast) }
    let busy = therapist.busy.reckoned(at: moment.now, but: wish.hold)
    let ownCollisions = busy.collisions(
      with: session, buffers: wish.offer.buffers, of: .therapist(therapist.id))
    if !ownCollisions.isEmpty { discrepancies.append(.therapistBusy(ownCollisions)) }
    let (room, roomCollisions) = chooseRoom(for: wish, during: session)
    if !roomCollisions.isEmpty { discrepancies.append(.roomBusy(roomCollisions)) }
    if let client = wish.client {
      let clientCollisions = occupancy.collisions(
        of: client, during: session, at: moment.now, but: wish.hold)
      if !clientCollisions.isEmpty { discrepancies.append(.clientBusy(clientCollisions)) }
    }
    if start >= horizonEnd(of: policy) {
      discrepancies.append(.beyondHorizon(lastDay: lastDay(under: policy)))
    }
    let earliest = moment.firstStart(under: policy)
    if policy.minimumNoticeMinutes > 0, start < earliest {
      discrepancies.append(.underNotice(earliestStart: earliest))
    }
    var grid = StartGrid(wish.offer.grid, in: therapist.zone)
    if grid.first(atOrAfter: start) != start { discrepancies.append(.offGrid) }
    if let (day, week) = SessionCount(busy, of: therapist.profile)?.reached(at: start),
      day != nil || week != nil
    {
      discrepancies.append(.overCap(day: day, week: week))
    }
    return assessment(of: discrepancies, under: wish.overrides, room: room)
  }

  /// A client overrides nothing (S-6).
  private func assessment(
    of found: [Discrepancy], under overrides: Overrides, room: RoomID?
  ) -> Assessment {
    guard moment.role != .client, !overrides.isEmpty else {
      return Assessment(discrepancies: found, room: room)
    }
    return Assessment(
      discrepancies: found.filter { !overrides.cover($0) },
      overridden: found.filter { overrides.cover($0) }, room: room)
  }

  /// The first eligible room that is free (S-10); or, when none is, all that takes them.
  private func chooseRoom(for wish: Wish, during session: Span) -> (RoomID?, [Collision]) {
    var found: [Collision] = []
    for room in wish.place.eligibleRooms(named: wish.room) {
      let inRoom = occupancy.busy(of: room).reckoned(at: moment.now, but: wish.hold)
        .collisions(with: session, of: .room(room))
      if inRoom.isEmpty { return (room, []) }
      found += inRoom
    }
    return (nil, found)
  }
}

extension Place {
  /// The rooms of which a session needs one: the named one, else any.
  func eligibleRooms(named room: RoomID?) -> [RoomID] {
    room.map { [$0] } ?? rooms
  }
}

extension Minute {
  /// - Parameter minutes: at least 1.
  func span(lastingMinutes minutes: Int32) -> Span {
    Span(from: self, lastingMinutes: minutes)!
  }
}
