/// Quoted-printable (RFC 2045, 6.7): text that goes through any mail server as it is.
package enum QuotedPrintable {
  /// Of a line, its end not counted.
  private static let lineByteCountMax = 76

  /// Lines with CRLF between them.
  package static func text(_ lines: [Substring]) -> String {
    lines.map { line(Array($0.utf8)) }.joined(separator: "\r\n")
  }

  static func escape(_ byte: UInt8) -> String {
    let digits: [Character] = Array("0123456789ABCDEF")
    return "=" + String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
  }

  private static func line(_ bytes: [UInt8]) -> String {
    var text = ""
    var count = 0
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let token = token(
        byte, isLast: isLast, isFrom: index == 0 && bytes.starts(with: "From ".utf8))
      // Room for the "=" of a soft line break, unless the line ends here.
      if count + token.utf8.count > lineByteCountMax - (isLast ? 0 : 1) {
        text += "=\r\n"
        count = 0
      }
      text += token
      count += token.utf8.count
    }
    return text
  }

  private static func token(_ byte: UInt8, isLast: Bool, isFrom: Bool) -> String {
    switch byte {
    // Some mail servers change a line that begins with "From ".
    case UInt8(ascii: "F") where isFrom: escape(byte)
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      // At the end of a line it would be lost.
      isLast ? escape(byte) : String(Unicode.Scalar(byte))
    case UInt8(ascii: "="): escape(byte)
    case 0x21...0x7E: String(Unicode.Scalar(byte))
    default: escape(byte)
    }
  }
}
