import Availability
import Intervals

/// The rules of S-4 once more, without any cleverness: what each single minute is.
struct MinuteModel {
  private let practice: RandomPractice
  /// Those that still hold.
  private let holds: [Occupation]
  private let first: Int32
  private var local: [LocalMinute] = []
  private var isSecondPass: [Bool] = []
  /// Whether each location is open.
  private var isOpen: [LocationID: [Bool]] = [:]
  /// For each reading of the clock from `base` on, the first minute that shows it or a later one.
  private var reached: [Int] = []
  private let base: Int32

  /// - Parameter holds: to be reckoned with; nil is all of the practice that have not lapsed.
  init(_ practice: RandomPractice, holds: [HeldTime]? = nil) {
    self.practice = practice
    self.holds = (holds ?? practice.holds.filter { practice.moment.now < $0.expiresAt })
      .map(\.occupation)
    first = practice.range.start.sinceEpoch - 6_000
    let last = practice.range.end.sinceEpoch + 6_000
    let local = (first...last).map { practice.zone.local(Minute(sinceEpoch: $0)) }
    self.local = local
    base = local.min()!.sinceEpoch
    var isShown = [Bool](repeating: false, count: Int(local.max()!.sinceEpoch - base) + 1)
    for (index, minute) in local.enumerated() {
      isSecondPass.append(isShown[Int(minute.sinceEpoch - base)])
      isShown[Int(minute.sinceEpoch - base)] = true
      while base + Int32(reached.count) <= minute.sinceEpoch { reached.append(index) }
    }
    let days = local.min()!.date.daysSinceEpoch...local.max()!.date.daysSinceEpoch
    for location in [office, practice.otherLocation] {
      isOpen[location] = openMinutes(at: location, on: days.map(CivilDate.init(daysSinceEpoch:)))
    }
  }

  private func openMinutes(at location: LocationID, on days: [CivilDate]) -> [Bool] {
    var isOpen = [Bool](repeating: false, count: local.count)
    for date in days {
      for hours in openHours(of: date, at: location) {
        for index in minutes(of: hours, on: date) { isOpen[index] = true }
      }
    }
    for date in days {
      for exception in practice.exceptions where exception.applies(on: date) {
        guard case .closed(.between(let opens, let closes), let only) = exception.effect,
          only == nil || only == location
        else { continue }
        for index in minutes(of: (opens, closes), on: date) { isOpen[index] = false }
      }
    }
    return isOpen
  }

  /// Those that open on a day: the week's, unless the day is closed, and the extra ones.
  private func openHours(of date: CivilDate, at location: LocationID) -> [(Int32, Int32)] {
    var hours: [(Int32, Int32)] = []
    var isClosed = practice.holidays.contains(date)
    for exception in practice.exceptions where exception.applies(on: date) {
      switch exception.effect {
      case .closed(.wholeDays, let only): if only == nil || only == location { isClosed = true }
      case .closed(.between, _): break
      case .extraHours(let opens, let closes, let only):
        if only == location { hours.append((opens, closes)) }
      }
    }
    if isClosed { return hours }
    for window in practice.windows where window.weekday == date.weekday {
      if window.location == location, window.validFrom.map({ $0 <= date }) ?? true,
        window.validUntil.map({ date <= $0 }) ?? true
      {
        hours.append((window.opensMinute, window.closesMinute))
      }
    }
    return hours
  }

  private func minutes(of hours: (Int32, Int32), on date: CivilDate) -> Range<Int> {
    func edge(_ minuteOfDay: Int32) -> Int {
      let reading = LocalMinute(date: date, minuteOfDay: minuteOfDay).sinceEpoch - base
      if reading < 0 { return 0 }
      return Int(reading) < reached.count ? reached[Int(reading)] : local.count
    }
    return edge(hours.0)..<edge(hours.1)
  }

