internal import Foundation

/// Text of RFC 4180: commas, CRLF after each row, and quotes where a field needs them.
enum CSV {
  /// To the standard output.
  static func write(_ rows: [[String]]) {
    FileHandle.standardOutput.write(Data(text(rows).utf8))
  }

  private static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    // Scalars, because CR LF is one character, and an accent may join on to a quote.
    guard text.unicodeScalars.contains(where: { special.contains($0) }) else { return text }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append("\"") }
      quoted.append(scalar)
    }
    return String(quoted) + "\""
  }

  private static let special: [Unicode.Scalar] = [",", "\"", "\r", "\n"]
}
