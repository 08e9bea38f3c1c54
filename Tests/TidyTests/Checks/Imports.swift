/// Holds the imports of every room against the table, and wants each to say its access level. Tests
/// import what they test as partners see it.
enum Imports {
  private static let accessLevels: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let kinds: Set<Substring> = [
    "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
  ]

  struct Statement {
    let line: Int
    let attributes: [Substring]
    let accessLevel: Substring?
    let module: String
  }

  static func offences(in file: SourceFile) -> [Offence] {
    let statements = statements(in: file.text)
    if file.path.hasPrefix("Tests/") {
      return statements.filter { $0.attributes.contains("@testable") }.map { statement in
        offence(
          statement, in: file, "import of \(statement.module) is @testable; test what is public")
      }
    }
    return accessOffences(statements, in: file) + roomOffences(statements, in: file)
  }

  private static func accessOffences(_ statements: [Statement], in file: SourceFile) -> [Offence] {
    statements.filter { $0.accessLevel == nil }.map { statement in
      offence(statement, in: file, "import of \(statement.module) does not say its access level")
    }
  }

  private static func roomOffences(_ statements: [Statement], in file: SourceFile) -> [Offence] {
    guard let room = Rooms.room(of: file.path), let allowed = Rooms.imports[room] else {
      return [Offence(path: file.path, line: 1, what: "lies in a folder that is no room")]
    }
    return statements.filter { !allowed.contains($0.module) }.map { statement in
      offence(statement, in: file, "\(room) may not import \(statement.module)")
    }
  }

  private static func offence(
    _ statement: Statement, in file: SourceFile, _ what: String
  ) -> Offence {
    Offence(path: file.path, line: statement.line, what: what)
  }

  /// The imports of a source, those inside `#if` included.
  static func statements(in source: String) -> [Statement] {
    SwiftCode(source).lines.enumerated().flatMap { index, line in
      line.split(separator: ";").compactMap { statement($0, line: index + 1) }
    }
  }

  private static func statement(_ text: Substring, line: Int) -> Statement? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let at = words.firstIndex(of: "import") else { return nil }
    let before = words[..<at]
    let after = words[(at + 1)...].drop { kinds.contains($0) }
    let modifiers = before.filter { !$0.hasPrefix("@") }
    guard let name = after.first, modifiers.allSatisfy(accessLevels.contains) else { return nil }
    return Statement(
      line: line, attributes: before.filter { $0.hasPrefix("@") }, accessLevel: modifiers.first,
      module: String(name.prefix { $0 != "." }))
  }
}
