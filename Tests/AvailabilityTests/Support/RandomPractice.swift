import Availability
import Intervals

/// A therapist with hours, exceptions, policies, rooms, bookings and holds of all kinds, near a
/// change of the clock.
struct RandomPractice {
  let zone: Zone
  let windows: [WeeklyWindow]
  let exceptions: [ScheduleException]
  let holidays: [CivilDate]
  let offer: Offer
  let place: Place
  let caps: SessionCaps
  /// Of the therapist.
  let appointments: [Occupation]
  /// Of the therapist and of others.
  let holds: [HeldTime]
  let booked: Booked
  let moment: Moment
  /// Some days around the change of the clock.
  let range: Span

  init(_ random: inout SplitMix64) {
    let known = random.pick(ClockChange.known)
    let isRandom = random.chance(oneIn: 2)
    let zone = isRandom ? randomZone(near: known.near.sinceEpoch, &random) : known.zone
    self.init(zone, near: known.near, &random)
  }

  init(_ zone: Zone, near center: Minute, _ random: inout SplitMix64) {
    self.zone = zone
    let today = zone.date(at: center)
    // Most often before it all, sometimes amidst it; the horizon falls into it now and then.
    let isAmidst = random.chance(oneIn: 3)
    let now = center.advanced(
      byMinutes: isAmidst ? random.int32(in: -1_500...1_500) : -random.int32(in: 3_000...6_000))
    moment = Moment(
      now: now.instant.advanced(byMs: Int64(random.int32(in: 0...2))),
      role: random.pick([.staff, .therapist, .client]))
    offer = RandomPractice.offer(&random)
    let rooms = [[], [blueRoom], [redRoom, blueRoom]][Int(random.int32(in: 0...2))]
    place = AvailabilityTests.place(rooms: rooms)
    windows = RandomPractice.windows(
      around: today, at: [office, office, office, practice], &random)
    exceptions = RandomPractice.exceptions(
      around: today, at: [office, practice], &random)
    holidays =
      random.chance(oneIn: 2)
      ? [] : Set((0...2).map { _ in today.adding(days: random.int(in: -3...3)) }).sorted()
    caps =
      random.chance(oneIn: 2)
      ? .none
      : SessionCaps(
        daily: random.chance(oneIn: 2) ? random.int(in: 1...4) : nil,
        weekly: random.chance(oneIn: 2) ? random.int(in: 1...9) : nil)
    appointments = RandomPractice.appointments(near: center, &random)
    holds = RandomPractice.holds(near: center, now: moment.now, &random)
    booked = Booked(
      rooms: [
        blueRoom: RandomPractice.taken(upTo: 12, near: center, &random),
        redRoom: RandomPractice.taken(upTo: 12, near: center, &random),
      ],
      clients: [carlo: RandomPractice.taken(upTo: 4, near: center, &random)], held: holds)
    let start = center.advanced(byMinutes: -random.int32(in: 0...2_000))
    range = Span(from: start, lastingMinutes: random.int32(in: 1...2_000))!
  }

  var entry: TherapistEntry {
    entry(anna, offers: [offer])
  }

  func entry(_ id: TherapistID, offers: [Offer]) -> TherapistEntry {
    TherapistEntry(
      id: id, partner: partner, zone: zone, languages: ["it"], specialities: [], insurers: [],
      windows: windows, exceptions: exceptions, holidays: holidays, offers: offers,
      places: [place, AvailabilityTests.place(practice)], caps: caps, busy: busy)
  }

  private var busy: BusyTimes {
    BusyTimes(
      sessions: tree(appointments.map { ($0.number, $0.span) }),
      guards: tree(
        appointments.filter { $0.buffers != .none }.map { ($0.number, $0.widened) }),
      held: holds.filter { $0.occupation.therapist == anna })
  }

  var evaluator: Evaluator<Booked> {
    Evaluator(therapist: entry, moment: moment, occupancy: booked)
  }

  func wish(
    start: Minute, room: RoomID? = nil, client: ClientID? = nil, overrides: Overrides = [],
    hold: HoldID? = nil
  ) -> Wish {
    Wish(
      offer: offer, place: place, room: room, start: start, client: client, overrides: overrides,
      hold: hold)
  }

  /// All minutes of the range.
  var minutes: [Minute] {
    (range.start.sinceEpoch..<range.end.sinceEpoch).map(Minute.init(sinceEpoch:))
  }

  /// A cheap condition that all starts meet: it spares tests most of the asking.
  func mightStart(at minute: Minute) -> Bool {
    offer.grid.allows(zone.local(minute))
  }
}

extension Occupant {
  var number: UInt128 {
    switch self {
    case .appointment(let id): id.rawValue
    case .hold(let id): id.rawValue
    }
  }
}

extension Occupation {
  var number: UInt128 { occupant.number }

