internal import Foundation

/// Plain text, tidied.
enum Prose {
  static let lineLengthMax = 72

  /// One line: line breaks, tabs and runs of spaces become one space; control characters, and those that turn
  /// the direction of what follows, go. So nothing in a name can begin a new line of a mail's header.
  static func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
        scalars.append(" ")
      } else if !isDirecting(scalar) {
        scalars.append(scalar)
      }
    }
    return String(scalars).split(separator: " ").joined(separator: " ")
  }

  private static func isDirecting(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  /// Without line breaks, so that a name cannot look like more than one line of a letter.
  static func unbroken(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// The parts of a text between empty lines, each on one line. Spaces that must not
  /// break stay.
  static func paragraphs(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .split { $0.allSatisfy(\.isWhitespace) }
      .map { lines in
        lines.flatMap { $0.split { $0 == " " || $0 == "\t" } }.joined(separator: " ")
      }
  }

  /// Lines of at most 72 characters, broken at spaces; a longer word stays whole.
  static func wrapped(_ paragraph: String, indent: String = "") -> String {
    var lines: [String] = []
    for word in paragraph.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= lineLengthMax {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append((lines.isEmpty ? "" : indent) + word)
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Prose {
  static let subjectLengthMax = 150

  /// A mail's subject: one line, with spaces that may break, and no longer than programs show.
  static func subject(_ text: String) -> String {
    String(oneLine(text).prefix(subjectLengthMax))
  }
}

extension Prose {
  /// The same lines, each ended by "\n" alone, and no more than one empty line in a row.
  static func lines(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace), lines.last?.isEmpty ?? true { continue }
      lines.append(line.allSatisfy(\.isWhitespace) ? "" : line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}
