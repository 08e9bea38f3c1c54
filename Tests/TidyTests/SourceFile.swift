internal import Testing

/// A file's path in the repository and its text.
struct SourceFile {
  let path: String
  let text: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// Reads a file of the repository; nil for a folder, for bytes that are not text, and for what
  /// running the Python tests leaves behind.
  init?(path: String) {
    guard !path.contains("__pycache__"), let text = Repository.text(of: path) else { return nil }
    self.init(path: path, text: text)
  }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isGenerated: Bool { path.contains("/Generated/") }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// Something that a check objects to.
struct Offence: Equatable, CustomStringConvertible {
  let path: String
  /// Counted from 1.
  let line: Int
  let what: String

  var description: String { "\(path):\(line): \(what)" }
}

/// Records each offence as an issue of its own, at the place that asks.
func expectNone(_ offences: [Offence], sourceLocation: SourceLocation = #_sourceLocation) {
  for offence in offences {
    Issue.record("\(offence)", sourceLocation: sourceLocation)
  }
}
