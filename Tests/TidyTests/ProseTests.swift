internal import Testing

/// Escapes from the compiler, words and lengths.
@Suite struct ProseTests {
  @Test("nobody forces a try, and other escapes from the compiler say why right above")
  func escapes() throws {
    let files = try Repository.swiftFiles(under: "Sources", "LoadTests", "Tests")
    expectNone(files.flatMap(Escapes.offences))
  }

  @Test("no file promises to be finished later or names a path of one machine")
  func wording() throws {
    let files = try Repository.files()
    #expect(files.contains { $0.path == "Package.swift" })
    expectNone(files.flatMap(Wording.offences))
  }

  @Test("no file is longer than 449 lines, unless it is generated")
  func lengths() throws {
    let files = try Repository.files()
    #expect(files.contains { $0.isGenerated })
    expectNone(files.compactMap(Length.offence))
  }

  @Test(
    "an escape is found, and only a comment right above excuses it",
    arguments: [
      ("let a = try! b()", 1), ("// Why.\nlet a = try! b()", 1), ("fatalError()", 1),
      ("// Why.\n\nfatalError()", 1), ("final class A: @unchecked Sendable {}", 1),
      ("// Why.\nfinal class A: @unchecked Sendable {}", 0), ("nonisolated(unsafe) var a = 1", 1),
      ("  // Why.\n  nonisolated(unsafe) var a = 1", 0), ("let a = \"try! fatalError\"", 0),
    ])
  func plantedEscape(source: String, count: Int) {
    let file = SourceFile(path: "Sources/Service/Planted.swift", text: source)
    #expect(Escapes.offences(in: file).count == count)
  }

  @Test(
    "a promise or a path of one machine is found",
    arguments: [
      "// TO" + "DO: later", "# FIX" + "ME", "cd /wo" + "rk/main", "\"/ho" + "me/ada/seduta\"",
      "see /tm" + "p/h6.md",
    ])
  func plantedWords(text: String) {
    let file = SourceFile(path: "docs/planted.md", text: "One.\n\(text)\n")
    #expect(Wording.offences(in: file).map(\.line) == [2])
  }

  @Test(
    "words that only look like a promise or a path are innocent",
    arguments: ["METODOS, todo", "https://example.com/work/1", "$HOME/home/a", "folder/work/file"])
  func innocentWords(text: String) {
    #expect(Wording.offences(in: SourceFile(path: "docs/a.md", text: text)) == [])
  }

  @Test("a file may have 449 lines and not one more, unless it is generated")
  func plantedLength() {
    let longest = String(repeating: "\n", count: Length.linesMax)
    func offends(_ path: String, _ text: String) -> Bool {
      Length.offence(in: SourceFile(path: path, text: text)) != nil
    }
    #expect(!offends("Sources/Wire/A.swift", longest))
    #expect(offends("Sources/Wire/A.swift", longest + "\n"))
    #expect(offends("Tests/Conformance/a.py", longest + "\n"))
    #expect(!offends("Sources/Wire/Generated/A.swift", longest + "\n"))
  }
}
