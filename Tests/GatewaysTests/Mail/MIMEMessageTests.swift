internal import Gateways
internal import Intervals
internal import Testing

@Suite struct MIMEMessageTests {
  @Test("a message with two parts, byte for byte; the same each time")
  func golden() throws {  // N-4, N-5
    let message = sampleMail(
      from: EmailParty(name: "Studio, Rossi", address: "studio@example.org"),
      to: EmailParty(name: "Łucja", address: "lucja@bücher.example"),
      replyTo: EmailParty(address: "desk@example.org"), subject: "Wizyta: środa",
      text: "Do środy.\n.\nFrom us", html: "<p>Привет, до вторника</p>",
      unsubscribeURL: "https://example.org/u?x=1")
    let lines = [
      "From: \"Studio, Rossi\" <studio@example.org>",
      "To: =?UTF-8?B?xYF1Y2ph?= <lucja@xn--bcher-kva.example>",
      "Reply-To: desk@example.org",
      "Subject: =?UTF-8?Q?Wizyta=3A_=C5=9Broda?=",
      "Date: Mon, 01 Mar 2027 08:05:09 +0000",
      "Message-ID: <msg_1@example.org>",
      "Auto-Submitted: auto-generated",
      "List-Unsubscribe: <https://example.org/u?x=1>",
      "MIME-Version: 1.0",
    ]
    let text = try mimeText(message)
    #expect(text.hasPrefix(lines.joined(separator: "\r\n") + "\r\nContent-Type: multipart/"))
    #expect(text.contains("\r\n\r\nDo =C5=9Brody.\r\n.\r\n=46rom us\r\n--=_"))
    #expect(text.contains("text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"))
    #expect(try mimeText(message) == text)
  }

  @Test("the date is right about midnight, before 1970 and in a leap year")
  func dates() throws {
    for (ms, date) in [
      (Int64(0), "Thu, 01 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
      (1_709_251_199_999, "Thu, 29 Feb 2024 23:59:59 +0000"),
      (1_709_251_200_000, "Fri, 01 Mar 2024 00:00:00 +0000"),
    ] {
      let message = EmailMessage(
        id: "m", date: .init(msSinceEpoch: ms), from: EmailParty(address: "s@example.org"),
        to: EmailParty(address: "a@example.org"), subject: "", text: "")
      #expect(try mimeText(message).contains("\r\nDate: \(date)\r\n"))
    }
  }

  @Test(
    "no text makes a header, whatever line end is in it",
    arguments: ["\r\n", "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}", "\0"])
  func injection(_ end: String) throws {  // N-5
    let attack = "a\(end)Bcc: eve@evil.example\(end)\(end)b"
    let text = try mimeText(
      sampleMail(
        id: attack, from: EmailParty(name: attack, address: "s@example.org"),
        to: EmailParty(name: attack, address: "ada@example.com"), subject: attack,
        unsubscribeURL: "https://example.org/\(attack)"))
    let head = try #require(text.split(separator: "\r\n\r\n").first)
    let names = head.split(separator: "\r\n").filter { !$0.hasPrefix(" ") }
      .map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(text.hasSuffix("\r\n\r\nUntil Tuesday.\r\n"))
    for address in ["a@example.com\(end)Bcc: x@y.z", "a\(end)@example.com", "a@exam\(end)ple.com"] {
      #expect(throws: NotRendered.self) {
        try rendered(sampleMail(to: EmailParty(address: address)))
      }
    }
  }

  @Test("no line is longer than 78, whatever the lengths of subject, name and words")
  func folding() throws {
    for unit in ["a", "ä", "山", "👩‍👩‍👧‍👦", "e\u{301}\u{302}\u{303}\u{304}\u{305}", "a b ", "\""] {
      for count in [1, 15, 16, 17, 40, 63, 64, 65, 200] {
        let long = String(repeating: unit, count: count)
        let text = try mimeText(
          sampleMail(
            to: EmailParty(name: long, address: "ada@example.com"), subject: long, text: long,
            html: long))
        #expect(text.utf8.split(separator: 10).allSatisfy { $0.count <= 79 }, "\(unit) \(count)")
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
      }
    }
  }

  @Test("an id that a Message-ID cannot hold is its digest, another one for another id")
  func ids() throws {
    func id(_ id: String) throws -> Substring? {
      try mimeText(sampleMail(id: id)).split(separator: "\r\n")
        .first { $0.hasPrefix("Message-ID: ") }
    }
    #expect(try id("msg_0-A") == "Message-ID: <msg_0-A@example.org>")
    #expect(try id("a>b")?.count == "Message-ID: <@example.org>".count + 64)
    #expect(try id("a>b") != id("a>c"))
    #expect(try id("")?.count == "Message-ID: <@example.org>".count + 64)
  }

  @Test("which address cannot be used is named")
  func refused() {
    let bad = EmailParty(name: "x", address: "not one")
    #expect(throws: NotRendered.self) { try rendered(sampleMail(from: bad)) }
    #expect(throws: NotRendered.self) { try rendered(sampleMail(replyTo: bad)) }
    guard case .refused(let reason) = MIMEMessage.rendering(sampleMail(to: bad)) else {
      Issue.record("it was rendered")
      return
    }
    #expect(reason == "to: expected an e-mail address")
    #expect(!bad.isAddress)
  }
}
