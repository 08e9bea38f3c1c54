internal import Foundation
internal import Gateways
internal import Testing

@Suite struct SMTPDialogueTests {
  /// What was sent, and how it ended, when a server says these replies one after another.
  private func talk(
    _ replies: [String], message: EmailMessage = sampleMail(),
    security: SMTPOptions.Security = .none, login: SMTPOptions.Login? = nil,
    allowsPlainLogin: Bool = false
  ) throws -> (sent: [String], delivery: Delivery?) {
    var options = SMTPOptions(host: "h", port: 25, security: security, login: login)
    options.allowsPlainLogin = allowsPlainLogin
    var dialogue = SMTPDialogue(try rendered(message), options: options)
    dialogue.connected(from: "[192.0.2.1]")
    var reader = SMTPReplyReader()
    var sent: [String] = []
    for text in replies {
      reader.append("\(text)\r\n".utf8)
      while case .reply(let reply)? = reader.next() {
        var action = dialogue.replyReceived(reply)
        if action == .startTLS {
          sent.append("TLS")
          reader.discard()
          action = dialogue.encrypted()
        }
        switch action {
        case .send(let bytes): sent.append(String(decoding: bytes, as: UTF8.self))
        case .finish(let delivery): return (sent, delivery)
        case .startTLS: Issue.record("TLS twice")
        }
      }
    }
    return (sent, nil)
  }

  private static let greeted = ["220 mail.example", "250 mail.example"]

