internal import Booking
internal import Letters
internal import Testing

@Suite struct SafetyTests {
  private func facts(_ kind: MessageKind = .requestDeclined) throws -> LetterFacts {
    try #require(LetterFacts.sample(kind, to: .client, in: tag("en")))
  }

  @Test("what people wrote is text in the HTML, also with marks on the signs")  // N-3
  func escaped() throws {
    var facts = try facts()
    facts.note = "<script>alert(1)</script> & \"'"
    facts.session?.therapist = "O'Neil <b>\"\u{301} onload=x"
    facts.reader.name = "<\u{338}img src=x>"
    let letter = try Letters.compose(
      facts, kind: .requestDeclined, audience: .client, channel: .email)
    let html = try #require(letter.html)
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;"))
    #expect(html.contains("O&#39;Neil &lt;b&gt;&quot;\u{301} onload=x"))
    #expect(html.contains("&lt;\u{338}img src=x&gt;"))
    #expect(letter.text.contains("<script>alert(1)</script> & \"'"))
  }

  @Test("a name does not start another line of the mail's header")
  func header() throws {
    var facts = try facts()
    facts.sender = "Aurora\r\nBcc: all@example.org\u{2028}x\u{0}\u{202E}y"
    let letter = try Letters.compose(
      facts, kind: .requestDeclined, audience: .client, channel: .email)
    #expect(letter.subject == "Aurora Bcc: all@example.org x y: about your request")
  }

  @Test("a template's subject is one line whatever its values are")
  func templateHeader() throws {
    let template = LetterTemplate(
      kind: .requestDeclined, audience: .client, language: tag("en"),
      body: .email(subject: "{{sender}}", text: "a", html: "b"))
    var facts = try facts()
    facts.sender = "A\r\nBcc: x"
    #expect(try template.preview(facts).subject == "A Bcc: x")
    facts.sender = String(repeating: "a", count: 1_000)
    #expect(try template.preview(facts).subject?.count == 150)
  }

  @Test("values are not templates")
  func noSecondPass() throws {
    var facts = try facts()
    facts.note = "{{sender}} {date}"
    let letter = try Letters.compose(
      facts, kind: .requestDeclined, audience: .client, channel: .email)
    #expect(letter.text.contains("Reason: {{sender}} {date}\n"))
  }

  @Test("a reason of several lines keeps them")
  func lines() throws {
    var facts = try facts()
    facts.note = "One.\n\nTwo."
    let letter = try Letters.compose(
      facts, kind: .requestDeclined, audience: .client, channel: .email)
    #expect(letter.text.contains("Reason:\n  One.\n  Two.\n"))
    #expect(try #require(letter.html).contains("<div>One.</div><div>Two.</div>"))
  }

  @Test("the HTML loads nothing, and says its language", arguments: languages)  // N-3
  func html(language: String) throws {
    var facts = try facts(.reminder)
    facts.reader.language = tag(language)
    let html = try #require(
      try Letters.compose(facts, kind: .reminder, audience: .client, channel: .email).html)
    for word in ["<img", "<script", "src=", "url(", "<link", "<table", "@import"] {
      #expect(!html.contains(word))
    }
    #expect(html.contains("<html lang=\"\(language.prefix(2))"))
    #expect(html.contains("name=\"color-scheme\" content=\"light dark\""))
  }

  @Test("links are there only where they are given, paying and cancelling only for clients")
  func links() throws {
    var facts = try facts(.bookingConfirmed)
    facts.session?.place = .online
    func text(_ audience: Audience) throws -> String {
      try Letters.compose(facts, kind: .bookingConfirmed, audience: audience, channel: .email).text
    }
    let paths = ["https://example.org/c/", "https://example.org/p/", "https://example.org/j/"]
    #expect(try paths.allSatisfy(text(.client).contains))
    #expect(try paths.filter(text(.therapist).contains) == [paths[2]])
    facts.links = LetterFacts.Links()
    #expect(try !text(.client).contains("https") && !text(.client).contains("link"))
  }
}
