import Availability
import Intervals
import Testing

@Suite struct NoticeTests {
  private let dayAhead = offer(
    minutes: 60, policy: BookingPolicy(horizons: .standard, minimumNoticeMinutes: 1_440))

  private func evaluator(_ now: Instant) -> Evaluator<Booked> {
    Evaluator(
      therapist: therapist(offers: [dayAhead]), moment: Moment(now: now, role: .staff),
      occupancy: Booked())
  }

  private func discrepancies(_ start: String, now: Instant) -> [Discrepancy] {
    evaluator(now).assess(
      Wish(offer: dayAhead, place: place(), room: nil, start: utc(start), client: nil)
    ).discrepancies
  }

  @Test("notice is given up to just so long before the start, and not a millisecond less")  // S-4
  func edge() {  // S-4 kind 8
    let now = utc("2026-11-23T08:00Z").instant
    #expect(discrepancies("2026-11-24T08:00Z", now: now).isEmpty)
    #expect(
      discrepancies("2026-11-24T08:00Z", now: now.advanced(byMs: 1))
        == [.underNotice(earliestStart: utc("2026-11-24T08:01Z"))])
  }

  @Test("a start in the past is under the notice too, where there is one")  // S-4 kinds 3, 8
  func past() {
    let now = utc("2026-11-24T08:01Z").instant
    #expect(
      discrepancies("2026-11-24T08:00Z", now: now)
        == [.inPast, .underNotice(earliestStart: utc("2026-11-25T08:01Z"))])
  }

  @Test("what is under the notice is not listed, nor offered instead")  // S-1, A-7
  func listing() {
    let evaluator = evaluator(utc("2026-11-23T09:10Z").instant)
    let starts = evaluator.starts(
      of: dayAhead, at: place(), in: span("2026-11-23T00:00Z", "2026-11-25T00:00Z"))
    #expect(
      starts.map(rome.text) == [
        "2026-11-24T10:30", "2026-11-24T11:00",
        "2026-11-24T11:30", "2026-11-24T12:00",
      ])
    let wish = Wish(
      offer: dayAhead, place: place(), room: nil, start: utc("2026-11-24T08:00Z"), client: nil)
    #expect(evaluator.alternatives(to: wish, atMost: 1) == [starts[0]])
  }
}