  @Test("a message is sent, with replies of many lines, and the server's word is kept")
  func sent() throws {  // N-4, N-5
    let (sent, delivery) = try talk([
      "220-mail.example\r\n220-no spam\r\n220 ESMTP",
      "250-mail.example\r\n250-PIPELINING\r\n250 HELP",
      "250 ok", "251 will forward", "354 go on", "250 2.0.0 queued as 7",
    ])
    #expect(delivery == .delivered(reference: "250 2.0.0 queued as 7"))
    #expect(
      sent.prefix(4) == [
        "EHLO [192.0.2.1]\r\n", "MAIL FROM:<s@example.org>\r\n", "RCPT TO:<ada@example.com>\r\n",
        "DATA\r\n",
      ])
    #expect(sent.last?.hasSuffix("\r\n\r\nUntil Tuesday.\r\n.\r\n") ?? false)
  }

  @Test(
    "each step's 4xx and 421 are retried; 5xx refuses only what is about recipient or message",
    arguments: [
      (0, "greeting", false), (1, "EHLO", false), (2, "MAIL FROM", false), (3, "RCPT TO", true),
      (4, "DATA", true), (5, "message", true),
    ])
  func refusals(_ step: Int, _ asked: String, _ isFinal: Bool) throws {  // N-4
    let good = SMTPDialogueTests.greeted + ["250 ok", "250 ok", "354 go on"]
    for code in ["421", "450", "550", "554"] {
      let said = "\(code) 1.2.3 because"
      let delivery = try talk(Array(good.prefix(step)) + [said]).delivery
      let reason = "\(asked): \(said)"
      #expect(
        delivery
          == (isFinal && code.hasPrefix("5") ? .refused(reason: reason) : .retry(reason: reason)))
    }
    // What makes no sense there is no word for "taken".
    let odd = try talk(Array(good.prefix(step)) + ["334 what"]).delivery
    #expect(odd == .retry(reason: "\(asked): 334 what"))
  }

  @Test("dots at the beginning of lines are doubled, there alone, and a dot ends it")
  func stuffing() {  // N-5
    let stuffed = SMTPDialogue.stuffed(Array(".a\r\n..\r\nb.c\r\n.\r\n".utf8))
    #expect(String(decoding: stuffed, as: UTF8.self) == "..a\r\n...\r\nb.c\r\n..\r\n.\r\n")
  }

  @Test("what was offered before TLS does not count after it, nor what came with the 220")
  func stripping() throws {  // N-5
    let login = SMTPOptions.Login(user: "u", password: "p")
    let (sent, delivery) = try talk(
      [
        "220 x", "250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS",
        "220 go\r\n250-evil\r\n250 AUTH LOGIN\r\n334 give", "250 x",
      ], security: .startTLS, login: login)
    #expect(sent == ["EHLO [192.0.2.1]\r\n", "STARTTLS\r\n", "TLS", "EHLO [192.0.2.1]\r\n"])
    #expect(delivery == .retry(reason: "EHLO: it offers neither AUTH PLAIN nor AUTH LOGIN"))
  }

  @Test("a password goes over no connection that is not encrypted, unless that is allowed")
  func plain() throws {  // N-5
    let login = SMTPOptions.Login(user: "u", password: "p")
    for security in [SMTPOptions.Security.none, .opportunistic] {
      let offered = ["220 x", "250-x\r\n250 AUTH=LOGIN PLAIN"]
      let (sent, delivery) = try talk(offered, security: security, login: login)
      #expect(sent == ["EHLO [192.0.2.1]\r\n"])
      #expect(
        delivery
          == .retry(
            reason: "EHLO: the password is not sent over a connection that is not encrypted"))
      let allowed = try talk(offered, security: security, login: login, allowsPlainLogin: true)
      #expect(allowed.sent.last == "AUTH PLAIN AHUAcA==\r\n")
    }
    let required = try talk(SMTPDialogueTests.greeted, security: .startTLS)
    #expect(required.delivery == .retry(reason: "EHLO: it does not offer STARTTLS"))
  }

  @Test("AUTH LOGIN asks twice, and a login that fails is retried")
  func login() throws {  // N-4
    let login = SMTPOptions.Login(user: "u", password: "p")
    let asked = ["220 x", "250-x\r\n250 AUTH LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"]
    let good = try talk(asked + ["235 ok"], login: login, allowsPlainLogin: true)
    #expect(
      good.sent.dropFirst() == [
        "AUTH LOGIN\r\n", "dQ==\r\n", "cA==\r\n", "MAIL FROM:<s@example.org>\r\n",
      ])
    let bad = try talk(asked + ["535 no"], login: login, allowsPlainLogin: true)
    #expect(bad.delivery == .retry(reason: "AUTH: 535 no"))
  }

  @Test("what is too long for the server is refused before it is sent, at its limit it is not")
  func size() throws {  // N-4
    let count = try rendered(sampleMail()).bytes.count
    #expect(try talk(["220 x", "250-x\r\n250 SIZE \(count)"]).delivery == nil)
    #expect(
      try talk(["220 x", "250-x\r\n250 SIZE \(count - 1)"]).delivery
        == .refused(reason: "the message is longer than the \(count - 1) bytes that it takes"))
    #expect(try talk(["220 x", "250-x\r\n250 SIZE 0"]).delivery == nil)
  }

  @Test("an address that is not ASCII needs SMTPUTF8 and 8BITMIME, and says so to the server")
  func utf8() throws {  // N-4
    let message = sampleMail(to: EmailParty(address: "łucja@example.com"))
    let without = try talk(["220 x", "250-x\r\n250 SMTPUTF8"], message: message).delivery
    guard case .refused = without else {
      Issue.record("\(String(describing: without))")
      return
    }
    let with = try talk(
      ["220 x", "250-x\r\n250-8BITMIME\r\n250 SMTPUTF8", "250 ok"], message: message)
    #expect(
      with.sent.suffix(2) == [
        "MAIL FROM:<s@example.org> BODY=8BITMIME SMTPUTF8\r\n", "RCPT TO:<łucja@example.com>\r\n",
      ])
  }

  @Test("replies are read however they are cut, and what is none is broken")
  func reading() {
    var reader = SMTPReplyReader()
    var replies: [SMTPReplyReader.Step] = []
    for byte in "250-a\r\n250-\r\n250 c\r\n220\n".utf8 {
      reader.append([byte])
      while let step = reader.next() { replies.append(step) }
    }
    #expect(
      replies == [
        .reply(SMTPReply(code: 250, lines: ["a", "", "c"])),
        .reply(SMTPReply(code: 220, lines: [""])),
      ])
    for text in ["HTTP/1.1 400\r\n", "25\r\n", "250-a\r\n251 b\r\n", "999 x\r\n", "250_x\r\n"] {
      var reader = SMTPReplyReader()
      reader.append(text.utf8)
      #expect(reader.next() == .broken(reason: "it does not speak SMTP"), "\(text)")
    }
    var endless = SMTPReplyReader()
    endless.append(Array(repeating: UInt8(ascii: "2"), count: 5_000))
    #expect(endless.next() == .broken(reason: "a line of its reply is too long"))
    var many = SMTPReplyReader()
    for _ in 0..<200 { many.append("250-x\r\n".utf8) }
    #expect(many.next() == .broken(reason: "its reply has too many lines"))
  }
}
