import Availability
import Intervals
import Testing

@Suite struct SeriesSearchTests {
  private func query(
    _ rule: String, from: String, until: String, missesMax: Int = 0, limit: Int = 100,
    service: ServiceID = individual, location: LocationID? = nil
  ) throws -> SeriesQuery {
    try #require(
      SeriesQuery(
        RecurrenceRule(rule), service: service, location: location, firstStarts: span(from, until),
        missesMax: missesMax, limit: limit))
  }

  private func times(
    _ query: SeriesQuery, of entry: TherapistEntry, occupancy: Booked = Booked(),
    at moment: Moment = moment("2026-11-20T00:00Z")
  ) -> [SeriesTime] {
    Evaluator(therapist: entry, moment: moment, occupancy: occupancy).seriesTimes(query)
  }

  /// "2026-11-24T09:00 -1" is a first start with one miss.
  private func texts(_ times: [SeriesTime]) -> [String] {
    times.map { "\(rome.text($0.start)) -\($0.missed.count)" }
  }

  /// Tuesdays and Wednesdays, two starts each.
  private let hours = [window(.tuesday, "09:00", "10:30"), window(.wednesday, "15:00", "16:30")]

  @Test("the weekly times that are free ten times are found, and those with a few misses")  // B-8
  func weekly() throws {
    let entry = therapist(
      windows: hours,
      busy: [
        (1, span("2026-12-08T08:00Z", "2026-12-08T08:30Z")),
        (2, span("2026-12-01T08:30Z", "2026-12-01T09:20Z")),
        (3, span("2026-11-25T14:30Z", "2026-11-25T15:20Z")),
      ])
    func found(_ missesMax: Int) throws -> [SeriesTime] {
      times(
        try query(
          "FREQ=WEEKLY;COUNT=10", from: "2026-11-23T00:00Z", until: "2026-11-30T00:00Z",
          missesMax: missesMax), of: entry)
    }
    // A session lasts 50 minutes: what is taken at 09:30 of the first of December also takes 09:00.
    #expect(texts(try found(0)) == [])
    #expect(
      texts(try found(1)) == [
        "2026-11-24T09:30 -1", "2026-11-25T15:00 -1", "2026-11-25T15:30 -1",
      ])
    let all = try found(2)
    #expect(
      texts(all) == [
        "2026-11-24T09:30 -1", "2026-11-25T15:00 -1", "2026-11-25T15:30 -1",
        "2026-11-24T09:00 -2",
      ])
    #expect(all[3].localStart == wall("2026-11-24T09:00"))
    #expect(all[3].freeCount == 8)
    #expect(all[3].gaps.isEmpty)
    #expect(all[3].missed.map(\.start) == [utc("2026-12-01T08:00Z"), utc("2026-12-08T08:00Z")])
    #expect(
      all[3].missed.map(\.localStart) == [wall("2026-12-01T09:00"), wall("2026-12-08T09:00")])
    #expect(all[3].missed.map(\.position) == [1, 2])
    #expect(all[3].group.service == individual && all[3].group.location == office)
    // The first occurrence may be the one that is missed.
    #expect(all[2].missed.map(\.position) == [0])
    #expect(all[2].start == utc("2026-11-25T14:30Z"))
  }

  @Test("a rule of several weekdays wants the same time on all of them")  // B-8
  func weekdays() throws {
    let entry = therapist(
      windows: [window(.tuesday, "09:00", "10:30"), window(.thursday, "09:30", "10:30")])
    let both = try query(
      "FREQ=WEEKLY;COUNT=6;BYDAY=TU,TH", from: "2026-11-23T00:00Z", until: "2026-11-30T00:00Z")
    #expect(texts(times(both, of: entry)) == ["2026-11-24T09:30 -0", "2026-11-26T09:30 -0"])
    // 09:00 is missed on each Thursday.
    let some = try query(
      "FREQ=WEEKLY;COUNT=6;BYDAY=TU,TH", from: "2026-11-23T00:00Z", until: "2026-11-30T00:00Z",
      missesMax: 3)
    #expect(
      texts(times(some, of: entry)) == [
        "2026-11-24T09:30 -0", "2026-11-26T09:30 -0", "2026-11-24T09:00 -3",
        "2026-11-26T09:00 -3",
      ])
  }

  @Test("occurrences beyond the horizon are missed, whatever the hours say")  // S-2, B-8
  func horizon() throws {
    let entry = therapist(windows: hours)
    let five = try query(
      "FREQ=WEEKLY;COUNT=6", from: "2026-11-23T00:00Z", until: "2026-11-25T00:00Z", missesMax: 5)
    #expect(texts(times(five, of: entry)) == ["2026-11-24T09:00 -0", "2026-11-24T09:30 -0"])
    // A client books until 2026-12-20.
    let client = times(five, of: entry, at: moment("2026-11-20T00:00Z", .client))
    #expect(texts(client) == ["2026-11-24T09:00 -2", "2026-11-24T09:30 -2"])
    #expect(client[0].missed.map(\.position) == [4, 5])
    #expect(client[0].missed[0].start == utc("2026-12-22T08:00Z"))
  }

  @Test("what has passed is no first start, and too short a notice is a miss")  // S-4, B-8
  func past() throws {
    let wanted = try query(
      "FREQ=WEEKLY;COUNT=3", from: "2026-11-23T00:00Z", until: "2026-11-26T00:00Z", missesMax: 1)
    let now = moment("2026-11-24T08:15Z")
    #expect(
      texts(times(wanted, of: therapist(windows: hours), at: now)) == [
        "2026-11-24T09:30 -0", "2026-11-25T15:00 -0", "2026-11-25T15:30 -0",
      ])
    let policy = BookingPolicy(horizons: .standard, minimumNoticeMinutes: 1_440)
    let noticed = therapist(windows: hours, offers: [offer(policy: policy)])
    #expect(
      texts(times(wanted, of: noticed, at: now)) == [
        "2026-11-25T15:00 -0", "2026-11-25T15:30 -0", "2026-11-24T09:30 -1",
      ])
  }

  @Test("a time that spring skips is neither free nor missed: the series is one week longer")
  func gap() throws {  // S-9
    let night = therapist(
      windows: [window(.sunday, "01:30", "04:00")], offers: [offer(minutes: 30)])
    let found = times(
      try query("FREQ=WEEKLY;COUNT=4", from: "2027-03-14T00:00Z", until: "2027-03-15T00:00Z"),
      of: night, at: moment("2027-03-01T00:00Z"))
    #expect(found.count == 5)
    for time in found {
      let isSkipped = [wall("2027-03-14T02:00"), wall("2027-03-14T02:30")].contains(time.localStart)
      #expect(time.gaps.count == (isSkipped ? 1 : 0))
      #expect(time.freeCount == 4)
    }
    #expect(found[1].gaps == [wall("2027-03-28T02:00")])
    // A first start does not lie in a gap.
    let onTheDay = times(
      try query("FREQ=WEEKLY;COUNT=2", from: "2027-03-28T00:00Z", until: "2027-03-29T00:00Z"),
      of: night, at: moment("2027-03-01T00:00Z"))
    #expect(
      texts(onTheDay) == ["2027-03-28T01:30 -0", "2027-03-28T03:00 -0", "2027-03-28T03:30 -0"])
  }

  @Test(
    "each location has its own hours and rooms; of equal times the first location's comes first")
  func locations() throws {  // B-8, S-10
    let rooms = place(rooms: [redRoom, blueRoom])
    let entry = therapist(
      windows: [
        window(.tuesday, "09:00", "10:00"), window(.tuesday, "09:00", "10:00", at: practice),
      ],
      offers: [offer(at: [office, practice])], places: [rooms, place(practice)])
    let taken = span("2026-12-01T08:00Z", "2026-12-01T09:00Z")
    let one = Booked(rooms: [redRoom: [(1, taken)]])
    let both = Booked(rooms: [redRoom: [(1, taken)], blueRoom: [(2, taken)]])
    func locations(
      _ occupancy: Booked, missesMax: Int = 1, at location: LocationID? = nil
    ) throws -> [LocationID] {
      times(
        try query(
          "FREQ=WEEKLY;COUNT=3", from: "2026-11-23T00:00Z", until: "2026-11-30T00:00Z",
          missesMax: missesMax, location: location), of: entry, occupancy: occupancy
      ).map(\.group.location)
    }
    #expect(try locations(one) == [office, practice])
    #expect(try locations(both) == [practice, office])
    #expect(try locations(both, missesMax: 0) == [practice])
    #expect(try locations(both, at: office) == [office])
    #expect(try locations(both, at: video) == [])
  }

  @Test("as many times as wanted are given, the best ones")  // B-8
  func limit() throws {
    let entry = therapist(
      windows: hours, busy: [(1, span("2026-11-24T08:00Z", "2026-11-24T08:30Z"))])
    let two = try query(
      "FREQ=WEEKLY;COUNT=3", from: "2026-11-23T00:00Z", until: "2026-12-28T00:00Z", missesMax: 1,
      limit: 2)
    #expect(texts(times(two, of: entry)) == ["2026-11-24T09:30 -0", "2026-11-25T15:00 -0"])
  }

  @Test("an index is asked for a therapist of the partner")  // B-8
  func index() throws {
    var index = AvailabilityIndex(keepingStartsIn: span("2026-11-20T00:00Z", "2027-06-20T00:00Z"))
    let isHired = index.apply(.therapist(therapist(windows: hours).profile))
    let taken = Occupation(
      occupant: .appointment(appointment(1)),
      span: span("2026-12-01T08:00Z", "2026-12-01T08:50Z"), buffers: .none, therapist: anna,
      room: nil, client: carlo)
    let isTaken = index.apply(.occupy(taken))
    #expect(isHired && isTaken)
    let wanted = try query(
      "FREQ=WEEKLY;COUNT=3", from: "2026-11-24T00:00Z", until: "2026-11-25T00:00Z", missesMax: 1)
    let now = moment("2026-11-20T00:00Z")
    let found = try #require(index.seriesTimes(wanted, of: anna, partner, at: now))
    #expect(texts(found) == ["2026-11-24T09:00 -1", "2026-11-24T09:30 -1"])
    let others = PartnerID(rawValue: 2)
    #expect(index.seriesTimes(wanted, of: anna, others, at: now) == nil)
    #expect(index.seriesTimes(wanted, of: TherapistID(rawValue: 9), partner, at: now) == nil)
    let unknown = try query(
      "FREQ=WEEKLY;COUNT=3", from: "2026-11-24T00:00Z", until: "2026-11-25T00:00Z",
      service: ServiceID(rawValue: 9))
    #expect(index.seriesTimes(unknown, of: anna, partner, at: now) == [])
  }

  @Test("a search needs a number of occurrences, more than may be missed, and at most five weeks")
  func malformed() throws {  // B-8
    let week = span("2026-11-23T00:00Z", "2026-11-30T00:00Z")
    func isQuery(
      _ rule: String = "FREQ=WEEKLY;COUNT=3", _ range: Span = week, missesMax: Int = 0,
      limit: Int = 1
    ) throws -> Bool {
      let rule = try RecurrenceRule(rule)
      return SeriesQuery(
        rule, service: individual, firstStarts: range, missesMax: missesMax, limit: limit) != nil
    }
    #expect(try isQuery())
    #expect(try isQuery(missesMax: 2, limit: 1_000))
    #expect(try !isQuery("FREQ=WEEKLY;UNTIL=20270301"))
    #expect(try isQuery("FREQ=WEEKLY;COUNT=104", missesMax: 103))
    #expect(try !isQuery("FREQ=WEEKLY;COUNT=105"))
    #expect(try !isQuery(missesMax: 3))
    #expect(try !isQuery(missesMax: -1))
    #expect(try !isQuery(limit: 0))
    #expect(try !isQuery(limit: 1_001))
    let longest = SeriesQuery.firstStartsMinutesMax
    #expect(try isQuery("FREQ=WEEKLY;COUNT=3", Span(from: week.start, lastingMinutes: longest)!))
    #expect(
      try !isQuery("FREQ=WEEKLY;COUNT=3", Span(from: week.start, lastingMinutes: longest + 1)!))
    #expect(
      try !isQuery(
        "FREQ=WEEKLY;COUNT=3", Span(from: Minute(sinceEpoch: .min), to: Minute(sinceEpoch: .max))!))
  }

  @Test("ranges at the ends of what 32 bits hold, and rules that end too late, find nothing")
  func extremes() throws {
    for minute in [Int32.min, Int32.max - 1] {
      let query = SeriesQuery(
        try RecurrenceRule("FREQ=DAILY;COUNT=104"), service: individual,
        firstStarts: Span(from: Minute(sinceEpoch: minute), lastingMinutes: 1)!, missesMax: 103,
        limit: 1)
      #expect(times(try #require(query), of: therapist()).isEmpty)
    }
    let late = try query(
      "FREQ=MONTHLY;INTERVAL=99;COUNT=3", from: "2026-11-23T00:00Z", until: "2026-11-30T00:00Z",
      missesMax: 2)
    #expect(times(late, of: therapist()).isEmpty)
  }
}
