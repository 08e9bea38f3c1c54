import Availability
import Intervals
import Testing

@Suite struct OutsideHoursTests {
  @Test("a span is within the hours of its location, or is not")  // S-13
  func isOpen() {
    let profile = therapist(
      windows: [
        window(.tuesday, "09:00", "12:00"), window(.tuesday, "12:00", "14:00", at: practice),
      ],
      exceptions: [
        closed("2026-12-01", "09:50", "10:00"), extra("2026-11-25", "09:00", "10:00"),
      ]
    ).profile
    func isOpen(_ from: String, _ to: String, at location: LocationID = office) -> Bool {
      profile.isOpen(at: location, during: span(from, to))
    }
    #expect(isOpen("2026-11-24T08:00Z", "2026-11-24T11:00Z"))
    #expect(!isOpen("2026-11-24T07:59Z", "2026-11-24T11:00Z"))
    #expect(!isOpen("2026-11-24T08:00Z", "2026-11-24T11:01Z"))
    #expect(!isOpen("2026-11-24T11:00Z", "2026-11-24T12:00Z"))
    #expect(isOpen("2026-11-24T11:00Z", "2026-11-24T12:00Z", at: practice))
    #expect(!isOpen("2026-11-24T11:00Z", "2026-11-24T12:00Z", at: video))
    #expect(isOpen("2026-11-25T08:00Z", "2026-11-25T08:50Z"))
    #expect(isOpen("2026-12-01T08:00Z", "2026-12-01T08:50Z"))
    #expect(!isOpen("2026-12-01T08:30Z", "2026-12-01T09:20Z"))
  }

  @Test("the locations together may be open where each by itself is not")  // S-4 kind 2
  func together() {
    let profile = therapist(
      windows: [
        window(.tuesday, "09:00", "12:00"), window(.tuesday, "11:00", "14:00", at: practice),
        window(.tuesday, "14:00", "15:00", at: video),
      ],
      exceptions: [closed("2026-11-24", "11:00", "12:00", at: office)]
    ).profile
    #expect(profile.isOpenAnywhere(during: span("2026-11-24T08:00Z", "2026-11-24T14:00Z")))
    #expect(!profile.isOpenAnywhere(during: span("2026-11-24T08:00Z", "2026-11-24T14:01Z")))
    #expect(!profile.isOpenAnywhere(during: span("2026-11-24T07:59Z", "2026-11-24T08:01Z")))
    #expect(!profile.isOpenAnywhere(during: span("2026-11-25T08:00Z", "2026-11-25T08:01Z")))
  }
}
