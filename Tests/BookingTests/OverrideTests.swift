internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct OverrideTests {
  /// Outside all hours, off the grid, and past.
  private let lastNight = inRome("2026-11-22T22:05")

  private func overridden(_ decision: Decision) -> Overrides? {
    for case .appointmentBooked(_, let transition) in decision.change?.events ?? [] {
      return transition.overridden
    }
    return nil
  }

  @Test("therapist and staff override what they name", arguments: [desk, .therapist(anna)])
  func named(_ actor: Actor) {  // S-6
    let wish = booking(
      lastNight, overrides: [.outsideLocationHours, .outsideSchedule, .inPast, .offGrid])
    let decision = Practice().decide(wish, by: actor)
    #expect(decision.booked != nil)
    #expect(
      overridden(decision) == [.outsideLocationHours, .outsideSchedule, .inPast, .offGrid])
  }

  @Test("what is not named stays in the way; what is, is told besides")  // S-6 S-4
  func unnamed() {
    let wish = booking(lastNight, overrides: [.outsideSchedule, .offGrid])
    #expect(
      Practice().decide(wish).refusal
        == .unbookable(
          [.outsideLocationHours, .inPast], overridden: [.outsideSchedule, .offGrid],
          alternatives: [
            inRome("2026-11-23T09:00"), inRome("2026-11-23T09:30"), inRome("2026-11-23T10:00"),
          ]))
  }

  @Test("naming one that does not occur is no error, and is not kept")  // S-6
  func doesNotOccur() {
    let decision = Practice().decide(
      booking(inRome("2026-11-24T10:05"), overrides: [.offGrid, .inPast, .overCap]))
    #expect(overridden(decision) == .offGrid)
  }

  @Test("collisions and the horizon are overridden by nobody")  // S-6
  func never() {
    var practice = Practice()
    let start = inRome("2026-11-24T10:00")
    practice.perform(booking(start))
    #expect(
      practice.decide(booking(start, room: blueRoom, overrides: .all)).discrepancies.map(\.kind)
        == [4, 5, 6])
    #expect(
      practice.decide(booking(inRome("2027-06-15T10:00"), overrides: .all)).discrepancies
        .map(\.kind) == [7])
  }

  @Test("a client overrides nothing")  // S-6
  func client() {
    let decision = Practice().decide(
      booking(inRome("2026-11-24T10:05"), overrides: .all), by: .client(carlo))
    #expect(decision.discrepancies == [.offGrid])
  }
}
