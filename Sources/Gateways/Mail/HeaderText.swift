internal import Foundation

/// Text in headers (RFC 5322; RFC 2047 where it is not plain), folded so that no line is longer than 78 characters
/// where it can be helped. Whatever comes in, no line of another field comes out.
package enum HeaderText {
  /// Of one line, with room for the field's name.
  private static let plainByteCountMax = 64
  /// Of what an encoded word holds, encoded: the whole is 12 longer, and may be 75 long at most.
  private static let wordByteCountMax = 48

  /// A field of free text, with its line end.
  package static func field(_ name: String, _ text: String) -> String {
    let text = line(text)
    let isPlain =
      text.utf8.count <= plainByteCountMax && !text.contains("=?")
      && text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    return "\(name): \(isPlain ? text : encodedWords(text))\r\n"
  }

  /// A field with one address, with its line end.
  package static func field(_ name: String, name person: String, _ address: MailAddress) -> String {
    let person = phrase(line(person))
    if person.isEmpty { return "\(name): \(address.text)\r\n" }
    let angled = "<\(address.text)>"
    let lastLine = person.split(separator: "\n").last.map(\.utf8.count) ?? 0
    let isLong = name.utf8.count + 2 + lastLine + 1 + angled.utf8.count > 78
    return "\(name): \(person)\(isLong ? "\r\n " : " ")\(angled)\r\n"
  }

  /// Each control character and line end is a space.
  private static func line(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " " as Unicode.Scalar
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespaces)
  }

  /// A display name: as it is, quoted or encoded.
  private static func phrase(_ name: String) -> String {
    guard name.utf8.count <= plainByteCountMax, !name.contains("=?"),
      name.utf8.allSatisfy({ 0x20...0x7E ~= $0 })
    else { return encodedWords(name) }
    let words = name.split(separator: " ", omittingEmptySubsequences: false)
    let isPlain = words.allSatisfy { word in
      !word.isEmpty && word.unicodeScalars.allSatisfy(MailAddress.isAtomText)
    }
    if name.isEmpty || isPlain { return name }
    let quoted =
      "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    return quoted.utf8.count <= plainByteCountMax ? quoted : encodedWords(name)
  }

  private static func encodedWords(_ text: String) -> String {
    let asQ = text.utf8.reduce(0) { $0 + (isSafe($1) ? 1 : 3) }
    let isQ = asQ <= (text.utf8.count + 2) / 3 * 4
    let words = chunks(of: text) { bytes in
      isQ ? bytes.reduce(0) { $0 + (isSafe($1) ? 1 : 3) } : (bytes.count + 2) / 3 * 4
    }
    return words.map { word in
      isQ ? "=?UTF-8?Q?\(q(word))?=" : "=?UTF-8?B?\(Data(word).base64EncodedString())?="
    }.joined(separator: "\r\n ")
  }

  /// Cut between characters, as each word is decoded alone; a character that is too long for a word, between scalars.
  private static func chunks(of text: String, cost: ([UInt8]) -> Int) -> [[UInt8]] {
    var chunks: [[UInt8]] = [[]]
    func add(_ bytes: [UInt8]) {
      if cost(chunks[chunks.count - 1] + bytes) <= wordByteCountMax {
        chunks[chunks.count - 1] += bytes
      } else {
        chunks.append(bytes)
      }
    }
    for character in text {
      let bytes = Array(String(character).utf8)
      if cost(bytes) <= wordByteCountMax {
        add(bytes)
      } else {
        for scalar in character.unicodeScalars { add(Array(String(scalar).utf8)) }
      }
    }
    return chunks.filter { !$0.isEmpty }
  }

  private static func q(_ bytes: [UInt8]) -> String {
    bytes.reduce(into: "") { text, byte in
      if byte == UInt8(ascii: " ") {
        text += "_"
      } else if isSafe(byte) {
        text.append(Character(Unicode.Scalar(byte)))
      } else {
        text += QuotedPrintable.escape(byte)
      }
    }
  }

  /// What may stand in a name's encoded word as it is (RFC 2047, 5), or takes one character there.
  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: " "):
      true
    default: false
    }
  }
}
