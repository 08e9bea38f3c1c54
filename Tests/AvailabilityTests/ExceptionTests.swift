import Availability
import Intervals
import Testing

@Suite struct ExceptionTests {
  private let hourly = offer(minutes: 60, grid: Grid(stepMinutes: 60, fullHoursOnly: false)!)

  /// The hourly starts of the week from Monday, 2026-11-23, as "Mon 09".
  private func week(
    _ windows: [WeeklyWindow], _ exceptions: [ScheduleException] = [], holidays: [String] = [],
    zone: Zone = rome
  ) -> [String] {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return therapist(
      zone: zone, windows: windows, exceptions: exceptions, holidays: holidays, offers: [hourly]
    ).starts("2026-11-22T23:00Z", "2026-11-29T23:00Z", now: "2026-11-01T00:00Z").map {
      let local = zone.local($0)
      let hour = local.minuteOfDay / 60
      return "\(names[local.date.weekday.rawValue - 1]) \(hour < 10 ? "0" : "")\(hour)"
    }
  }

  @Test("several windows a day, at several locations, each for itself")  // S-8
  func severalWindows() {
    let windows = [
      window(.monday, "09:00", "10:00"), window(.monday, "14:00", "16:00"),
      window(.monday, "10:00", "14:00", at: practice), window(.monday, "20:00", "21:00"),
    ]
    #expect(week(windows) == ["Mon 09", "Mon 14", "Mon 15", "Mon 20"])
  }

