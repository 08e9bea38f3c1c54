/// Swift source with its comments and the contents of its string literals blanked out, so that a word
/// found in it is code. Lines stay where they were.
struct SwiftCode {
  let lines: [Substring]

  init(_ source: String) {
    var scanner = Scanner(Array(source.utf8))
    scanner.code(until: nil)
    let blanked = String(decoding: scanner.kept, as: UTF8.self)
    lines = blanked.split(separator: "\n", omittingEmptySubsequences: false).map { $0 }
  }

  /// Each line that has the words, with its number from 1. A word stands alone: no letter, digit or
  /// underscore touches it where it begins or ends with one.
  func lines(with words: String) -> [Int] {
    lines.indices.filter { Self.has(words, in: lines[$0]) }.map { $0 + 1 }
  }

  private static func has(_ words: String, in line: Substring) -> Bool {
    line.ranges(of: words).contains { found in
      let before =
        found.lowerBound > line.startIndex ? line[line.index(before: found.lowerBound)] : " "
      let after = found.upperBound < line.endIndex ? line[found.upperBound] : " "
      return !(touches(before) && touches(words.first!))
        && !(touches(words.last!) && touches(after))
    }
  }

  private static func touches(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}

/// Walks over UTF-8 and keeps code and line ends; all else becomes spaces.
private struct Scanner {
  private let bytes: [UInt8]
  private var at = 0
  private(set) var kept: [UInt8] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    kept.reserveCapacity(bytes.count)
  }

  private func sees(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[at...].starts(with: $0) }
  }

  private mutating func keep() {
    kept.append(bytes[at])
    at += 1
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where at < bytes.count {
      kept.append(bytes[at] == UInt8(ascii: "\n") ? bytes[at] : UInt8(ascii: " "))
      at += 1
    }
  }

  /// Code up to the end, or up to the parenthesis that closes an interpolation.
  mutating func code(until close: UInt8?) {
    var depth = 0
    while at < bytes.count {
      if sees("//") {
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { blank() }
      } else if sees("/*") {
        blockComment()
      } else if let pounds = literalAhead() {
        literal(pounds: pounds)
      } else {
        if bytes[at] == UInt8(ascii: "(") { depth += 1 }
        if bytes[at] == UInt8(ascii: ")") {
          if depth == 0, close != nil { return }
          depth -= 1
        }
        keep()
      }
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if sees("/*") {
        depth += 1
        blank(2)
      } else if sees("*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && at < bytes.count
  }

  /// How many `#` stand before the quote that opens a string literal here; nil when none opens.
  private func literalAhead() -> Int? {
    let pounds = bytes[at...].prefix { $0 == UInt8(ascii: "#") }.count
    let quote = at + pounds
    return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? pounds : nil
  }

  private mutating func literal(pounds: Int) {
    blank(pounds)
    let quotes = sees("\"\"\"") ? 3 : 1
    blank(quotes)
    let hashes = [UInt8](repeating: UInt8(ascii: "#"), count: pounds)
    let close = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + hashes
    let escape = [UInt8(ascii: "\\")] + hashes
    while at < bytes.count {
      if bytes[at...].starts(with: close) {
        blank(close.count)
        return
      }
      guard bytes[at...].starts(with: escape) else {
        blank()
        continue
      }
      blank(escape.count)
      let isInterpolation = at < bytes.count && bytes[at] == UInt8(ascii: "(")
      blank()
      if isInterpolation {
        code(until: UInt8(ascii: ")"))
        blank()
      }
    }
  }
}
