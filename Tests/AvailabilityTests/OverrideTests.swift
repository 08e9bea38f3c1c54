import Availability
import Intervals
import Testing

@Suite struct OverrideTests {
  private let noticed = offer(
    policy: BookingPolicy(
      horizons: HorizonPolicy(staffMonths: 6, clientMonths: 6), minimumNoticeMinutes: 60))

  /// Breaks 1, 2, 3, 8, 9 and 10, and nothing that cannot be overridden.
  private func assess(
    _ overrides: Overrides, role: Role = .staff, held: [HeldTime] = []
  ) -> Assessment {
    let entry = therapist(
      caps: SessionCaps(daily: 1, weekly: nil),
      busy: [(1, span("2026-11-24T08:00Z", "2026-11-24T08:50Z"))], held: held)
    return Evaluator(
      therapist: entry, moment: moment("2026-11-24T23:00Z", role), occupancy: Booked()
    ).assess(
      Wish(
        offer: noticed, place: place(), room: nil, start: utc("2026-11-24T20:10Z"), client: nil,
        overrides: overrides))
  }

  @Test("what is named is no longer in the way, and is told; what is not named stays")  // S-6
  func named() {
    #expect(assess([]).discrepancies.map(\.kind) == [1, 2, 3, 8, 9, 10])
    #expect(assess([]).overridden.isEmpty)
    let all = assess(.all)
    #expect(all.isBookable)
    #expect(all.overridden == assess([]).discrepancies)
    for kind in [1, 2, 3, 8, 9, 10] {
      let one = assess(Overrides(kind: kind)!, role: .therapist)
      #expect(one.overridden.map(\.kind) == [kind])
      #expect(one.discrepancies.map(\.kind) == [1, 2, 3, 8, 9, 10].filter { $0 != kind })
      #expect(!one.isBookable)
    }
  }

  @Test("collisions and the horizon cannot be overridden by anyone")  // S-6
  func never() {
    for kind in [-1, 0, 4, 5, 6, 7, 11, 15, 16] { #expect(Overrides(kind: kind) == nil) }
    let everyBit = Overrides(rawValue: .max)
    let hold = held(
      7, span("2026-11-24T20:00Z", "2026-11-24T21:00Z"), until: utc("2026-11-25T00:00Z").instant)
    #expect(assess(everyBit, held: [hold]).discrepancies.map(\.kind) == [4])
    let wish = Wish(
      offer: noticed, place: place(), room: nil, start: utc("2027-11-24T08:00Z"), client: nil,
      overrides: everyBit)
    let evaluator = Evaluator(
      therapist: therapist(), moment: moment("2026-11-24T23:00Z"), occupancy: Booked())
    #expect(evaluator.assess(wish).discrepancies.map(\.kind) == [7])
  }

  @Test("a client overrides nothing")  // S-6
  func client() {
    let assessment = assess(.all, role: .client)
    #expect(assessment.discrepancies.map(\.kind) == [1, 2, 3, 8, 9, 10])
    #expect(assessment.overridden.isEmpty)
  }
}
