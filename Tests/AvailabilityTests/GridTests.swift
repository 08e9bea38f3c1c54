import Availability
import Intervals
import Testing

@Suite struct GridTests {
  @Test("only steps that divide the hour are taken")  // S-3
  func steps() {
    let taken = (Int32(-1)...61).filter { Grid(stepMinutes: $0, fullHoursOnly: false) != nil }
    #expect(taken == [5, 6, 10, 12, 15, 20, 30, 60])
    #expect(taken == Grid.allSteps)
    #expect(Grid.standard == Grid(stepMinutes: 30, fullHoursOnly: false))
  }

  @Test("starts lie on multiples of the step from the full hour", arguments: Grid.allSteps)  // S-3
  func multiples(step: Int32) {
    let grid = Grid(stepMinutes: step, fullHoursOnly: false)!
    #expect(grid.effectiveStepMinutes == step)
    for minute in Int32(-180)..<180 {
      let ofHour = (minute + 6_000) % 60
      #expect(grid.allows(LocalMinute(sinceEpoch: minute)) == (ofHour % step == 0))
    }
  }

  @Test("full hours only: 14:00 and 15:00, whatever the step", arguments: Grid.allSteps)  // S-3
  func fullHours(step: Int32) {
    let grid = Grid(stepMinutes: step, fullHoursOnly: true)!
    #expect(grid.effectiveStepMinutes == 60)
    for minute in Int32(0)..<60 {
      #expect(grid.allows(wall("2026-11-23T14:00")))
      #expect(
        grid.allows(LocalMinute(date: day("2026-11-23"), minuteOfDay: 840 + minute))
          == (minute == 0))
    }
  }

  @Test("the grid is of local time: at 5:45 from UTC, full hours are at :15")  // S-3, S-9
  func localTime() {
    let entry = therapist(
      zone: kathmandu, offers: [offer(grid: Grid(stepMinutes: 60, fullHoursOnly: true)!)])
    let starts = entry.starts("2026-11-23T00:00Z", "2026-11-24T00:00Z", now: "2026-11-22T00:00Z")
    #expect(
      starts.map(kathmandu.text) == [
        "2026-11-23T09:00", "2026-11-23T10:00", "2026-11-23T11:00", "2026-11-23T12:00",
      ])
    #expect(starts.first == utc("2026-11-23T03:15Z"))
  }

  @Test("50 minutes on a grid of 30: after a session at 10:00 comes 11:00")  // S-3
  func fiftyOnThirty() {
    let entry = therapist(busy: [(1, span("2026-11-23T09:00Z", "2026-11-23T09:50Z"))])
    let starts = entry.starts("2026-11-22T23:00Z", "2026-11-23T23:00Z", now: "2026-11-22T00:00Z")
    #expect(
      starts.map(rome.text) == [
        "2026-11-23T09:00", "2026-11-23T11:00", "2026-11-23T11:30", "2026-11-23T12:00",
      ])
    for one in starts {
      let session = Span(from: one, lastingMinutes: 50)!
      #expect(!session.overlaps(span("2026-11-23T09:00Z", "2026-11-23T09:50Z")))
    }
  }
}

extension TherapistEntry {
  /// The starts of the first offer at the first place, with nothing else booked.
  func starts(
    _ from: String, _ until: String, now: String, role: Role = .staff,
    occupancy: Booked = Booked(), limit: Int = .max
  ) -> [Minute] {
    Evaluator(therapist: self, moment: moment(now, role), occupancy: occupancy)
      .starts(of: offers[0], at: places[0], in: span(from, until), limit: limit)
  }
}
