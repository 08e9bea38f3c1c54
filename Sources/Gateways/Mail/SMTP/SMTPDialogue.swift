internal import Foundation

/// Where the sending of one message over SMTP is: what the server says goes in, what to do comes out (RFC 5321).
///
/// A 5xx about the recipient or the message refuses it. A 5xx about us (greeting, TLS, login, sender) is retried: the
/// message is well, and the operator can mend it.
package struct SMTPDialogue: Sendable {
  package enum Action: Hashable, Sendable {
    /// A command or the message, with its CRLF.
    case send([UInt8])
    /// To throw away what came after this reply, and to begin TLS.
    case startTLS
    case finish(Delivery)
  }

  /// What is being waited for.
  package enum State: Hashable, Sendable {
    case greeting, hello, startTLS, handshake, loginPlain, loginName, loginUser, loginPassword
    case sender, recipient, data, content
    case finished
  }

  package private(set) var state = State.greeting
  private let message: MIMEMessage
  private let options: SMTPOptions
  private var isEncrypted: Bool
  private var offers: SMTPOffers
  /// How we call ourselves.
  private var name: String

  package init(_ message: MIMEMessage, options: SMTPOptions) {
    self.message = message
    self.options = options
    isEncrypted = options.security == .tls
    offers = SMTPOffers([])
    name = options.helloName ?? "localhost"
  }

  /// - Parameter literal: our own address, "[192.0.2.1]", which is a name where there is none.
  package mutating func connected(from literal: String?) {
    name = options.helloName ?? literal ?? name
  }

  package mutating func replyReceived(_ reply: SMTPReply) -> Action {
    // The server is going away, whatever was asked.
    if reply.code == 421 { return retry(reply) }
    switch state {
    case .greeting:
      guard reply.code == 220 else { return retry(reply) }
      return hello()
    case .hello:
      guard reply.isPositive else { return retry(reply) }
      offers = SMTPOffers(reply.lines)
      return helloAnswered()
    case .startTLS:
      guard reply.code == 220 else { return retry(reply) }
      state = .handshake
      return .startTLS
    case .handshake: return retry("it spoke in the clear when TLS was to begin")
    case .loginPlain, .loginPassword:
      guard reply.code == 235 else { return retry(reply) }
      return sender()
    case .loginName:
      return challenge(reply, .loginUser, answer: options.login?.user ?? "")
    case .loginUser:
      return challenge(reply, .loginPassword, answer: options.login?.password ?? "")
    case .sender:
      guard reply.isPositive else { return retry(reply) }
      state = .recipient
      return command("RCPT TO:<\(message.recipient.text)>")
    case .recipient:
      guard reply.isPositive else { return refusedOrRetry(reply) }
      state = .data
      return command("DATA")
    case .data:
      guard reply.code == 354 else { return refusedOrRetry(reply) }
      state = .content
      return .send(SMTPDialogue.stuffed(message.bytes))
    case .content:
      guard reply.isPositive else { return refusedOrRetry(reply) }
      return finish(.delivered(reference: reply.text))
    case .finished: return .finish(.retry(reason: "it was over"))
    }
  }

  /// TLS holds, and the server is who it should be.
  package mutating func encrypted() -> Action {
    isEncrypted = true
    // What was offered in the clear may have been someone else's.
    offers = SMTPOffers([])
    return hello()
  }

  /// The connection broke, or nothing came in time.
  package mutating func failed(_ reason: String) -> Action {
    retry(reason)
  }

  // MARK: - Steps

  private mutating func hello() -> Action {
    state = .hello
    return command("EHLO \(name)")
  }

  private mutating func helloAnswered() -> Action {
    switch options.security {
    case .startTLS where !isEncrypted && !offers.startTLS:
      return retry("it does not offer STARTTLS")
    case .startTLS where !isEncrypted, .opportunistic where !isEncrypted && offers.startTLS:
      state = .startTLS
      return command("STARTTLS")
    case .startTLS, .opportunistic, .tls, .none: break
    }
    if let max = offers.byteCountMax, message.bytes.count > max {
      return finish(.refused(reason: "the message is longer than the \(max) bytes that it takes"))
    }
    if message.needsUTF8, !(offers.utf8 && offers.eightBits) {
      let whose = message.recipient.needsUTF8 ? "the recipient's" : "our"
      return finish(
        .refused(reason: "\(whose) address is not ASCII, and the mail server does not take such"))
    }
    guard let login = options.login else { return sender() }
    guard isEncrypted || options.allowsPlainLogin else {
      return retry("the password is not sent over a connection that is not encrypted")
    }
    if offers.plain {
      state = .loginPlain
      return command(
        "AUTH PLAIN " + SMTPDialogue.base64("\0\(login.user)\0\(login.password)"))
    }
    guard offers.login else { return retry("it offers neither AUTH PLAIN nor AUTH LOGIN") }
    state = .loginName
    return command("AUTH LOGIN")
  }

  private mutating func challenge(
    _ reply: SMTPReply, _ next: State, answer: String
  ) -> Action {
    guard reply.code == 334 else { return retry(reply) }
    state = next
    return command(SMTPDialogue.base64(answer))
  }

  private mutating func sender() -> Action {
    state = .sender
    let body = message.needsUTF8 ? " BODY=8BITMIME SMTPUTF8" : ""
    return command("MAIL FROM:<\(message.sender.text)>\(body)")
  }

  // MARK: - Ends

  private mutating func refusedOrRetry(_ reply: SMTPReply) -> Action {
    guard reply.isFinal else { return retry(reply) }
    return finish(.refused(reason: "\(state.asked): \(reply.text)"))
  }

  private mutating func retry(_ reply: SMTPReply) -> Action {
    retry(reply.text)
  }

  private mutating func retry(_ reason: String) -> Action {
    finish(.retry(reason: "\(state.asked): \(reason)"))
  }

  private mutating func finish(_ delivery: Delivery) -> Action {
    state = .finished
    return .finish(delivery)
  }

  private func command(_ line: String) -> Action {
    .send(Array("\(line)\r\n".utf8))
  }

  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString()
  }

  /// A line that begins with a dot gets another one, and a dot ends it all (RFC 5321, 4.5.2).
  package static func stuffed(_ bytes: [UInt8]) -> [UInt8] {
    var stuffed: [UInt8] = []
    stuffed.reserveCapacity(bytes.count + 64)
    var isLineStart = true
    for byte in bytes {
      if isLineStart && byte == UInt8(ascii: ".") { stuffed.append(byte) }
      stuffed.append(byte)
      isLineStart = byte == UInt8(ascii: "\n")
    }
    return stuffed + Array(".\r\n".utf8)
  }
}

