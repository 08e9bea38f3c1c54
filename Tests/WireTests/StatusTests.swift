import Testing
import Wire

@Suite("Statuses say what is wrong")
struct StatusTests {
  @Test("one wrong field is named in the sentence and in the details")
  func oneField() {
    let status = Seduta_Wire_V1_Status.invalid(field: "start_ms", description: "expected a minute")
    #expect(status.code == .invalidArgument)
    #expect(status.message == "start_ms: expected a minute")
    #expect(status.errorInfo.reason == "MALFORMED_REQUEST")
    #expect(status.badRequest.fieldViolations.map(\.field) == ["start_ms"])
    #expect(status.badRequest.fieldViolations.map(\.description_p) == ["expected a minute"])
  }

  @Test("of several wrong fields the sentence says how many, and the details have all, in order")
  func severalFields() {
    let status = Seduta_Wire_V1_Status.invalid([
      .init(field: "b", description: "expected 1"), .init(field: "a", description: "expected 2"),
    ])
    #expect(status.message == "2 fields are wrong; b: expected 1")
    #expect(status.badRequest.fieldViolations.map(\.field) == ["b", "a"])
  }
}
