import Availability
import Intervals
import Testing

@Suite struct HorizonTests {
  @Test("staff see six months, clients one; a shorter month ends on its last day")  // S-2
  func lastDays() {
    let policy = HorizonPolicy.standard
    #expect(policy.lastDay(for: .therapist, today: day("2026-11-23")) == day("2027-05-23"))
    #expect(policy.lastDay(for: .staff, today: day("2026-08-31")) == day("2027-02-28"))
    #expect(policy.lastDay(for: .client, today: day("2026-11-23")) == day("2026-12-23"))
    #expect(policy.lastDay(for: .client, today: day("2027-01-31")) == day("2027-02-28"))
    let other = HorizonPolicy(staffMonths: 12, clientMonths: 2)
    #expect(other.lastDay(for: .client, today: day("2026-12-31")) == day("2027-02-28"))
    #expect(other.lastDay(for: .staff, today: day("2028-02-29")) == day("2029-02-28"))
  }

  @Test("the last day is included, to its last start; the day after is not")  // S-2
  func lastDayIncluded() {
    let entry = therapist(windows: everyDay("23:00", "25:00"))
    let starts = entry.starts(
      "2027-02-27T00:00Z", "2027-03-05T00:00Z", now: "2027-01-31T09:00Z", role: .client)
    #expect(
      starts.map(rome.text) == [
        "2027-02-27T23:00", "2027-02-27T23:30", "2027-02-28T00:00",
        "2027-02-28T23:00", "2027-02-28T23:30",
      ])
    let evaluator = Evaluator(
      therapist: entry, moment: moment("2027-01-31T09:00Z", .client), occupancy: Booked())
    let assessment = evaluator.assess(
      Wish(
        offer: offer(), place: place(), room: nil, start: utc("2027-02-28T23:00Z"), client: nil))
    #expect(assessment.discrepancies == [.beyondHorizon(lastDay: day("2027-02-28"))])
    #expect(evaluator.lastDay(under: .standard) == day("2027-02-28"))
  }

  @Test("today is what the therapist's wall clock shows, and moves at its midnight")  // S-2
  func today() {
    #expect(moment("2026-11-23T22:59Z").today(in: rome) == day("2026-11-23"))
    #expect(moment("2026-11-23T23:00Z").today(in: rome) == day("2026-11-24"))
    let almost = Moment(
      now: utc("2026-11-23T23:00Z").instant.advanced(byMs: -1), role: .client)
    #expect(almost.today(in: rome) == day("2026-11-23"))
    let evaluator = Evaluator(therapist: therapist(), moment: almost, occupancy: Booked())
    #expect(evaluator.lastDay(under: .standard) == day("2026-12-23"))
    #expect(moment("2026-11-23T18:15Z").today(in: kathmandu) == day("2026-11-24"))
  }

  @Test("a last day that did not take place ends where it would have begun")  // S-2, S-9
  func missingLastDay() {
    let entry = therapist(zone: apia, windows: everyDay("10:00", "11:00"))
    let starts = entry.starts(
      "2011-12-29T00:00Z", "2012-01-05T00:00Z", now: "2011-11-30T20:00Z", role: .client)
    #expect(starts.map(apia.text) == ["2011-12-29T10:00"])
  }

  @Test("the horizon ends at the local midnight, where clocks change at midnight too")  // S-2, S-9
  func clockChangeAtMidnight() {
    let entry = therapist(
      zone: saoPaulo, windows: everyDay("00:00", "24:00"),
      offers: [offer(minutes: 60, grid: Grid(stepMinutes: 60, fullHoursOnly: false)!)])
    // The last day is the one that ends with 23:00 twice.
    let autumn = entry.starts(
      "2018-02-18T00:00Z", "2018-02-19T00:00Z", now: "2018-01-17T12:00Z", role: .client)
    #expect(autumn.map(saoPaulo.text) == ["2018-02-17T22:00", "2018-02-17T23:00"])
    // The day after begins at 01:00.
    let spring = entry.starts(
      "2018-11-04T01:00Z", "2018-11-05T00:00Z", now: "2018-10-03T12:00Z", role: .client)
    #expect(spring.map(saoPaulo.text) == ["2018-11-03T22:00", "2018-11-03T23:00"])
  }
}