extension SMTPDialogue.State {
  /// What the server was asked, or what was under way.
  package var asked: String {
    switch self {
    case .greeting: "greeting"
    case .hello: "EHLO"
    case .startTLS: "STARTTLS"
    case .handshake: "TLS"
    case .loginPlain, .loginName, .loginUser, .loginPassword: "AUTH"
    case .sender: "MAIL FROM"
    case .recipient: "RCPT TO"
    case .data: "DATA"
    case .content: "message"
    case .finished: "end"
    }
  }
}

/// What a server says that it can do.
struct SMTPOffers: Hashable, Sendable {
  var startTLS = false
  var eightBits = false
  var utf8 = false
  var plain = false
  var login = false
  /// Nil where it sets none.
  var byteCountMax: Int?

  /// - Parameter lines: of the reply to EHLO; the first is the server's name.
  init(_ lines: [String]) {
    for line in lines.dropFirst() {
      // "AUTH=LOGIN" is how some old servers say it.
      let words = line.uppercased().split { $0 == " " || $0 == "=" }
      switch words.first {
      case "STARTTLS": startTLS = true
      case "8BITMIME": eightBits = true
      case "SMTPUTF8": utf8 = true
      case "SIZE":
        byteCountMax = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
      case "AUTH":
        plain = plain || words.contains("PLAIN")
        login = login || words.dropFirst().contains("LOGIN")
      default: continue
      }
    }
  }
}
