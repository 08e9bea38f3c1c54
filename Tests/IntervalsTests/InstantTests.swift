internal import Intervals
internal import Testing

struct InstantTests {
  @Test("a minute is an instant, and that instant is the minute, to the ends of time")
  func roundTrip() {
    for sinceEpoch in [Int32.min, -1, 0, 1, 28_000_000, Int32.max] {
      #expect(Minute(exactly: minute(sinceEpoch).instant) == minute(sinceEpoch))
    }
    #expect(minute(2).instant == Instant(msSinceEpoch: 120_000))
  }

  @Test("an instant within a minute is no whole minute")
  func notExact() {
    #expect(Minute(exactly: Instant(msSinceEpoch: 1)) == nil)
    #expect(Minute(exactly: Instant(msSinceEpoch: 59_999)) == nil)
    #expect(Minute(exactly: Instant(msSinceEpoch: -1)) == nil)
  }

  @Test("the next whole minute is the instant's own when it is whole, before 1970 too")
  func atOrAfter() {
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: 120_000)) == minute(2))
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: 120_001)) == minute(3))
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: 179_999)) == minute(3))
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: -1)) == minute(0))
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: -60_000)) == minute(-1))
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: -60_001)) == minute(-1))
  }

  @Test("an instant beyond what a minute can tell has none")
  func outOfRange() {
    #expect(Minute(exactly: Instant(msSinceEpoch: 60_000 * (Int64(Int32.max) + 1))) == nil)
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: 60_000 * Int64(Int32.max))) == minute(.max))
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: 60_000 * Int64(Int32.max) + 1)) == nil)
    #expect(Minute(exactly: Instant(msSinceEpoch: .max)) == nil)
    #expect(Minute(atOrAfter: Instant(msSinceEpoch: .max)) == nil)
  }

  @Test("minutes and instants are in order of time and can be advanced either way")
  func arithmetic() {
    #expect(minute(-1) < minute(0))
    #expect(minute(10).advanced(byMinutes: -20) == minute(-10))
    #expect(minute(10).minutes(to: minute(3)) == -7)
    #expect(Instant(msSinceEpoch: -1) < Instant(msSinceEpoch: 0))
    #expect(Instant(msSinceEpoch: 5).advanced(byMs: -6) == Instant(msSinceEpoch: -1))
  }
}
