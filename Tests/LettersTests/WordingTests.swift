internal import Booking
internal import Letters
internal import Testing

@Suite struct WordingTests {
  // N-1, N-3
  @Test("every letter is whole in every language, whatever is known", arguments: Case.all)
  func whole(letter: Case) throws {
    for facts in letter.variants {
      let written = try letter.letter(facts)
      for part in [written.subject, written.text].compactMap({ $0 }) {
        #expect(!part.isEmpty)
        for flaw in [
          "{", "}", "  ", " .", " ,", " ;", " !", "..", ",,", "\n\n\n", "()", "Optional",
        ] {
          // The list's lines are indented.
          #expect(!part.replacing("\n  ", with: "\n").contains(flaw), "\(flaw) in: \(part)")
        }
      }
      if let html = written.html {
        #expect(!html.contains("{{") && !html.contains("<p></p>") && !html.contains("></a>"))
      }
    }
  }

  @Test("the plain part has lines of at most 72 characters, and ends one", arguments: Case.all)
  func wrapped(letter: Case) throws {
    guard letter.channel == .email else { return }
    for facts in letter.variants {
      let text = try letter.letter(facts).text
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
      for line in text.split(separator: "\n") where !line.hasPrefix("https://") {
        #expect(line.count <= 74, "\(line)")
        #expect(line.last != " ")
      }
    }
  }

  @Test("where a kind goes to both, they do not read the same", arguments: languages)  // N-1
  func audiences(language: String) throws {
    for kind in MessageKind.allCases where Letters.audiences(of: kind).count == 2 {
      let facts = try #require(LetterFacts.sample(kind, to: .client, in: tag(language)))
      let texts = try Audience.allCases.map {
        try Letters.compose(facts, kind: kind, audience: $0, channel: .email).text
      }
      #expect(texts[0] != texts[1])
    }
  }

  @Test("who cancelled is said to each as it is", arguments: languages)  // N-1
  func cancelled(language: String) throws {
    for audience in Audience.allCases {
      var facts = try #require(
        LetterFacts.sample(.appointmentCancelled, to: audience, in: tag(language)))
      let texts = try [LetterFacts.Doer.client, .therapist, .practice, .unstated].map { doer in
        facts.doneBy = doer
        return try Letters.compose(
          facts, kind: .appointmentCancelled, audience: audience, channel: .email
        ).text
      }
      #expect(Set(texts).count == 4)
    }
  }

  @Test("what is not written is refused, and not sent empty")
  func notWritten() throws {
    let facts = try #require(LetterFacts.sample(.paid, to: .client, in: tag("en")))
    #expect(throws: LetterError.notWritten(kind: "PAID", audience: .therapist, channel: .email)) {
      try Letters.compose(facts, kind: .paid, audience: .therapist, channel: .email)
    }
    #expect(throws: LetterError.notWritten(kind: "PAID", audience: .client, channel: .sms)) {
      try Letters.compose(facts, kind: .paid, audience: .client, channel: .sms)
    }
    let failed = LetterError.notWritten(kind: "PAYMENT_FAILED", audience: .client, channel: .sms)
    let ofBenefit = LetterFacts(sender: facts.sender, reader: facts.reader, amount: facts.amount)
    #expect(throws: failed) {
      try Letters.compose(ofBenefit, kind: .paymentFailed, audience: .client, channel: .sms)
    }
  }

  @Test("every language writes the same SMS")
  func sameMessages() {
    let written = Dictionary(grouping: Case.all.filter { $0.channel == .sms }, by: \.language)
    #expect(Set(written.values.map(\.count)) == [14])
  }

  @Test("Romanian has its letters with a comma below, never a cedilla")  // N-3
  func commaBelow() throws {
    for letter in Case.all where letter.language == "ro" {
      for facts in letter.variants {
        let written = try letter.letter(facts)
        let all = (written.subject ?? "") + written.text
        #expect(!all.unicodeScalars.contains { "şţŞŢ".unicodeScalars.contains($0) })
      }
    }
  }
}
