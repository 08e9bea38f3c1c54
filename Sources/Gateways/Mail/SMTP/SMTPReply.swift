/// What a mail server says at once: a code, and one line of text or more (RFC 5321, 4.2).
package struct SMTPReply: Hashable, Sendable {
  package let code: Int
  package let lines: [String]

  package init(code: Int, lines: [String]) {
    self.code = code
    self.lines = lines
  }

  /// In one line.
  package var text: String { "\(code) \(lines.joined(separator: " "))".quotable }
  package var isPositive: Bool { 200..<300 ~= code }
  /// The same message will not do any better later.
  package var isFinal: Bool { 500..<600 ~= code }
}

/// Makes replies of bytes, however they are cut.
package struct SMTPReplyReader: Sendable {
  package enum Step: Hashable, Sendable {
    case reply(SMTPReply)
    /// It does not speak SMTP.
    case broken(reason: String)
  }

  private var line: [UInt8] = []
  private var code: Int?
  private var lines: [String] = []
  private var unread: ArraySlice<UInt8> = []

  /// RFC 5321 has 512; some servers write more.
  private static let lineByteCountMax = 4_096
  private static let lineCountMax = 128

  package init() {}

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    unread += bytes
  }

  /// Forgets what has come and was not read: after STARTTLS it may be anybody's.
  package mutating func discard() {
    self = SMTPReplyReader()
  }

  /// Nil until there is a whole reply.
  package mutating func next() -> Step? {
    while let byte = unread.popFirst() {
      guard byte == UInt8(ascii: "\n") else {
        line.append(byte)
        guard line.count <= SMTPReplyReader.lineByteCountMax else {
          return .broken(reason: "a line of its reply is too long")
        }
        continue
      }
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      let whole = line
      line = []
      if let step = lineEnded(whole) { return step }
    }
    return nil
  }

  private mutating func lineEnded(_ line: [UInt8]) -> Step? {
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let number = Int(String(decoding: digits, as: UTF8.self)), 200..<600 ~= number,
      code ?? number == number
    else { return .broken(reason: "it does not speak SMTP") }
    let separator = line.count > 3 ? line[3] : UInt8(ascii: " ")
    code = number
    lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
    switch separator {
    case UInt8(ascii: " "):
      defer { (code, lines) = (nil, []) }
      return .reply(SMTPReply(code: number, lines: lines))
    case UInt8(ascii: "-"):
      guard lines.count < SMTPReplyReader.lineCountMax else {
        return .broken(reason: "its reply has too many lines")
      }
      return nil
    default: return .broken(reason: "it does not speak SMTP")
    }
  }
}
