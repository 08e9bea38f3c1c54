import Availability
import Intervals
import Testing

@Suite struct RecurrenceTests {
  private func expand(
    _ rule: String, from start: String, in zone: Zone = rome, excluding excluded: [String] = []
  ) throws -> Recurrence {
    try Recurrence(
      RecurrenceRule(rule), from: wall(start), in: zone, excluding: Set(excluded.map(wall)))
  }

  /// As clocks show them.
  private func starts(
    _ rule: String, from start: String, in zone: Zone = rome, excluding excluded: [String] = []
  ) throws -> [String] {
    try expand(rule, from: start, in: zone, excluding: excluded).occurrences.map {
      #expect(zone.resolve($0.localStart).isFirst($0.start))
      return zone.text($0.start)
    }
  }

  private func dates(_ rule: String, from start: String) throws -> [String] {
    try starts(rule, from: start + "T10:00").map {
      #expect($0.hasSuffix("T10:00"))
      return String($0.prefix(10))
    }
  }

  private func refusal(_ rule: String, from start: String) throws -> Recurrence.Refusal? {
    let rule = try RecurrenceRule(rule)
    do {
      _ = try Recurrence(rule, from: wall(start), in: rome)
      return nil
    } catch {
      return error
    }
  }

  @Test("every so many days, weeks or months, the start being the first")  // B-8
  func intervals() throws {
    #expect(
      try dates("FREQ=DAILY;COUNT=3", from: "2026-12-31") == [
        "2026-12-31", "2027-01-01", "2027-01-02",
      ])
    #expect(
      try dates("FREQ=DAILY;INTERVAL=10;COUNT=3", from: "2026-12-31") == [
        "2026-12-31", "2027-01-10", "2027-01-20",
      ])
    #expect(
      try dates("FREQ=WEEKLY;INTERVAL=2;COUNT=3", from: "2026-11-25") == [
        "2026-11-25", "2026-12-09", "2026-12-23",
      ])
    #expect(
      try dates("FREQ=MONTHLY;INTERVAL=5;COUNT=3", from: "2026-11-25") == [
        "2026-11-25", "2027-04-25", "2027-09-25",
      ])
    #expect(try dates("FREQ=MONTHLY;COUNT=1", from: "2026-11-25") == ["2026-11-25"])
  }

  @Test("by weekday; weeks begin on Monday, also where every other one is left out")  // B-8
  func weekdays() throws {
    // From a Thursday: the Monday of its week has passed.
    #expect(
      try dates("FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=MO,TH,SU", from: "2026-11-26") == [
        "2026-11-26", "2026-11-29", "2026-12-07", "2026-12-10", "2026-12-13",
      ])
    #expect(
      try dates("FREQ=DAILY;COUNT=4;BYDAY=MO,TU,WE,TH,FR", from: "2026-11-26") == [
        "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01",
      ])
    #expect(
      try dates("FREQ=DAILY;INTERVAL=2;COUNT=3;BYDAY=TH", from: "2026-11-26") == [
        "2026-11-26", "2026-12-10", "2026-12-24",
      ])
  }

  @Test("a month has first, last and fifth weekdays, or all of them")  // B-8
  func ordinals() throws {
    #expect(
      try dates("FREQ=MONTHLY;COUNT=4;BYDAY=1MO,-1FR", from: "2026-11-27") == [
        "2026-11-27", "2026-12-07", "2026-12-25", "2027-01-04",
      ])
    #expect(
      try dates("FREQ=MONTHLY;COUNT=4;BYDAY=5MO", from: "2026-11-30") == [
        "2026-11-30", "2027-03-29", "2027-05-31", "2027-08-30",
      ])
    #expect(
      try dates("FREQ=MONTHLY;COUNT=3;BYDAY=-5WE", from: "2026-12-02") == [
        "2026-12-02", "2027-03-03", "2027-06-02",
      ])
    #expect(
      try dates("FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=MO", from: "2026-11-16") == [
        "2026-11-16", "2026-11-23", "2026-11-30", "2027-01-04", "2027-01-11",
      ])
    // One day by two names counts once.
    #expect(
      try dates("FREQ=MONTHLY;COUNT=2;BYDAY=4MO,-1MO", from: "2027-02-22") == [
        "2027-02-22", "2027-03-22",
      ])
  }

  @Test("a month without the start's day is skipped and not counted")  // B-8
  func monthEnds() throws {
    #expect(
      try dates("FREQ=MONTHLY;COUNT=4", from: "2027-01-31") == [
        "2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31",
      ])
    #expect(
      try dates("FREQ=MONTHLY;COUNT=3", from: "2027-01-29") == [
        "2027-01-29", "2027-03-29", "2027-04-29",
      ])
    #expect(
      try dates("FREQ=MONTHLY;INTERVAL=12;COUNT=2", from: "2028-02-29") == [
        "2028-02-29", "2032-02-29",
      ])
  }

  @Test("ten o'clock stays ten o'clock when clocks change")  // S-9
  func localTime() throws {
    let found = try expand("FREQ=WEEKLY;COUNT=3", from: "2027-03-21T10:00").occurrences
    #expect(
      found.map(\.start) == [
        utc("2027-03-21T09:00Z"), utc("2027-03-28T08:00Z"), utc("2027-04-04T08:00Z"),
      ])
    #expect(found.map(\.localStart).map(\.minuteOfDay) == [600, 600, 600])
  }

  @Test("a time that spring skips is reported and not counted; the recurrence is no shorter")
  func spring() throws {  // S-9
    let found = try expand("FREQ=WEEKLY;COUNT=3", from: "2027-03-21T02:30")
    #expect(
      found.occurrences.map(\.start).map(rome.text) == [
        "2027-03-21T02:30", "2027-04-04T02:30", "2027-04-11T02:30",
      ])
    #expect(found.occurrences.map(\.position) == [0, 1, 2])
    #expect(found.gaps == [wall("2027-03-28T02:30")])
    // What comes after the last one does not matter.
    #expect(try expand("FREQ=DAILY;COUNT=2", from: "2027-03-26T02:30").gaps.isEmpty)
    let until = try expand("FREQ=DAILY;UNTIL=20270328", from: "2027-03-26T02:30")
    #expect(until.occurrences.count == 2)
    #expect(until.gaps == [wall("2027-03-28T02:30")])
    // At its very edges nothing is skipped.
    for minutes in ["01:59", "03:00"] {
      #expect(try expand("FREQ=DAILY;COUNT=5", from: "2027-03-26T\(minutes)").gaps.isEmpty)
    }
  }

  @Test("a start in a gap is a gap like others")  // S-9
  func startInGap() throws {
    let found = try expand("FREQ=DAILY;COUNT=2", from: "2027-03-28T02:30")
    #expect(
      found.occurrences.map(\.localStart) == [wall("2027-03-29T02:30"), wall("2027-03-30T02:30")])
    #expect(found.gaps == [wall("2027-03-28T02:30")])
    let only = try expand("FREQ=DAILY;UNTIL=20270328", from: "2027-03-28T02:30")
    #expect(only.occurrences.isEmpty && only.gaps.count == 1)
  }

  @Test("a time that autumn repeats means its first occurrence")  // S-9
  func autumn() throws {
    let found = try expand("FREQ=DAILY;COUNT=3", from: "2026-10-24T02:30").occurrences
    #expect(
      found.map(\.start) == [
        utc("2026-10-24T00:30Z"), utc("2026-10-25T00:30Z"), utc("2026-10-26T01:30Z"),
      ])
  }

  @Test("a day that did not take place is a gap at every time of it")  // S-9
  func missingDay() throws {
    for time in ["00:00", "12:00", "23:59"] {
      let found = try expand("FREQ=DAILY;COUNT=3", from: "2011-12-28T\(time)", in: apia)
      #expect(
        found.occurrences.map(\.localStart) == [
          wall("2011-12-28T\(time)"), wall("2011-12-29T\(time)"), wall("2011-12-31T\(time)"),
        ])
      #expect(found.gaps == [wall("2011-12-30T\(time)")])
    }
  }

  @Test("an occurrence that is taken out counts, and so does its place")  // B-8, B-9
  func excluded() throws {
    let found = try expand(
      "FREQ=DAILY;COUNT=4", from: "2026-11-24T10:00",
      excluding: ["2026-11-24T10:00", "2026-11-26T10:00", "2026-11-26T10:01", "2026-11-30T10:00"])
    #expect(
      found.occurrences.map(\.localStart) == [wall("2026-11-25T10:00"), wall("2026-11-27T10:00")])
    #expect(found.occurrences.map(\.position) == [1, 3])
    let none = try expand(
      "FREQ=DAILY;COUNT=1", from: "2026-11-24T10:00", excluding: ["2026-11-24T10:00"])
    #expect(none.occurrences.isEmpty)
    // Nobody misses what was taken out.
    let gap = try expand(
      "FREQ=DAILY;COUNT=2", from: "2027-03-27T02:30", excluding: ["2027-03-28T02:30"])
    #expect(gap.gaps.isEmpty && gap.occurrences.count == 2)
  }

  @Test("UNTIL includes its day, whole, or its instant, and not a second more")  // B-8
  func until() throws {
    func count(_ until: String) throws -> Int {
      try starts("FREQ=DAILY;UNTIL=\(until)", from: "2026-11-24T10:00").count
    }
    #expect(try count("20261124") == 1)
    #expect(try count("20261126") == 3)
    #expect(try count("20261126T090000Z") == 3)
    #expect(try count("20261126T085959Z") == 2)
    #expect(try count("20261126T100000Z") == 3)
    // The day is one of the zone's: in UTC it is the next.
    let late = try starts("FREQ=DAILY;UNTIL=20180217", from: "2018-02-16T23:30", in: saoPaulo)
    #expect(late.count == 2)
  }

  @Test("a start that the rule does not name is refused, and an end before it")  // B-8
  func refusedStarts() throws {
    #expect(
      try refusal("FREQ=WEEKLY;COUNT=3;BYDAY=MO", from: "2026-11-24T10:00") == .startNotNamed)
    #expect(try refusal("FREQ=DAILY;COUNT=3;BYDAY=MO", from: "2026-11-24T10:00") == .startNotNamed)
    #expect(
      try refusal("FREQ=MONTHLY;COUNT=3;BYDAY=1TU", from: "2026-11-24T10:00") == .startNotNamed)
    #expect(try refusal("FREQ=MONTHLY;COUNT=3;BYDAY=4TU", from: "2026-11-24T10:00") == nil)
    #expect(try refusal("FREQ=DAILY;UNTIL=20261123", from: "2026-11-24T10:00") == .endsBeforeStart)
    #expect(
      try refusal("FREQ=DAILY;UNTIL=20261124T085959Z", from: "2026-11-24T10:00") == .endsBeforeStart
    )
    #expect(Set(Recurrence.Refusal.allCases.map(\.description)).count == 5)
    #expect(
      Recurrence.Refusal.startNotNamed.description == "start: expected a day that the rule names")
  }

  @Test("UNTIL allows 400 occurrences, and no rule goes on for more than ten years")  // B-8
  func limits() throws {
    #expect(try dates("FREQ=DAILY;UNTIL=20280204", from: "2027-01-01").count == 400)
    #expect(try refusal("FREQ=DAILY;UNTIL=20280205", from: "2027-01-01T10:00") == .tooMany)
    #expect(try refusal("FREQ=DAILY;UNTIL=99991231", from: "2027-01-01T10:00") == .tooMany)
    #expect(try dates("FREQ=DAILY;COUNT=400", from: "2027-01-01").count == 400)
    let late: Recurrence.Refusal = .endsTooLate
    #expect(try refusal("FREQ=MONTHLY;COUNT=400", from: "2027-01-01T10:00") == late)
    #expect(try refusal("FREQ=MONTHLY;COUNT=121", from: "2027-01-01T10:00") == nil)
    #expect(try refusal("FREQ=MONTHLY;COUNT=122", from: "2027-01-01T10:00") == late)
    #expect(try refusal("FREQ=MONTHLY;UNTIL=20370131", from: "2027-01-01T10:00") == late)
    #expect(try refusal("FREQ=MONTHLY;UNTIL=20370101", from: "2027-01-01T10:00") == nil)
    #expect(
      try refusal("FREQ=MONTHLY;INTERVAL=99;UNTIL=99991231", from: "2027-01-01T10:00") == late)
    // Never again, however long it is looked for: Februaries have no fifth Monday but in leap years.
    #expect(
      try refusal("FREQ=MONTHLY;INTERVAL=12;COUNT=2;BYDAY=5TU", from: "2028-02-29T10:00") == late)
  }

  @Test("starts at the ends of what 32 bits hold are refused")
  func extremes() throws {
    let rule = try RecurrenceRule("FREQ=MONTHLY;COUNT=400;BYDAY=MO,TU,WE,TH,FR,SA,SU")
    for minute in [Int32.min, .max, 1 << 30] {
      #expect(throws: Recurrence.Refusal.startOutOfRange) {
        try Recurrence(rule, from: LocalMinute(sinceEpoch: minute), in: rome)
      }
    }
    let last = LocalMinute(sinceEpoch: 1 << 30 - 1)
    #expect(try Recurrence(rule, from: last, in: rome).occurrences.count == 400)
  }
}

extension Zone.Resolution {
  fileprivate func isFirst(_ minute: Minute) -> Bool {
    switch self {
    case .once(let found), .twice(let found, _): found == minute
    case .gap: false
    }
  }
}
