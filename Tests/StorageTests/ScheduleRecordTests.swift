internal import Availability
internal import Booking
internal import Storage
internal import Testing

/// Schedules are read back as they were written (S-8).
struct ScheduleRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  /// Writes, and reads back.
  private func kept(_ schedule: Schedule) throws -> Schedule? {
    try store.apply([.schedulePut(schedule)])
    return try store.read { try $0.schedule(of: schedule.therapist) }
  }

  @Test("windows in their order, across midnight too")  // S-8
  func windows() throws {
    #expect(try store.read { try $0.schedule(of: anna) } == nil)
    let windows = try [
      (Weekday.sunday, Int32(1_320), Int32(1_500)), (.monday, 0, 1_440), (.monday, 1_439, 2_879),
    ].map {
      try #require(
        WeeklyWindow(weekday: $0.0, opensMinute: $0.1, closesMinute: $0.2, location: office))
    }
    for (version, listed) in [(Int64(1), windows), (2, windows.reversed()), (3, [])] {
      let schedule = Schedule(therapist: anna, windows: listed, version: version)
      #expect(try kept(schedule) == schedule)
    }
  }

  @Test("windows that are valid from a day, until a day, both, or always")  // S-8
  func validity() throws {
    let (first, last) = (CivilDate("2026-09-01"), CivilDate("2027-06-30"))
    let windows = try [(nil, nil), (first, nil), (nil, last), (first, last), (first, first)].map {
      try #require(
        WeeklyWindow(
          weekday: .monday, opensMinute: 540, closesMinute: 600, location: office,
          validFrom: $0.0, validUntil: $0.1))
    }
    let schedule = Schedule(therapist: anna, windows: windows, version: 1)
    #expect(try kept(schedule) == schedule)
    #expect(
      try scratch.rows(
        "SELECT valid_from, valid_until FROM schedule_windows ORDER BY position LIMIT 2")
        == [["", ""], ["2026-09-01", ""]])
  }

  private func exception(
    _ number: UInt128, _ first: String, _ last: String, _ effect: ScheduleException.Effect,
    note: String = ""
  ) throws -> ScheduleException {
    let days = (try #require(CivilDate(first)), try #require(CivilDate(last)))
    return try #require(
      ScheduleException(
        id: ScheduleExceptionID(rawValue: number), firstDay: days.0, lastDay: days.1,
        effect: effect, note: note))
  }

  @Test("exceptions of every kind, by first day, then id; what was there before is gone")  // S-8
  func exceptions() throws {
    let all = [
      try exception(
        3, "2026-12-20", "2026-12-20",
        .extraHours(opensMinute: 1_320, closesMinute: 1_560, at: office)),
      try exception(1, "2026-12-24", "2026-12-26", .closed(.wholeDays, at: nil), note: "Ferie €"),
      try exception(2, "2026-12-24", "2027-12-25", .closed(.wholeDays, at: video)),
      try exception(
        4, "2026-12-24", "2026-12-24", .closed(.between(opensMinute: 0, closesMinute: 1), at: nil)),
      try exception(
        0, "2026-12-25", "2026-12-25",
        .closed(.between(opensMinute: 1_439, closesMinute: 2_879), at: office)),
    ]
    let schedule = Schedule(
      therapist: anna, windows: [], exceptions: all, publicHolidays: ["IT", "DE-BY"], version: 1)
    #expect(try kept(schedule) == schedule)
    // Another therapist's may have the same ids.
    let others = Schedule(therapist: bruno, windows: [], exceptions: all, version: 1)
    #expect(try kept(others) == others)
    let fewer = Schedule(
      therapist: anna, windows: [], exceptions: [all[1]], publicHolidays: ["BR"], version: 2)
    #expect(try kept(fewer) == fewer)
    let none = Schedule(therapist: anna, windows: [], version: 3)
    #expect(try kept(none) == none)
    #expect(try store.read { try $0.schedule(of: bruno) } == others)
  }

  @Test("the schema refuses an exception that no version writes")
  func constraints() throws {
    _ = try kept(Schedule(therapist: anna, windows: [], version: 1))
    for wrong in [
      "'OPEN', '2026-12-24', '2026-12-24', 0, 60, NULL",
      "'CLOSED', '2026-12-24', '2026-12-23', 0, 60, NULL",
      "'CLOSED', '2026-12-24', '2026-12-24', 0, NULL, NULL",
      "'CLOSED', '2026-12-24', '2026-12-24', 60, 60, NULL",
      "'EXTRA_HOURS', '2026-12-24', '2026-12-24', 0, 60, NULL",
      "'EXTRA_HOURS', '2026-12-24', '2026-12-24', NULL, NULL, '\(office)'",
    ] {
      #expect(throws: (any Error).self, "\(wrong)") {
        try scratch.tamper(
          "INSERT INTO schedule_exceptions VALUES ('\(anna)', 'exc_x', \(wrong), '')")
      }
    }
  }
}