  /// What is in the way, by kind; for the collisions also of whom.
  func obstacles(to wish: Wish) -> [Obstacle] {
    let index = Int(wish.start.sinceEpoch - first)
    let minutes = index..<(index + Int(wish.offer.durationMinutes))
    let session = Span(from: wish.start, lastingMinutes: wish.offer.durationMinutes)!
    let moment = practice.moment
    let notice = wish.offer.policy.minimumNoticeMinutes
    var found: [Obstacle] = []
    func note(_ kind: Int, _ occupants: Set<Occupant> = [], if holds: Bool) {
      if holds { found.append(Obstacle(kind: kind, occupants: occupants)) }
    }
    note(1, if: minutes.contains { !isOpen[wish.place.id]![$0] })
    note(2, if: minutes.contains { minute in !isOpen.values.contains { $0[minute] } })
    note(3, if: wish.start.instant < moment.now)
    let ofTherapist = collisions(of: wish, session)
    note(4, ofTherapist, if: !ofTherapist.isEmpty)
    let ofRooms = wish.rooms.map { roomCollisions($0, wish, session) }
    note(
      5, ofRooms.reduce([]) { $0.union($1) },
      if: !ofRooms.isEmpty && ofRooms.allSatisfy { !$0.isEmpty })
    let ofClient = wish.client.map { clientCollisions($0, wish, session) } ?? []
    note(6, ofClient, if: !ofClient.isEmpty)
    let lastDay = wish.offer.policy.horizons.lastDay(
      for: moment.role, today: moment.today(in: practice.zone))
    // A later day has begun, at this start or before it.
    note(7, if: local[...index].contains { $0.date > lastDay })
    let inTime = moment.now.advanced(byMs: Int64(notice) * 60_000)
    note(8, if: notice > 0 && wish.start.instant < inTime)
    let step = wish.offer.grid.fullHoursOnly ? 60 : wish.offer.grid.stepMinutes
    note(9, if: local[index].minuteOfDay % 60 % step != 0 || isSecondPass[index])
    note(10, if: isOverCap(wish))
    return found
  }

  /// Whether any minute of a day is.
  func isOpen(on date: CivilDate, at location: LocationID) -> Bool {
    zip(local, isOpen[location]!).contains { $0.date == date && $1 }
  }

  /// The room that would be taken.
  func room(of wish: Wish) -> RoomID? {
    let session = Span(from: wish.start, lastingMinutes: wish.offer.durationMinutes)!
    return wish.rooms.first { roomCollisions($0, wish, session).isEmpty }
  }
}

/// A kind of S-4, and who is in the way.
struct Obstacle: Hashable {
  let kind: Int
  let occupants: Set<Occupant>
}

extension Obstacle {
  init(_ discrepancy: Discrepancy) {
    let collisions: [Collision] =
      switch discrepancy {
      case .therapistBusy(let found), .roomBusy(let found), .clientBusy(let found): found
      default: []
      }
    self.init(kind: discrepancy.kind, occupants: Set(collisions.map(\.occupant)))
  }
}

// MARK: What is taken

extension MinuteModel {
  private func liveHolds(but own: HoldID?) -> [Occupation] {
    holds.filter { $0.occupant != own.map(Occupant.hold) }
  }

  private func collisions(of wish: Wish, _ session: Span) -> Set<Occupant> {
    let wished = Occupation(
      occupant: .appointment(appointment(0)), span: session, buffers: wish.offer.buffers,
      therapist: anna, room: nil, client: nil)
    let others = practice.appointments + liveHolds(but: wish.hold).filter { $0.therapist == anna }
    return Set(
      others.filter { $0.widened.overlaps(session) || $0.span.overlaps(wished.widened) }
        .map(\.occupant))
  }

  private func roomCollisions(_ room: RoomID, _ wish: Wish, _ session: Span) -> Set<Occupant> {
    let holds = liveHolds(but: wish.hold).filter { $0.room == room && $0.span.overlaps(session) }
    return occupants(practice.booked.rooms[room]!, session).union(holds.map(\.occupant))
  }

  private func clientCollisions(_ client: ClientID, _ wish: Wish, _ session: Span) -> Set<Occupant>
  {
    let holds = liveHolds(but: wish.hold).filter {
      $0.client == client && $0.span.overlaps(session)
    }
    return occupants(practice.booked.clients[client]!, session).union(holds.map(\.occupant))
  }

  private func occupants(_ taken: [(UInt128, Span)], _ session: Span) -> Set<Occupant> {
    Set(taken.filter { $0.1.overlaps(session) }.map { .appointment(appointment($0.0)) })
  }

  private func isOverCap(_ wish: Wish) -> Bool {
    let holds = liveHolds(but: wish.hold).filter { $0.therapist == anna }
    let days = (practice.appointments + holds).map { practice.zone.date(at: $0.span.start) }
    let day = practice.zone.date(at: wish.start)
    let isOverDaily = practice.caps.daily.map { cap in days.count { $0 == day } >= cap }
    let isOverWeekly = practice.caps.weekly.map { cap in
      days.count { $0.monday == day.monday } >= cap
    }
    return isOverDaily == true || isOverWeekly == true
  }
}

extension CivilDate {
  /// Found by going back to it.
  fileprivate var monday: CivilDate {
    var day = self
    while day.weekday != .monday { day = day.adding(days: -1) }
    return day
  }
}

extension ScheduleException {
  fileprivate func applies(on date: CivilDate) -> Bool {
    firstDay <= date && date <= lastDay
  }
}

extension Wish {
  /// Those of which one is needed.
  fileprivate var rooms: [RoomID] { room.map { [$0] } ?? place.rooms }
}

extension RandomPractice {
  /// Where the wished place is not.
  fileprivate var otherLocation: LocationID { AvailabilityTests.practice }
}
