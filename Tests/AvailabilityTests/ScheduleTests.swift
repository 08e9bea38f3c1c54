import Availability
import Intervals
import Testing

@Suite struct ScheduleTests {
  private let hourly = offer(minutes: 60, grid: Grid(stepMinutes: 60, fullHoursOnly: false)!)

  @Test("slots are what the hours allow, less what is taken and what has passed")  // S-1
  func slots() {
    let entry = therapist(
      windows: [window(.monday, "09:00", "11:00"), window(.monday, "14:00", "16:00")],
      offers: [hourly], busy: [(1, span("2026-11-30T08:30Z", "2026-11-30T09:00Z"))])
    let starts = entry.starts("2026-11-23T00:00Z", "2026-12-06T00:00Z", now: "2026-11-23T09:01Z")
    #expect(
      starts.map(rome.text) == [
        "2026-11-23T14:00", "2026-11-23T15:00",
        "2026-11-30T10:00", "2026-11-30T14:00", "2026-11-30T15:00",
      ])
  }

  @Test("a range holds its first minute and not its last, and cuts no session short")  // S-1
  func range() {
    let entry = therapist(offers: [hourly])
    let starts = entry.starts("2026-11-24T09:00Z", "2026-11-24T11:00Z", now: "2026-11-23T00:00Z")
    #expect(starts.map(rome.text) == ["2026-11-24T10:00", "2026-11-24T11:00"])
    let minute = entry.starts("2026-11-24T11:00Z", "2026-11-24T11:01Z", now: "2026-11-23T00:00Z")
    #expect(minute.map(rome.text) == ["2026-11-24T12:00"])
  }

  @Test("a limit gives the first so many")  // S-1
  func limit() {
    let entry = therapist()
    let all = entry.starts("2026-11-24T00:00Z", "2026-12-24T00:00Z", now: "2026-11-23T00:00Z")
    for limit in [0, 1, 2, 7, 50] {
      let some = entry.starts(
        "2026-11-24T00:00Z", "2026-12-24T00:00Z", now: "2026-11-23T00:00Z", limit: limit)
      #expect(some == Array(all.prefix(limit)))
    }
  }

  @Test("a window belongs to the day it opens on, and hours across midnight are whole")  // S-8
  func acrossMidnight() {
    let entry = therapist(windows: [window(.sunday, "22:00", "26:00")], offers: [hourly])
    let starts = entry.starts("2026-11-22T00:00Z", "2026-11-29T00:00Z", now: "2026-11-20T00:00Z")
    #expect(
      starts.map(rome.text) == [
        "2026-11-22T22:00", "2026-11-22T23:00", "2026-11-23T00:00", "2026-11-23T01:00",
      ])
    // Asked about from after midnight, the window of the day before is still open.
    let monday = entry.starts("2026-11-23T00:00Z", "2026-11-24T00:00Z", now: "2026-11-20T00:00Z")
    #expect(monday.map(rome.text) == ["2026-11-23T01:00"])
  }

  @Test("windows of one location that overlap or touch, in any order, are one opening")  // S-8
  func merging() {
    let pieces = [
      window(.monday, "11:00", "12:00"), window(.monday, "09:00", "10:30"),
      window(.monday, "10:00", "11:00"), window(.monday, "09:30", "09:45"),
    ]
    let whole = [window(.monday, "09:00", "12:00")]
    let long = offer(minutes: 120)
    let starts = [pieces, whole].map {
      therapist(windows: $0, offers: [long])
        .starts("2026-11-22T00:00Z", "2026-11-29T00:00Z", now: "2026-11-20T00:00Z")
    }
    #expect(starts[0] == starts[1])
    #expect(
      starts[0].map(rome.text) == [
        "2026-11-23T09:00", "2026-11-23T09:30", "2026-11-23T10:00",
      ])
    // Sunday's last window touches Monday's first.
    let week = therapist(
      windows: [window(.sunday, "23:00", "24:00"), window(.monday, "00:00", "01:00")],
      offers: [long])
    let night = week.starts("2026-11-22T00:00Z", "2026-11-29T00:00Z", now: "2026-11-20T00:00Z")
    #expect(night.map(rome.text) == ["2026-11-22T23:00"])
  }

  @Test("windows that leave a minute between them hold no session across it")  // S-8
  func gapBetweenWindows() {
    let entry = therapist(
      windows: [window(.monday, "09:00", "10:00"), window(.monday, "10:01", "11:00")],
      offers: [hourly])
    let starts = entry.starts("2026-11-22T00:00Z", "2026-11-29T00:00Z", now: "2026-11-20T00:00Z")
    #expect(starts.map(rome.text) == ["2026-11-23T09:00"])
  }

  @Test("a weekly 10:00 stays 10:00 across both changes of the clock")  // S-9
  func localTimeIsKept() {
    let entry = therapist(windows: [window(.sunday, "10:00", "11:00")], offers: [hourly])
    let autumn = entry.starts("2026-10-17T00:00Z", "2026-11-02T00:00Z", now: "2026-10-01T00:00Z")
    #expect(
      autumn == [utc("2026-10-18T08:00Z"), utc("2026-10-25T09:00Z"), utc("2026-11-01T09:00Z")])
    let spring = entry.starts("2027-03-20T00:00Z", "2027-04-05T00:00Z", now: "2027-03-01T00:00Z")
    #expect(
      spring == [utc("2027-03-21T09:00Z"), utc("2027-03-28T08:00Z"), utc("2027-04-04T08:00Z")])
  }

  @Test("what spring skips is not offered; a session across it keeps its minutes")  // S-9
  func spring() {
    let night = therapist(windows: [window(.sunday, "01:00", "05:00")])
    let starts = night.starts("2027-03-27T12:00Z", "2027-03-28T12:00Z", now: "2027-03-01T00:00Z")
    #expect(
      starts.map(rome.text) == [
        "2027-03-28T01:00", "2027-03-28T01:30", "2027-03-28T03:00", "2027-03-28T03:30",
        "2027-03-28T04:00",
      ])
    // 01:30 and 50 minutes are 03:20 on the wall.
    #expect(rome.text(starts[1].advanced(byMinutes: 50)) == "2027-03-28T03:20")
  }

  @Test("what autumn repeats is offered once, at its first occurrence")  // S-9
  func autumn() {
    let night = therapist(windows: [window(.sunday, "01:00", "04:00")])
    let starts = night.starts("2026-10-24T12:00Z", "2026-10-25T12:00Z", now: "2026-10-01T00:00Z")
    #expect(
      starts == [
        utc("2026-10-24T23:00Z"), utc("2026-10-24T23:30Z"),
        utc("2026-10-25T00:00Z"), utc("2026-10-25T00:30Z"),
        utc("2026-10-25T02:00Z"),
      ])
  }

  @Test("a window's edge in a gap is the gap's end, in a repeated hour its first pass")  // S-9
  func edges() {
    let quarter = offer(minutes: 15, grid: Grid(stepMinutes: 15, fullHoursOnly: false)!)
    func starts(_ opens: String, _ closes: String, _ from: String, _ until: String) -> [String] {
      therapist(windows: [window(.sunday, opens, closes)], offers: [quarter])
        .starts(from, until, now: "2026-10-01T00:00Z").map(rome.text)
    }
    let spring = ("2027-03-27T12:00Z", "2027-03-28T12:00Z")
    #expect(
      starts("02:15", "03:30", spring.0, spring.1) == ["2027-03-28T03:00", "2027-03-28T03:15"])
    #expect(
      starts("01:30", "02:45", spring.0, spring.1) == ["2027-03-28T01:30", "2027-03-28T01:45"])
    #expect(starts("02:00", "03:00", spring.0, spring.1).isEmpty)
    let autumn = ("2026-10-24T12:00Z", "2026-10-25T12:00Z")
    #expect(
      starts("01:45", "02:30", autumn.0, autumn.1) == [
        "2026-10-25T01:45", "2026-10-25T02:00", "2026-10-25T02:15",
      ])
    #expect(
      starts("02:30", "03:15", autumn.0, autumn.1) == [
        "2026-10-25T02:30", "2026-10-25T02:45", "2026-10-25T03:00",
      ])
  }

  @Test("where clocks change at midnight, the day begins at one, or ends with 23:00 twice")  // S-9
  func midnightChanges() {
    let entry = therapist(
      zone: saoPaulo, windows: [window(.saturday, "22:00", "26:00")], offers: [hourly])
    let spring = entry.starts("2018-11-03T12:00Z", "2018-11-05T00:00Z", now: "2018-11-01T00:00Z")
    #expect(
      spring.map(saoPaulo.text) == ["2018-11-03T22:00", "2018-11-03T23:00", "2018-11-04T01:00"])
    let autumn = entry.starts("2018-02-17T12:00Z", "2018-02-19T00:00Z", now: "2018-02-01T00:00Z")
    #expect(
      autumn == [
        utc("2018-02-18T00:00Z"), utc("2018-02-18T01:00Z"), utc("2018-02-18T03:00Z"),
        utc("2018-02-18T04:00Z"),
      ])
    let plain = entry.starts("2020-02-15T12:00Z", "2020-02-17T00:00Z", now: "2020-02-01T00:00Z")
    #expect(plain.first == utc("2020-02-16T01:00Z"))
  }

  @Test("half an hour is skipped and repeated on Lord Howe")  // S-9
  func halfAnHour() {
    let half = offer(minutes: 30)
    let entry = therapist(
      zone: lordHowe, windows: [window(.sunday, "01:00", "03:00")], offers: [half])
    let spring = entry.starts("2026-10-03T12:00Z", "2026-10-04T12:00Z", now: "2026-10-01T00:00Z")
    #expect(
      spring.map(lordHowe.text) == ["2026-10-04T01:00", "2026-10-04T01:30", "2026-10-04T02:30"])
    let autumn = entry.starts("2027-04-03T12:00Z", "2027-04-04T12:00Z", now: "2027-04-01T00:00Z")
    #expect(
      autumn == [
        utc("2027-04-03T14:00Z"), utc("2027-04-03T14:30Z"), utc("2027-04-03T15:30Z"),
        utc("2027-04-03T16:00Z"),
      ])
  }

  @Test("a day that did not take place has no slots, and its neighbours all of theirs")  // S-9
  func missingDay() {
    let entry = therapist(
      zone: apia, windows: everyDay("10:00", "11:00") + everyDay("23:00", "25:00"),
      offers: [hourly])
    let starts = entry.starts("2011-12-29T00:00Z", "2012-01-01T00:00Z", now: "2011-12-01T00:00Z")
    // The missing day's late window opens in the gap and closes after it: at its end, midnight.
    #expect(
      starts.map(apia.text) == [
        "2011-12-28T23:00", "2011-12-29T00:00", "2011-12-29T10:00", "2011-12-29T23:00",
        "2011-12-31T00:00", "2011-12-31T10:00", "2011-12-31T23:00", "2012-01-01T00:00",
        "2012-01-01T10:00",
      ])
  }

  @Test("a therapist who is always open has one opening without end")  // S-8
  func alwaysOpen() {
    let entry = therapist(windows: everyDay("00:00", "24:00"), offers: [offer(minutes: 720)])
    let starts = entry.starts("2026-11-23T23:00Z", "2026-11-25T23:00Z", now: "2026-11-23T00:00Z")
    #expect(starts.count == 96)
  }

  @Test("no hours at a place, no slots there")  // S-1
  func noHours() {
    let evaluator = Evaluator(
      therapist: therapist(windows: []), moment: moment("2026-11-23T00:00Z"), occupancy: Booked())
    let range = span("2026-11-23T00:00Z", "2027-11-23T00:00Z")
    #expect(evaluator.starts(of: offer(), at: place(), in: range).isEmpty)
  }

  @Test("a window is refused outside its limits")  // S-8
  func malformedWindows() {
    func window(_ opens: Int32, _ closes: Int32) -> WeeklyWindow? {
      WeeklyWindow(weekday: .monday, opensMinute: opens, closesMinute: closes, location: office)
    }
    #expect(window(0, 1) != nil)
    #expect(window(1_439, 2_879) != nil)
    #expect(window(0, 1_440) != nil)
    #expect(window(-1, 10) == nil)
    #expect(window(1_440, 1_500) == nil)
    #expect(window(600, 600) == nil)
    #expect(window(600, 599) == nil)
    #expect(window(600, 2_041) == nil)
  }
}
