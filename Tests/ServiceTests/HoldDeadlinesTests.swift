internal import Availability
internal import Intervals
internal import Service
internal import Testing

/// When holds lapse, for who watches.
struct HoldDeadlinesTests {
  private let one = PartnerID(rawValue: 1)
  private let other = PartnerID(rawValue: 2)

  @Test("the next deadline is that of the partner's own, after now, not at it, and never too early")
  func next() {
    let deadlines = HoldDeadlines()
    let start = Instant(msSinceEpoch: 0)
    for ms in [9_000, 3_001, 3_002, 9_000, 5_000] as [Int64] {
      deadlines.note(Instant(msSinceEpoch: ms), of: one, at: start)
    }
    var (now, heard) = (start, [Int64]())
    while let next = deadlines.next(after: now, of: one) {
      heard.append(next.msSinceEpoch)
      now = next
    }
    #expect(heard == [4_000, 5_000, 9_000])
    #expect(deadlines.next(after: Instant(msSinceEpoch: 3_999), of: one)?.msSinceEpoch == 4_000)
    #expect(deadlines.next(after: start, of: other) == nil)
  }

  @Test("what has passed is forgotten, and nothing that has not, in whatever order it came")
  func forgetting() {
    let deadlines = HoldDeadlines()
    var dice = Dice(seed: 7)
    var ahead: Set<Int64> = []
    for step in 0..<5_000 {
      let now = Int64(step) * 500
      let deadline = now + Int64.random(in: 1...60_000, using: &dice)
      deadlines.note(Instant(msSinceEpoch: deadline), of: one, at: Instant(msSinceEpoch: now))
      ahead.insert((deadline + 999) / 1_000 * 1_000)
      ahead = ahead.filter { $0 > now }
      #expect(
        deadlines.next(after: Instant(msSinceEpoch: now), of: one)?.msSinceEpoch == ahead.min())
    }
  }
}
