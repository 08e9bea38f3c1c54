internal import Foundation

/// An e-mail address that can be written into a header and an envelope as it is (RFC 5321, 4.1.2).
package struct MailAddress: Hashable, Sendable {
  /// What is before the @, a quoted text with its quotes.
  package let local: String
  /// In ASCII: "bücher.example" is "xn--bcher-kva.example".
  package let domain: String

  package var text: String { "\(local)@\(domain)" }
  /// Whether only a server that speaks SMTPUTF8 (RFC 6531) can take it.
  package var needsUTF8: Bool { !local.utf8.allSatisfy { $0 < 0x80 } }

  private static let localByteCountMax = 64

  /// Nil unless it is one: no comments, no route, no address in brackets.
  package init?(_ text: String) {
    guard let at = text.lastIndex(of: "@") else { return nil }
    let local = text[..<at].precomposedStringWithCanonicalMapping
    guard 1...MailAddress.localByteCountMax ~= local.utf8.count,
      MailAddress.isDotted(local) || MailAddress.isQuoted(local),
      let domain = MailAddress.asciiDomain(String(text[text.index(after: at)...]))
    else { return nil }
    self.local = local
    self.domain = domain
  }

  private static func isDotted(_ local: String) -> Bool {
    local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.unicodeScalars.allSatisfy(isAtomText)
    }
  }

  static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else {
      return scalar.properties.isPrintable && scalar.properties.generalCategory != .spaceSeparator
    }
    switch Character(scalar) {
    case "a"..."z", "A"..."Z", "0"..."9": return true
    default: return "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }
  }

  /// "\"Ada Neri\"": printable ASCII, quote and backslash behind a backslash.
  private static func isQuoted(_ local: String) -> Bool {
    guard local.utf8.count > 2, local.first == "\"", local.last == "\"" else { return false }
    var isEscaped = false
    for byte in local.utf8.dropFirst().dropLast() {
      guard 0x20...0x7E ~= byte else { return false }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\"") {
        return false
      } else {
        isEscaped = byte == UInt8(ascii: "\\")
      }
    }
    return !isEscaped
  }

  /// By the rules for internationalised names where it is not ASCII, which Foundation knows.
  private static func asciiDomain(_ text: String) -> String? {
    let ascii: String
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      ascii = text
    } else {
      var parts = URLComponents()
      parts.scheme = "http"
      guard text.unicodeScalars.allSatisfy({ isAtomText($0) || $0 == "." }) else { return nil }
      parts.host = text
      guard let host = parts.encodedHost else { return nil }
      ascii = host
    }
    let labels = ascii.split(separator: ".", omittingEmptySubsequences: false)
    guard ascii.utf8.count <= 253, labels.allSatisfy(isLabel) else { return nil }
    return ascii.lowercased()
  }

  private static func isLabel(_ label: Substring) -> Bool {
    1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
      && label.unicodeScalars.allSatisfy {
        $0.isASCII && ($0 == "-" || $0.properties.isAlphabetic || "0"..."9" ~= $0)
      }
  }
}
