internal import Intervals

/// The rules of S-4, asked for one therapist at one moment. Listing, checking and booking all ask
/// here: what is listed can be booked, and what is booked was listed (S-5).
public struct Evaluator<Known: Occupancy>: Sendable {
  let therapist: TherapistEntry
  let occupancy: Known
  let firstStart: Minute
  /// The last day on which a session may start; it is included (S-2).
  public let lastDay: CivilDate
  /// Starts are before this.
  let horizonEnd: Minute

  /// - Parameter occupancy: knows the rooms of the therapist's places, and the clients asked about.
  public init(therapist: TherapistEntry, moment: Moment, occupancy: Known) {
    self.therapist = therapist
    self.occupancy = occupancy
    firstStart = moment.firstStart
    lastDay = moment.lastDay(in: therapist.zone)
    let dayAfter = LocalMinute(date: lastDay, minuteOfDay: LocalMinute.perDay)
    horizonEnd = therapist.zone.edge(dayAfter)
  }

  /// Names everything that stands in a wish's way, all of it at once.
  public func assess(_ wish: Wish) -> Assessment {
    let start = wish.start.reckonable
    let session = start.span(lastingMinutes: wish.offer.durationMinutes)
    var discrepancies: [Discrepancy] = []
    if !isOpen(therapist.profile.hours(at: wish.place.id), during: session) {
      discrepancies.append(.outsideLocationHours)
    }
    if !isOpen(therapist.profile.hours, during: session) { discrepancies.append(.outsideSchedule) }
    if start < firstStart { discrepancies.append(.inPast) }
    let ownCollisions = collisions(in: therapist.busy, with: session, of: .therapist(therapist.id))
    if !ownCollisions.isEmpty { discrepancies.append(.therapistBusy(ownCollisions)) }
    let (room, roomCollisions) = chooseRoom(for: wish, during: session)
    if !roomCollisions.isEmpty { discrepancies.append(.roomBusy(roomCollisions)) }
    if let client = wish.client {
      let busy = occupancy.busy(of: client)
      let clientCollisions = collisions(in: busy, with: session, of: .client(client))
      if !clientCollisions.isEmpty { discrepancies.append(.clientBusy(clientCollisions)) }
    }
    if start >= horizonEnd { discrepancies.append(.beyondHorizon(lastDay: lastDay)) }
    var grid = StartGrid(wish.offer.grid, in: therapist.zone)
    if grid.first(atOrAfter: start) != start { discrepancies.append(.offGrid) }
    return Assessment(discrepancies: discrepancies, room: room)
  }

  /// The rooms of which a session needs one: the named one, else any of the place's.
  func eligibleRooms(named room: RoomID?, at place: Place) -> [RoomID] {
    room.map { [$0] } ?? place.rooms
  }

  /// Whether one opening holds the session as a whole.
  private func isOpen(_ hours: WeeklyHours?, during session: Span) -> Bool {
    guard let hours else { return false }
    var openings = Openings(hours, in: therapist.zone, around: session)
    while let opening = openings.next(), opening.start <= session.start {
      if opening.contains(session) { return true }
    }
    return false
  }

  /// The first eligible room that is free (S-10); or, when none is, all that takes them.
  private func chooseRoom(for wish: Wish, during session: Span) -> (RoomID?, [Collision]) {
    var found: [Collision] = []
    for room in eligibleRooms(named: wish.room, at: wish.place) {
      let inRoom = collisions(in: occupancy.busy(of: room), with: session, of: .room(room))
      if inRoom.isEmpty { return (room, []) }
      found += inRoom
    }
    return (nil, found)
  }

  private func collisions(
    in busy: IntervalTree, with session: Span, of resource: Resource
  ) -> [Collision] {
    var found: [Collision] = []
    busy.forEachOverlap(session) { entry in
      let appointment = AppointmentID(rawValue: entry.key)
      found.append(Collision(appointment: appointment, span: entry.span, resource: resource))
    }
    return found
  }
}

extension Minute {
  /// - Parameter minutes: at least 1.
  func span(lastingMinutes minutes: Int32) -> Span {
    Span(from: self, lastingMinutes: minutes)!
  }
}