  /// With its buffers.
  var widened: Span {
    Span(
      from: span.start.advanced(byMinutes: -buffers.beforeMinutes),
      to: span.end.advanced(byMinutes: buffers.afterMinutes))!
  }
}

extension RandomPractice {
  private static func offer(_ random: inout SplitMix64) -> Offer {
    let grid = Grid(
      stepMinutes: random.pick(Grid.allSteps), fullHoursOnly: random.chance(oneIn: 6))!
    let minutes = random.chance(oneIn: 8) ? random.int32(in: 1...1_500) : random.int32(in: 5...120)
    let isSoon = random.chance(oneIn: 4)
    return AvailabilityTests.offer(
      minutes: minutes, grid: grid, at: [office, practice], buffers: buffers(&random),
      policy: BookingPolicy(
        horizons: isSoon ? HorizonPolicy(staffMonths: 0, clientMonths: 0) : .standard,
        minimumNoticeMinutes: random.chance(oneIn: 3) ? random.int32(in: 1...4_000) : 0))
  }

  private static func buffers(_ random: inout SplitMix64) -> Buffers {
    random.chance(oneIn: 2)
      ? .none
      : Buffers(
        beforeMinutes: random.int32(in: 0...60), afterMinutes: random.int32(in: 0...30) * 4)
  }

  static func windows(
    around today: CivilDate, at locations: [LocationID], _ random: inout SplitMix64
  ) -> [WeeklyWindow] {
    var windows: [WeeklyWindow] = []
    for weekday in Weekday.allCases where !random.chance(oneIn: 5) {
      for _ in 0..<random.int(in: 0...3) {
        let (opens, closes) = hours(&random)
        let from = today.adding(days: random.int(in: -4...1))
        let until = today.adding(days: random.int(in: 1...4))
        windows.append(
          WeeklyWindow(
            weekday: weekday, opensMinute: opens, closesMinute: closes,
            location: random.pick(locations),
            validFrom: random.chance(oneIn: 6) ? from : nil,
            validUntil: random.chance(oneIn: 6) ? until : nil)!)
      }
    }
    return windows
  }

  static func exceptions(
    around today: CivilDate, at locations: [LocationID], _ random: inout SplitMix64
  ) -> [ScheduleException] {
    if random.chance(oneIn: 3) { return [] }
    return (0..<random.int(in: 0...5)).map { number in
      let first = today.adding(days: random.int(in: -4...3))
      let (opens, closes) = hours(&random)
      let location = random.pick(locations)
      let only = random.chance(oneIn: 2) ? location : nil
      let effects: [ScheduleException.Effect] = [
        .closed(.wholeDays, at: only),
        .closed(.between(opensMinute: opens, closesMinute: closes), at: only),
        .extraHours(opensMinute: opens, closesMinute: closes, at: location),
      ]
      return ScheduleException(
        id: ScheduleExceptionID(rawValue: UInt128(number)), firstDay: first,
        lastDay: first.adding(days: random.int(in: 0...3)), effect: random.pick(effects), note: "")!
    }
  }

  private static func hours(_ random: inout SplitMix64) -> (opens: Int32, closes: Int32) {
    let opens = random.int32(in: 0...95) * 15
    let length =
      random.chance(oneIn: 5) ? random.int32(in: 1...1_440) : random.int32(in: 1...40) * 15
    return (opens, opens + length)
  }

  private static func appointments(
    near center: Minute, _ random: inout SplitMix64
  ) -> [Occupation] {
    taken(upTo: 12, near: center, &random).map { number, span in
      Occupation(
        occupant: .appointment(appointment(number)), span: span,
        buffers: random.chance(oneIn: 3) ? buffers(&random) : .none, therapist: anna, room: nil,
        client: nil)
    }
  }

  /// Deadlines are before, at and after now.
  private static func holds(
    near center: Minute, now: Instant, _ random: inout SplitMix64
  ) -> [HeldTime] {
    taken(upTo: random.chance(oneIn: 2) ? 0 : 5, near: center, &random).map { number, span in
      held(
        100 + number, span, until: now.advanced(byMs: Int64(random.int32(in: -1...2))),
        buffers: buffers(&random),
        therapist: random.chance(oneIn: 3) ? TherapistID(rawValue: 99) : anna,
        room: random.pick([blueRoom, redRoom, nil]), client: random.pick([carlo, nil]))
    }
  }

  private static func taken(
    upTo count: Int, near center: Minute, _ random: inout SplitMix64
  ) -> [(UInt128, Span)] {
    (0..<random.int(in: 0...count)).map { number in
      let start = center.advanced(byMinutes: random.int32(in: -2_500...2_500))
      return (UInt128(number), Span(from: start, lastingMinutes: random.int32(in: 1...200))!)
    }
  }
}
