import Availability
import Intervals
import Testing

@Suite struct BusyTimesLoadTests {
  private let morning = utc("2026-11-24T08:00Z")

  private func occupation(_ number: UInt128, _ span: Span, _ buffers: Buffers) -> Occupation {
    Occupation(
      occupant: .appointment(appointment(number)), span: span, buffers: buffers, therapist: anna,
      room: nil, client: nil)
  }

  private func loaded(_ occupations: [Occupation]) -> BusyTimes? {
    var booked: [IntervalTree.Entry] = []
    var buffers: [UInt128: Buffers] = [:]
    for occupation in occupations {
      guard case .appointment(let id) = occupation.occupant else { continue }
      booked.append(IntervalTree.Entry(span: occupation.span, key: id.rawValue))
      if occupation.buffers != .none { buffers[id.rawValue] = occupation.buffers }
    }
    return BusyTimes(booked: booked, buffers: buffers)
  }

  private func oneByOne(_ occupations: [Occupation]) -> BusyTimes? {
    var busy = BusyTimes()
    for occupation in occupations where !busy.occupy(occupation) { return nil }
    return busy
  }

  @Test("what is loaded at once is what would be occupied one by one, or refused")  // S-7, S-10
  func sameAsOneByOne() {
    var random = SplitMix64(seed: 1)
    var refused = 0
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...8, using: &random)
      let occupations = (0..<count).compactMap { number in
        Span(
          from: morning.advanced(byMinutes: .random(in: 0...60, using: &random) * 15),
          lastingMinutes: .random(in: 1...4, using: &random) * 15
        ).map { span in
          occupation(
            UInt128(number) + 1, span,
            Bool.random(using: &random)
              ? .none
              : Buffers(
                beforeMinutes: .random(in: 0...2, using: &random) * 15,
                afterMinutes: .random(in: 0...2, using: &random) * 15))
        }
      }
      let expected = oneByOne(occupations)
      let found = loaded(occupations.shuffled(using: &random))
      #expect(found?.sessions.entries == expected?.sessions.entries)
      #expect(found?.guards.entries == expected?.guards.entries)
      if expected == nil { refused += 1 }
    }
    #expect((500...2_500).contains(refused))
  }
}
