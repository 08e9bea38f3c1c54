internal import Testing

@Suite struct ClaimedRulesTests {
  @Test("every rule that docs/rules.md claims is named by the tests that its row gives")
  func repository() throws {
    let markdown = try #require(Repository.text(of: ClaimedRules.path), "docs/rules.md is missing")
    expectNone(ClaimedRules(markdown: markdown).offences(text: Repository.text))
  }

  private static let tests = [
    "Tests/AvailabilityTests/ZoneTests.swift": "@Test(\"kept\") // S-9\n",
    "Tests/Conformance/test_story.py": "def test_book():  # B-1, B-13\n",
    "Tests/BookingTests/HoldTests.swift": "@Test(\"S-1\") // S-12, B-2\n@Test(\"a\") // C-4\n",
  ]

  private func objections(_ rows: String...) -> [String] {
    let markdown = "# Rules\n\n| rule | text | where | test |\n| --- | --- | --- | --- |\n"
    return ClaimedRules(markdown: markdown + rows.joined(separator: "\n"))
      .offences { Self.tests[$0] }.map(\.what)
  }

  @Test("rows whose tests name the rule are sound, in Swift and Python, with or without Tests/")
  func sound() {
    let zones = "| S-9 | Kept. | Zone | `Tests/AvailabilityTests/ZoneTests.swift` |"
    let story =
      "| B-13 | Same. | Gate | Conformance/test_story.py, `BookingTests/HoldTests.swift` |"
    let link = "| **S-12** | Holds. | x | [Holds](../Tests/BookingTests/HoldTests.swift) |"
    #expect(objections(zones, link) == [])
    #expect(objections(story) == ["Tests/BookingTests/HoldTests.swift has no test marked B-13"])
  }

  @Test("a claim without a test that names the rule is found: S-12 does not name S-1")
  func unproved() {
    #expect(
      objections("| S-1 | Slots. | Search | BookingTests/HoldTests.swift |")
        == ["Tests/BookingTests/HoldTests.swift has no test marked S-1"])
  }

  @Test("a test file that does not exist, or none at all, is found")
  func missing() {
    #expect(
      objections("| S-9 | Kept. | Zone | AvailabilityTests/Zones.swift |")
        == ["S-9 names Tests/AvailabilityTests/Zones.swift, which does not exist"])
    #expect(objections("| S-9 | Kept. | Zone | by reading |") == ["S-9 names no test file"])
  }

  @Test("a rule that is claimed twice, and a document without a rule, are found")
  func malformed() {
    let row = "| S-9 | Kept. | Zone | AvailabilityTests/ZoneTests.swift |"
    #expect(objections(row, row) == ["S-9 has a row already"])
    #expect(objections("") == ["has no row of a rule"])
  }
}
