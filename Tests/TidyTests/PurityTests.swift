internal import Testing

@Suite struct PurityTests {
  @Test("the pure rooms read no clock and no randomness, wait for nothing and print nothing")
  func repository() throws {
    for room in Rooms.pure {
      let files = try Repository.swiftFiles(under: room)
      #expect(!files.isEmpty, "\(room) has no file")
      expectNone(files.flatMap(Purity.offences))
    }
  }

  @Test("a pure room may import nothing but pure rooms", arguments: Rooms.pure)
  func table(room: String) throws {
    let allowed = try #require(Rooms.imports[room])
    let pure = Set(Rooms.pure.compactMap { $0.split(separator: "/").last.map(String.init) })
    #expect(allowed.isSubset(of: pure))
  }

  @Test(
    "what makes an answer depend on more than its arguments is found",
    arguments: [
      "let now = Date()", "let id = UUID()", "Int.random(in: 0..<6)", "therapists.randomElement()",
      "rooms.shuffled()", "func book() async {}", "await store.read()", "Task { }",
      "Task.detached {}", "print(slot)", "let now = ContinuousClock.now",
      "var dice = SystemRandomNumberGenerator()", "id.hashValue", "let at = \"\\(Date())\"",
    ])
  func planted(source: String) {
    let file = SourceFile(path: "Sources/Booking/Planted.swift", text: "let a = 1\n\(source)\n")
    let offences = Purity.offences(in: file)
    #expect(!offences.isEmpty)
    #expect(offences.allSatisfy { $0.line == 2 })
  }

  @Test(
    "the same words in a comment, in a text or within a longer name are innocent",
    arguments: [
      "// await the reply", "/* Date() /* print( */ */", "let a = \"print(\"", "CivilDate(year: 1)",
      "let a = #\"Task { \"UUID()\" }\"#", "let a = \"\"\"\n  print(\"a\")\n  \"\"\"",
      "blueprint(1)",
      "let a = \"\\(\"await\")\"",
    ])
  func innocent(source: String) {
    #expect(Purity.offences(in: SourceFile(path: "Sources/Demo/A.swift", text: source)) == [])
  }
}
