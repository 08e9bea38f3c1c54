import Availability
import Testing

@Suite struct LocalMinuteTests {
  @Test("a reading of a clock is written as it is read")
  func text() throws {
    for text in ["1970-01-01T00:00", "2026-12-01T10:05", "1969-12-31T23:59", "2400-02-29T00:01"] {
      #expect(try #require(LocalMinute(text)).description == text)
    }
    #expect(LocalMinute("1970-01-02T01:00")?.sinceEpoch == 1_500)
  }

  @Test(
    "what is no minute of a day that exists is none",
    arguments: [
      "", "2026-12-01", "2026-12-01T10:00:00", "2026-12-01T10:00Z", "2026-02-29T10:00",
      "2026-12-01T24:00", "2026-12-01T10:60", "2026-12-01 10:00", "2026-12-01T1:000",
      "2026-12-01T-1:00", "2026-12-01T+1:00", "9999-12-31T10:00", "20261201T10:0000",
    ])
  func malformed(_ text: String) {
    #expect(LocalMinute(text) == nil)
  }
}
