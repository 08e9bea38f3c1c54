/// Holds docs/rules.md against the tests: a rule that is said to be met must be named, as `// S-9`, or
/// `# S-9` in Python, in every test file that its row gives.
struct ClaimedRules {
  struct Row {
    let line: Int
    let rule: String
    /// Paths from the repository's top folder.
    let testFiles: [String]
  }

  static let path = "docs/rules.md"
  let rows: [Row]

  /// Reads the rows `| rule | text | where | test |` of the document.
  init(markdown: String) {
    rows = markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in Self.row(line, number: index + 1) }
  }

  /// - Parameter text: the text of a file of the repository; nil when there is none.
  func offences(text: (_ path: String) -> String?) -> [Offence] {
    guard !rows.isEmpty else {
      return [Offence(path: Self.path, line: 1, what: "has no row of a rule")]
    }
    var seen: Set<String> = []
    return rows.flatMap { row in
      let twice = seen.insert(row.rule).inserted ? [] : ["\(row.rule) has a row already"]
      let unnamed = row.testFiles.isEmpty ? ["\(row.rule) names no test file"] : []
      let unproved = row.testFiles.compactMap { path -> String? in
        guard let source = text(path) else {
          return "\(row.rule) names \(path), which does not exist"
        }
        return Self.names(row.rule, in: source) ? nil : "\(path) has no test marked \(row.rule)"
      }
      return (twice + unnamed + unproved).map {
        Offence(path: Self.path, line: row.line, what: $0)
      }
    }
  }

  private static func row(_ line: Substring, number: Int) -> Row? {
    guard line.hasPrefix("|") else { return nil }
    let cells = line.split(separator: "|", omittingEmptySubsequences: true)
    guard cells.count >= 4, let last = cells.last(where: { !$0.allSatisfy(\.isWhitespace) }),
      let rule = cells[0].split(whereSeparator: { "` *".contains($0) }).first, isRule(rule)
    else { return nil }
    return Row(line: number, rule: String(rule), testFiles: files(in: last))
  }

  private static func isRule(_ word: Substring) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
      && parts[0].allSatisfy(\.isUppercase) && parts[1].allSatisfy(\.isNumber)
  }

  /// The files that a cell names, in backticks or as links; `Tests/` may be left out.
  private static func files(in cell: Substring) -> [String] {
    cell.split { !($0.isLetter || $0.isNumber || "_+-./".contains($0)) }
      .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".py") }
      .map { path in
        let fromTop = path.hasPrefix("../") ? path.dropFirst(3) : path
        return fromTop.hasPrefix("Tests/") ? String(fromTop) : "Tests/\(fromTop)"
      }
  }

  /// Whether a comment in the source names the rule: S-1 is not named by S-12.
  private static func names(_ rule: String, in source: String) -> Bool {
    source.split(separator: "\n").contains { line in
      guard line.contains(rule),
        let comment = line.ranges(of: "//").last ?? line.ranges(of: "#").last
      else { return false }
      return line[comment.upperBound...]
        .split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { $0 == rule }
    }
  }
}
