import Availability
import Intervals
import Testing

@Suite struct CapTests {
  private let hourly = offer(minutes: 60, grid: Grid(stepMinutes: 60, fullHoursOnly: false)!)

  private func entry(
    daily: Int? = nil, weekly: Int? = nil, windows: [WeeklyWindow] = everyDay("09:00", "12:00"),
    busy: [String], held: [HeldTime] = []
  ) -> TherapistEntry {
    let sessions = busy.enumerated().map { number, start in
      (UInt128(number), Span(from: utc(start), lastingMinutes: 50)!)
    }
    return therapist(
      windows: windows, offers: [hourly], caps: SessionCaps(daily: daily, weekly: weekly),
      busy: sessions, held: held)
  }

  private func discrepancies(
    _ start: String, _ entry: TherapistEntry, now: String = "2026-11-01T00:00Z",
    hold: HoldID? = nil
  ) -> [Discrepancy] {
    let wish = Wish(
      offer: hourly, place: place(), room: nil, start: utc(start), client: nil, hold: hold)
    return Evaluator(therapist: entry, moment: moment(now), occupancy: Booked())
      .assess(wish).discrepancies
  }

  private func starts(_ entry: TherapistEntry, _ from: String, _ until: String) -> [String] {
    entry.starts(from, until, now: "2026-11-01T00:00Z").map(rome.text)
  }

  @Test("the cap's last session is taken, the next is over it, with cap and count")  // S-4 kind 10
  func daily() {
    let one = entry(daily: 2, busy: ["2026-11-24T08:00Z"])
    #expect(discrepancies("2026-11-24T09:00Z", one).isEmpty)
    let two = entry(daily: 2, busy: ["2026-11-24T08:00Z", "2026-11-24T10:00Z"])
    let reached = ReachedCap(firstDay: day("2026-11-24"), cap: 2, count: 2)
    #expect(discrepancies("2026-11-24T09:00Z", two) == [.overCap(day: reached, week: nil)])
    #expect(
      starts(two, "2026-11-23T23:00Z", "2026-11-25T09:00Z")
        == ["2026-11-25T09:00"])
  }

  @Test("weeks begin on Monday, and may be full when no day is")  // S-4 kind 10, S-8
  func weekly() {
    let entry = entry(
      daily: 5, weekly: 3,
      busy: ["2026-11-22T08:00Z", "2026-11-23T08:00Z", "2026-11-25T08:00Z", "2026-11-29T08:00Z"])
    let reached = ReachedCap(firstDay: day("2026-11-23"), cap: 3, count: 3)
    #expect(
      discrepancies("2026-11-27T08:00Z", entry) == [.overCap(day: nil, week: reached)])
    // Sunday is of the week before, the next Monday of the week after.
    #expect(
      starts(entry, "2026-11-22T09:00Z", "2026-11-30T09:00Z")
        == ["2026-11-22T10:00", "2026-11-22T11:00", "2026-11-30T09:00"])
  }

  @Test("day and week are named together where both are full")  // S-4 kind 10
  func both() {
    let entry = entry(daily: 1, weekly: 1, busy: ["2026-11-24T08:00Z", "2026-11-25T08:00Z"])
    #expect(
      discrepancies("2026-11-24T09:00Z", entry) == [
        .overCap(
          day: ReachedCap(firstDay: day("2026-11-24"), cap: 1, count: 1),
          week: ReachedCap(firstDay: day("2026-11-23"), cap: 1, count: 2))
      ])
  }

  @Test("a session counts on the local day on which it starts, however long it lasts")  // S-4
  func localDay() {  // S-4 kind 10
    // 00:30 and 23:30 on Tuesday in Rome.
    let entry = entry(
      daily: 2, windows: everyDay("00:00", "24:00"),
      busy: ["2026-11-23T23:30Z", "2026-11-24T22:30Z"])
    #expect(discrepancies("2026-11-23T22:00Z", entry).isEmpty)
    #expect(discrepancies("2026-11-24T12:00Z", entry).map(\.kind) == [10])
    #expect(discrepancies("2026-11-24T21:00Z", entry).map(\.kind) == [10])
    #expect(discrepancies("2026-11-25T00:00Z", entry).isEmpty)
  }

  @Test("holds count until they lapse, but for the wish's own")  // S-4 kind 10, S-12
  func holds() {
    let hold = held(
      7, span("2026-11-24T10:00Z", "2026-11-24T10:50Z"), until: utc("2026-11-01T00:10Z").instant)
    let entry = entry(daily: 1, busy: [], held: [hold])
    #expect(discrepancies("2026-11-24T08:00Z", entry).map(\.kind) == [10])
    #expect(discrepancies("2026-11-24T08:00Z", entry, hold: HoldID(rawValue: 7)).isEmpty)
    #expect(discrepancies("2026-11-24T08:00Z", entry, now: "2026-11-01T00:10Z").isEmpty)
    #expect(starts(entry, "2026-11-24T00:00Z", "2026-11-25T00:00Z").isEmpty)
  }

  @Test("where 23:00 comes twice its second pass counts for the same day")  // S-9
  func repeatedHour() {
    // Saturday, 2018-02-17, ends at 02:00 UTC, goes back to 23:00, and ends at 03:00 for good.
    let entry = therapist(
      zone: saoPaulo, windows: everyDay("00:00", "24:00"), offers: [hourly],
      caps: SessionCaps(daily: 1, weekly: nil),
      busy: [(1, span("2018-02-18T02:30Z", "2018-02-18T02:50Z"))])
    let starts = entry.starts("2018-02-17T20:00Z", "2018-02-18T04:00Z", now: "2018-02-01T00:00Z")
    #expect(starts.map(saoPaulo.text) == ["2018-02-18T00:00"])
  }
}
