internal import Foundation

/// Reads the e-mails that this server's mailbox holds; not all that MIME can be.
struct MIMEReader {
  let headers: [(name: String, value: String)]
  private(set) var text = ""
  private(set) var html = ""

  init(_ bytes: [UInt8]) {
    let whole = MIMEReader.entity(String(decoding: bytes, as: UTF8.self))
    headers = whole.headers
    for part in MIMEReader.parts(of: whole) {
      let content = MIMEReader.decoded(part)
      if part.header("Content-Type").lowercased().hasPrefix("text/html") {
        html = content
      } else {
        text = content
      }
    }
  }

  private struct Entity {
    let headers: [(name: String, value: String)]
    /// As it is in the file.
    let body: Substring

    func header(_ name: String) -> String {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value ?? ""
    }
  }

  private static func entity(_ text: some StringProtocol) -> Entity {
    let text = String(text)
    let end = text.range(of: "\r\n\r\n")
    let head = text[..<(end?.lowerBound ?? text.endIndex)]
    let unfolded = head.replacing("\r\n ", with: " ").replacing("\r\n\t", with: " ")
    let headers = unfolded.split(separator: "\r\n").compactMap { line -> (String, String)? in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return (String(parts[0]), decodedWords(parts[1].trimmingCharacters(in: .whitespaces)))
    }
    return Entity(headers: headers, body: text[(end?.upperBound ?? text.endIndex)...])
  }

  private static func parts(of whole: Entity) -> [Entity] {
    guard let boundary = whole.header("Content-Type").firstMatch(of: /boundary="([^"]+)"/)?.1
    else { return [whole] }
    // The line end before a boundary is its own.
    return ("\r\n" + whole.body).components(separatedBy: "\r\n--\(boundary)").dropFirst()
      .filter { !$0.hasPrefix("--") }.map { entity($0.dropFirst(1)) }
  }

  private static func decoded(_ part: Entity) -> String {
    let bytes: [UInt8]
    switch part.header("Content-Transfer-Encoding").lowercased() {
    case "base64":
      bytes = Array(
        Data(base64Encoded: String(part.body), options: .ignoreUnknownCharacters) ?? Data())
    case "quoted-printable": bytes = unquoted(part.body.replacing("=\r\n", with: ""), space: nil)
    default: bytes = Array(part.body.utf8)
    }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  /// Encoded words (RFC 2047) as what they say; what is between two of them is none of the text.
  private static func decodedWords(_ text: String) -> String {
    let word = /=\?UTF-8\?([BQ])\?([^?]*)\?=/
    return text.replacing(/\?=\s+=\?/, with: "?==?").replacing(word) { match in
      let bytes =
        match.1 == "Q"
        ? unquoted(match.2, space: UInt8(ascii: "_"))
        : Array(Data(base64Encoded: String(match.2)) ?? Data())
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// - Parameter space: what stands for a space.
  private static func unquoted(_ text: some StringProtocol, space: UInt8?) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = ArraySlice(text.utf8)
    while let byte = rest.popFirst() {
      if byte == space {
        bytes.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "="),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
