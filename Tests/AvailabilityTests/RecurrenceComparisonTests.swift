import Availability
import Intervals
import Testing

/// Random recurrences against python-dateutil and recurring-ical-events, written down by
/// `Tests/Conformance/recurrence.py`.
@Suite struct RecurrenceComparisonTests {
  private struct Case {
    let text: String
    let zone: Zone
    let start: LocalMinute
    let rule: RecurrenceRule
    let excluded: Set<LocalMinute>
    let starts: [Minute]
    let gaps: [LocalMinute]

    func expanded() throws -> Recurrence {
      try Recurrence(rule, from: start, in: zone, excluding: excluded)
    }
  }

  private let cases: [Case]

  init() throws {
    var zones: [Substring: Zone] = [:]
    for line in RecurrenceCases.zones.split(separator: "\n") {
      let words = line.split(separator: " ")
      let offset = try #require(Int32(words[1]))
      let transitions = try words.dropFirst(2).map { word in
        let numbers = word.split(separator: ":").compactMap { Int32($0) }
        try #require(numbers.count == 2)
        return Zone.Transition(at: Minute(sinceEpoch: numbers[0]), offsetMinutes: numbers[1])
      }
      zones[words[0]] = Zone(
        name: String(words[0]), initialOffsetMinutes: offset, transitions: transitions)
    }
    cases = try RecurrenceCases.cases.split(separator: "\n").map { line in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.split(separator: " ") }
      try #require(fields.count == 4)
      return Case(
        text: String(line), zone: try #require(zones[fields[0][0]]),
        start: wall(String(fields[0][1])), rule: try RecurrenceRule(String(fields[0][2])),
        excluded: Set(fields[1].map { wall(String($0)) }),
        starts: try fields[2].map { Minute(sinceEpoch: try #require(Int32($0))) },
        gaps: fields[3].map { wall(String($0)) })
    }
  }

  @Test("occurrences and gaps are those that two libraries of another language find")  // B-8, S-9
  func starts() throws {
    #expect(cases.count == 320)
    #expect(cases.count { !$0.gaps.isEmpty } > 20)
    #expect(cases.count { !$0.excluded.isEmpty } > 50)
    for each in cases {
      let found = try each.expanded()
      #expect(found.occurrences.map(\.start) == each.starts, "\(each.text)")
      #expect(found.occurrences.map(\.localStart) == each.starts.map(each.zone.local))
      #expect(found.gaps == each.gaps, "\(each.text)")
    }
  }

  @Test("split at any occurrence, a series is the same in two parts")  // B-9
  func splits() throws {
    var splits = 0
    for each in cases {
      let whole = try each.expanded()
      for (index, occurrence) in whole.occurrences.enumerated() where occurrence.position > 0 {
        let rest = try #require(each.rule.remaining(after: occurrence.position))
        let before = try Recurrence(
          each.rule.ending(before: occurrence.localStart, in: each.zone), from: each.start,
          in: each.zone, excluding: each.excluded)
        let after = try Recurrence(
          rest, from: occurrence.localStart, in: each.zone, excluding: each.excluded)
        #expect(before.occurrences == Array(whole.occurrences[..<index]), "\(each.text)")
        #expect(
          after.occurrences.map(\.start) == whole.occurrences[index...].map(\.start),
          "\(each.text)")
        #expect(before.gaps + after.gaps == whole.gaps)
        #expect(try RecurrenceRule(rest.text) == rest)
        splits += 1
      }
    }
    #expect(splits > 2_000)
  }

  @Test("a rule in text means the same after it was read and written")  // B-8
  func texts() throws {
    for each in cases { #expect(try RecurrenceRule(each.rule.text) == each.rule) }
  }

  @Test("what a series leaves has an end of the same kind")  // B-9
  func ends() throws {
    let counted = try RecurrenceRule("FREQ=WEEKLY;COUNT=10;BYDAY=MO,TH")
    #expect(counted.remaining(after: 0) == counted)
    #expect(counted.remaining(after: 3)?.text == "FREQ=WEEKLY;COUNT=7;BYDAY=MO,TH")
    #expect(counted.remaining(after: 9)?.count == 1)
    #expect(counted.remaining(after: 10) == nil)
    let until = try RecurrenceRule("FREQ=WEEKLY;UNTIL=20270301")
    #expect(until.remaining(after: 100) == until)
    let before = counted.ending(before: wall("2027-04-01T10:00"), in: rome)
    #expect(before.text == "FREQ=WEEKLY;UNTIL=20270331T200000Z;BYDAY=MO,TH")
    #expect(before.count == nil)
  }

  @Test("what was split stays so when a state gives up changing its clocks")  // B-9, S-9
  func newZoneRules() throws {
    let rule = try RecurrenceRule("FREQ=DAILY;COUNT=10")
    let start = wall("2027-03-26T10:00")
    for (zone, offset) in [(rome, 60), (rome, 180), (lordHowe, 660)] as [(Zone, Int32)] {
      let before = rule.ending(before: wall("2027-03-31T10:00"), in: zone)
      let new = Zone(name: zone.name, initialOffsetMinutes: offset, transitions: [])!
      #expect(try Recurrence(before, from: start, in: zone).occurrences.count == 5)
      #expect(try Recurrence(before, from: start, in: new).occurrences.count == 5)
    }
  }
}