  @Test("a window opens from its first valid day to its last, both included")  // S-8
  func validity() {
    let windows = Weekday.allCases.flatMap {
      [
        window($0, "09:00", "10:00", from: "2026-11-25"),
        window($0, "10:00", "11:00", until: "2026-11-24"),
        window($0, "11:00", "12:00", from: "2026-11-27", until: "2026-11-27"),
      ]
    }
    #expect(
      week(windows) == [
        "Mon 10", "Tue 10", "Wed 09", "Thu 09", "Fri 09", "Fri 11", "Sat 09", "Sun 09",
      ])
    // It belongs to the day it opens on: the last night goes on into a day that is not valid.
    #expect(
      week([window(.monday, "22:00", "26:00", until: "2026-11-23")])
        == ["Mon 22", "Mon 23", "Tue 00", "Tue 01"])
    #expect(
      week([window(.monday, "22:00", "26:00", from: "2026-11-24")]).isEmpty)
  }

  @Test("a closed day has none of the windows that open on it; the evening before goes on")  // S-8
  func closedDay() {
    let nights = everyDay("22:00", "25:00")
    #expect(
      week(nights, [closed("2026-11-24", to: "2026-11-26")]) == [
        "Mon 00", "Mon 22", "Mon 23", "Tue 00", "Fri 22", "Fri 23", "Sat 00", "Sat 22", "Sat 23",
        "Sun 00", "Sun 22", "Sun 23",
      ])
  }

  @Test("a public holiday is a closed day at every location")  // S-8
  func holidays() {
    let windows = [
      window(.monday, "09:00", "10:00"), window(.tuesday, "09:00", "10:00"),
      window(.wednesday, "23:00", "25:00"), window(.thursday, "09:00", "10:00"),
    ]
    #expect(
      week(
        windows, holidays: ["2026-12-25", "2026-11-24", "2026-11-26", "2026-11-24", "2026-11-01"])
        == ["Mon 09", "Wed 23", "Thu 00"])
  }

  @Test("a closing of one location leaves the others open")  // S-8
  func closedAtOneLocation() {
    let windows = everyDay("09:00", "10:00") + everyDay("09:00", "10:00", at: practice)
    let exceptions = [
      closed("2026-11-23", to: "2026-11-27"), closed("2026-11-28", at: practice),
      closed("2026-11-29", "09:00", "10:00", at: practice),
    ]
    #expect(week(windows, exceptions) == ["Sat 09", "Sun 09"])
    let profile = therapist(windows: windows, exceptions: exceptions).profile
    let saturday = span("2026-11-28T08:00Z", "2026-11-28T09:00Z")
    #expect(!profile.isOpen(at: practice, during: saturday))
    #expect(profile.isOpenAnywhere(during: saturday))
  }

  @Test("extra hours are open besides the week's, on closed days and holidays too")  // S-8
  func extraHours() {
    let exceptions = [
      closed("2026-11-25"), extra("2026-11-24", to: "2026-11-25", "18:00", "20:00"),
      extra("2026-11-26", "23:00", "25:00"), extra("2026-11-28", "12:00", "13:00", at: practice),
    ]
    #expect(
      week(
        [window(.tuesday, "09:00", "10:00"), window(.wednesday, "09:00", "10:00")], exceptions,
        holidays: ["2026-11-26"])
        == ["Tue 09", "Tue 18", "Tue 19", "Wed 18", "Wed 19", "Thu 23", "Fri 00"])
    // Also at a location that has no weekly hours at all.
    #expect(week([], exceptions).count == 6)
  }

  @Test("extra hours that overlap or touch a window make one opening with it")  // S-8
  func extraHoursJoin() {
    let long = offer(minutes: 240, grid: Grid(stepMinutes: 60, fullHoursOnly: false)!)
    let entry = therapist(
      windows: [window(.monday, "10:00", "12:00")],
      exceptions: [extra("2026-11-23", "08:00", "10:00"), extra("2026-11-23", "11:30", "13:00")],
      offers: [long])
    let starts = entry.starts("2026-11-22T23:00Z", "2026-11-23T23:00Z", now: "2026-11-01T00:00Z")
    #expect(starts.map(rome.text) == ["2026-11-23T08:00", "2026-11-23T09:00"])
  }

  @Test("closed hours are taken away from everything, also from nights and extra hours")  // S-8
  func closedHours() {
    let windows = [window(.monday, "09:00", "13:00"), window(.tuesday, "22:00", "28:00")]
    let exceptions = [
      closed("2026-11-23", "10:00", "11:00"), extra("2026-11-26", "09:00", "12:00"),
      closed("2026-11-26", "09:00", "10:00"),
      // From the day before into the night that opened then, and from the night's own day on.
      closed("2026-11-24", "23:00", "24:30"), closed("2026-11-25", "02:00", "02:01"),
    ]
    #expect(
      week(windows, exceptions) == [
        "Mon 09", "Mon 11", "Mon 12", "Tue 22", "Wed 01", "Wed 03", "Thu 10", "Thu 11",
      ])
  }

  @Test("closed hours may overlap each other, cut an opening in many, and outlast it")  // S-8
  func closedHoursOverlap() {
    let exceptions = [
      closed("2026-11-23", "08:00", "09:00"), closed("2026-11-23", "10:00", "14:00"),
      closed("2026-11-23", "11:00", "12:00"), closed("2026-11-23", "13:00", "15:00"),
      closed("2026-11-23", "16:00", "30:00"),
    ]
    let windows = [window(.monday, "08:00", "18:00"), window(.tuesday, "05:00", "08:00")]
    #expect(week(windows, exceptions) == ["Mon 09", "Mon 15", "Tue 06", "Tue 07"])
  }

  @Test("closed hours keep local time; their edges in a gap or a repeated hour are as a window's")
  func closedHoursAcrossClockChanges() {  // S-8, S-9
    let quarter = offer(minutes: 15, grid: Grid(stepMinutes: 15, fullHoursOnly: false)!)
    func starts(_ exception: ScheduleException, _ from: String, _ until: String) -> [String] {
      therapist(
        windows: [window(.sunday, "01:30", "04:00")], exceptions: [exception], offers: [quarter]
      ).starts(from, until, now: "2026-10-01T00:00Z").map { String(rome.text($0).suffix(5)) }
    }
    let spring = ("2027-03-27T12:00Z", "2027-03-28T12:00Z")
    #expect(
      starts(closed("2027-03-28", "02:15", "03:30"), spring.0, spring.1)
        == ["01:30", "01:45", "03:30", "03:45"])
    #expect(
      starts(closed("2027-03-28", "02:00", "03:00"), spring.0, spring.1)
        == ["01:30", "01:45", "03:00", "03:15", "03:30", "03:45"])
    let autumn = ("2026-10-24T12:00Z", "2026-10-25T12:00Z")
    // From the first 02:30 on: the repeated hour is closed as a whole.
    #expect(
      starts(closed("2026-10-25", "02:30", "03:15"), autumn.0, autumn.1)
        == ["01:30", "01:45", "02:00", "02:15", "03:15", "03:30", "03:45"])
    #expect(
      starts(closed("2026-10-25", "01:30", "02:15"), autumn.0, autumn.1)
        == ["02:15", "02:30", "02:45", "03:00", "03:15", "03:30", "03:45"])
  }

  @Test("outside the hours because of an exception is named like outside any hours")  // S-4, S-8
  func discrepancies() {
    let entry = therapist(
      windows: everyDay("09:00", "13:00") + everyDay("09:00", "13:00", at: practice),
      exceptions: [
        closed("2026-11-24"), closed("2026-11-25", at: office),
        closed("2026-11-26", "09:30", "09:40", at: office),
      ],
      places: [place(), place(practice)])
    let evaluator = Evaluator(
      therapist: entry, moment: moment("2026-11-01T00:00Z"), occupancy: Booked())
    func kinds(_ start: String) -> [Int] {
      let wish = Wish(offer: offer(), place: place(), room: nil, start: utc(start), client: nil)
      return evaluator.assess(wish).discrepancies.map(\.kind)
    }
    #expect(kinds("2026-11-23T08:00Z") == [])
    #expect(kinds("2026-11-24T08:00Z") == [1, 2])
    #expect(kinds("2026-11-25T08:00Z") == [1])
    #expect(kinds("2026-11-26T08:00Z") == [1])
    #expect(kinds("2026-11-26T09:00Z") == [])
  }

  @Test("many exceptions over each other count as each of them would")  // S-8
  func overlappingSpells() {
    let exceptions = [
      closed("2026-11-01", to: "2026-11-23"), closed("2026-11-20", to: "2026-11-24"),
      closed("2026-11-26", to: "2026-11-26"), closed("2026-11-26", to: "2026-11-30"),
      extra("2026-11-24", to: "2026-11-28", "12:00", "13:00"),
      closed("2026-11-27", to: "2026-11-28", "12:00", "12:30"),
    ]
    #expect(
      week(everyDay("09:00", "10:00"), exceptions)
        == ["Tue 12", "Wed 09", "Wed 12", "Thu 12"])
  }

  @Test("an exception is refused outside its limits")  // S-8
  func malformed() {
    func exception(_ first: String, _ last: String, _ effect: ScheduleException.Effect) -> Bool {
      ScheduleException(
        id: ScheduleExceptionID(rawValue: 1), firstDay: day(first), lastDay: day(last),
        effect: effect, note: "") != nil
    }
    func hours(_ opens: Int32, _ closes: Int32) -> ScheduleException.Effect {
      .closed(.between(opensMinute: opens, closesMinute: closes), at: nil)
    }
    let whole = ScheduleException.Effect.closed(.wholeDays, at: nil)
    #expect(exception("2026-11-23", "2026-11-23", whole))
    #expect(exception("2026-11-23", "2027-11-24", whole))
    #expect(!exception("2026-11-23", "2027-11-25", whole))
    #expect(!exception("2026-11-23", "2026-11-22", whole))
    #expect(exception("2026-11-23", "2026-11-23", hours(1_439, 2_879)))
    #expect(!exception("2026-11-23", "2026-11-23", hours(1_440, 1_500)))
    #expect(!exception("2026-11-23", "2026-11-23", hours(-1, 10)))
    #expect(!exception("2026-11-23", "2026-11-23", hours(600, 600)))
    #expect(!exception("2026-11-23", "2026-11-23", hours(600, 2_041)))
    #expect(
      !exception(
        "2026-11-23", "2026-11-23", .extraHours(opensMinute: 5, closesMinute: 5, at: office)))
    #expect(
      WeeklyWindow(
        weekday: .monday, opensMinute: 0, closesMinute: 1, location: office,
        validFrom: day("2026-11-24"), validUntil: day("2026-11-23")) == nil)
  }
}
