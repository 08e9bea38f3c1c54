internal import Availability
internal import Intervals
internal import Limits
internal import Workload

/// What of ours is measured: for each question the call that answers it fastest. Nothing else in the
/// benchmarks knows how ours is asked.
struct Subjects {
  private let moment: Moment
  private let anything = SlotFilter()
  private let partner = PartnerID(rawValue: PopulationW.rawID(0))

  init(_ world: World) {
    moment = world.moment
  }

  /// Q1, from what is kept of free starts.
  func month(
    _ query: limits_month, in index: AvailabilityIndex, into found: inout TherapistStarts
  ) {
    let isWhole = index.gather(
      id(query.therapist), of: partner, wanted(query.from, query.until), into: &found)
    precondition(isWhole, "what is kept does not tell all")
  }

  /// Q1, walked through hours and bookings: what is done where nothing is kept.
  func walkedMonth(_ query: limits_month, in index: AvailabilityIndex) -> [Minute] {
    let entry = index.therapist(id(query.therapist))!
    let evaluator = Evaluator(therapist: entry, moment: moment, occupancy: index)
    return evaluator.starts(
      of: entry.offers[0], at: entry.places[0], in: span(query.from, query.until))
  }

  /// Q2 and, without candidates, Q2+.
  func firstStarts(_ query: SlotQuery, in index: AvailabilityIndex) -> SlotPage {
    index.search(query, of: partner)
  }

  /// Q3.
  func collides(_ query: limits_session, in index: AvailabilityIndex) -> Bool {
    let session = World.spanMinutes(query.start)
    let room = RoomID(rawValue: PopulationW.rawID(Int(query.therapist)))
    let client = ClientID(rawValue: PopulationW.rawID(Int(query.client)))
    return isTaken(session, by: index.therapist(id(query.therapist))!.busy)
      || isTaken(session, by: index.busy(of: room)) || isTaken(session, by: index.busy(of: client))
  }

  /// Q3 with all other rules besides: what booking asks.
  func isBookable(_ query: limits_session, in index: AvailabilityIndex) -> Bool {
    let entry = index.therapist(id(query.therapist))!
    let evaluator = Evaluator(therapist: entry, moment: moment, occupancy: index)
    let wish = Wish(
      offer: entry.offers[0], place: entry.places[0], room: nil,
      start: Minute(sinceEpoch: query.start),
      client: ClientID(rawValue: PopulationW.rawID(Int(query.client))))
    return evaluator.assess(wish).isBookable
  }

  /// Q4: whether it was free.
  func bookAndCancel(
    _ query: limits_session, number: Int, in index: inout AvailabilityIndex
  ) -> Bool {
    let occupation = Occupation(
      appointment: AppointmentID(rawValue: PopulationW.rawID(number)),
      span: World.spanMinutes(query.start), therapist: id(query.therapist),
      room: RoomID(rawValue: PopulationW.rawID(Int(query.therapist))),
      client: ClientID(rawValue: PopulationW.rawID(Int(query.client))))
    return index.apply(.occupy(occupation)) && index.apply(.vacate(occupation))
  }

  /// Q5: nil where nothing is free.
  func firstFree(_ query: limits_many, in index: AvailabilityIndex) -> [FreeStart?] {
    var gathering = FirstFreeGathering(anything, in: span(query.from, query.until), at: moment)
    for place in 0..<Int(query.count) {
      let isFound = index.gather(id(query.therapists[place]), of: partner, into: &gathering)
      precondition(isFound, "a therapist is missing")
    }
    return gathering.starts(occupancy: index)
  }

  /// Q6: local times in the first week.
  func weeklyTimes(
    _ query: limits_weekly, in index: AvailabilityIndex, into found: inout TherapistStarts
  ) -> [LocalMinute] {
    let zone = index.profile(of: id(query.therapist))!.zone
    var free: [LocalMinute] = []
    for week in 0..<query.weeks {
      let sinceFirst = week * 7 * 1_440
      let monday = query.first_day * 1_440 + sinceFirst
      let opens = zone.edge(LocalMinute(sinceEpoch: monday))
      let closes = zone.edge(LocalMinute(sinceEpoch: monday + 7 * 1_440))
      _ = index.gather(
        id(query.therapist), of: partner, wanted(opens.sinceEpoch, closes.sinceEpoch),
        into: &found)
      let times = found.starts.withStarts { starts in
        starts.map { LocalMinute(sinceEpoch: zone.local($0).sinceEpoch - sinceFirst) }
      }
      free = week == 0 ? times : free.filter(times.contains)
      if free.isEmpty { break }
    }
    return free
  }

  /// All starts in a range.
  private func wanted(_ from: Int32, _ until: Int32) -> SlotQuery {
    SlotQuery(
      range: span(from, until), filter: anything, limit: limits_starts_max, after: nil,
      moment: moment)
  }

  private func isTaken(_ session: Span, by busy: BusyTimes) -> Bool {
    busy.sessions.overlapsAny(session) || busy.guards.overlapsAny(session)
      || busy.held.contains { $0.holds(at: moment.now) && $0.occupation.span.overlaps(session) }
  }

  private func id(_ therapist: UInt32) -> TherapistID {
    TherapistID(rawValue: PopulationW.rawID(Int(therapist)))
  }

  private func span(_ from: Int32, _ until: Int32) -> Span {
    Span(from: Minute(sinceEpoch: from), to: Minute(sinceEpoch: until))!
  }
}
