internal import Booking
internal import Foundation
internal import Intervals
internal import Letters
internal import Testing

@Suite struct TemplateTests {
  private func mail(
    _ subject: String, text: String = "a", html: String = "<p>a</p>", language: String = "it",
    kind: MessageKind = .reminder, audience: Audience = .client
  ) -> LetterTemplate {
    LetterTemplate(
      kind: kind, audience: audience, language: tag(language),
      body: .email(subject: subject, text: text, html: html))
  }

  private func sms(_ text: String, language: String = "it") -> LetterTemplate {
    LetterTemplate(
      kind: .reminder, audience: .client, language: tag(language), body: .sms(text: text))
  }

  private func facts(_ language: String) throws -> LetterFacts {
    try #require(LetterFacts.sample(.reminder, to: .client, in: tag(language)))
  }

  @Test("a template replaces our letter, with all that is known filled in")  // N-3
  func replaced() throws {
    let template = mail(
      "{{sender}}: {{short_when}}",
      text: """
        Ciao {{reader}}!
        {{#starts}}
        - {{.}}
        {{/starts}}
        {{#in_person}}
        {{#address}}
        {{.}}
        {{/address}}
        {{/in_person}}
        {{^online}}{{room}}{{/online}}
        {{! nobody sees this }}


        {{therapist}}
        """,
      html: "<p>{{therapist}} &amp; {{client}}</p>")
    #expect(template.validate() == [])
    var facts = try facts("it")
    facts.session?.therapist = "<Anna>"
    let letter = try Letters.compose(
      facts, kind: .reminder, audience: .client, channel: .email, overriding: [template])
    #expect(letter.subject == "Studio Aurora: mar 1/12 ore 10:00")
    #expect(
      letter.text
        == "Ciao Maria Rossi!\nVia Garibaldi 12\n20121 Milano\nStanza 2\n\n<Anna>\n")
    #expect(letter.html == "<p>&lt;Anna&gt; &amp; Maria Rossi</p>")
    #expect(try template.preview(facts) == letter)
  }

  @Test(
    "of a partner's templates the reader's own tag comes first, then the language, then English",
    arguments: [
      ("pt-BR", ["en", "pt", "pt-BR"], "pt-BR"), ("pt-PT", ["en", "pt", "pt-BR"], "pt"),
      ("PT-br", ["pt-BR"], "pt-BR"), ("zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"),
      ("fr", ["fr", "en"], "fr"), ("fr", ["en", "it"], "en"), ("en-US", ["en", "en-GB"], "en"),
    ])  // N-3
  func fallback(reader: String, languages: [String], chosen: String) throws {
    let templates = languages.map { mail($0, language: $0) }
    let letter = try Letters.compose(
      facts(reader), kind: .reminder, audience: .client, channel: .email, overriding: templates)
    #expect(letter.subject == chosen)
  }

  @Test(
    "our letter in the reader's language comes before a partner's in another",
    arguments: [
      ("it", ["en", "de", "it-CH"], "Studio Aurora: promemoria del Suo appuntamento"),
      ("pt-AO", [], "Studio Aurora: lembrete do seu horário"),
      ("pt", [], "Studio Aurora: lembrete do seu horário"),
      ("pt-PT", ["pt-BR"], "Studio Aurora: lembrete da sua marcação"),
      ("de-CH", [], "Studio Aurora: Erinnerung an Ihren Termin"),
      ("RO-ro", [], "Studio Aurora: programarea dumneavoastră se apropie"),
      ("fr", ["de"], "Studio Aurora: a reminder of your appointment"),
      ("ita", [], "Studio Aurora: a reminder of your appointment"),
    ])  // N-3
  func ours(reader: String, languages: [String], subject: String) throws {
    let templates = languages.map { mail($0, language: $0) }
    let letter = try Letters.compose(
      facts(reader), kind: .reminder, audience: .client, channel: .email, overriding: templates)
    #expect(letter.subject == subject)
  }

  @Test("a template holds for its kind, reader and channel alone")
  func fits() throws {
    let others = [
      mail("x", kind: .paid), mail("x", audience: .therapist), sms("x"),
    ]
    let letter = try Letters.compose(
      facts("it"), kind: .reminder, audience: .client, channel: .email, overriding: others)
    #expect(letter.subject == "Studio Aurora: promemoria del Suo appuntamento")
  }

  @Test("a language of the partner's own has its own dates")
  func french() throws {
    let letter = try Letters.compose(
      facts("fr"), kind: .reminder, audience: .client, channel: .email,
      overriding: [mail("a", text: "{{when}}, {{amount}}", language: "fr")])
    #expect(letter.text == "mardi 1 décembre 2026, 10:00–10:50, 70,00\u{A0}€\n")
  }

  @Test("an SMS of a kind that we do not write can be a partner's own")
  func ownMessage() throws {
    let template = LetterTemplate(
      kind: .paid, audience: .client, language: tag("en"), body: .sms(text: "Thanks, {{sender}}"))
    #expect(template.validate() == [])
    let facts = try #require(LetterFacts.sample(.paid, to: .client, in: tag("en")))
    let letter = try Letters.compose(
      facts, kind: .paid, audience: .client, channel: .sms, overriding: [template])
    #expect(letter == .sms(text: "Thanks, Studio Aurora"))
  }

  @Test("what is unknown is refused by name, with what is known")
  func unknown() throws {
    let faults = mail("a", text: "{{therapist_name}} {{#foo}}{{/foo}}").validate()
    #expect(faults.map(\.field) == ["text", "text", "text"])
    #expect(faults[0].expected.hasPrefix("one of address, alternatives, amount, "))
    #expect(faults[0].expected.hasSuffix("; not \"therapist_name\""))
    #expect(faults[1].expected.hasSuffix("; not \"foo\""))
  }

  @Test(
    "what Mustache can do besides is refused",
    arguments: [
      "{{> header}}", "{{>header}}", "{{< parent}}{{/parent}}", "{{$block}}{{/block}}",
      "{{{reader}}}", "{{& reader}}", "{{=<% %>=}}", "{{% CONTENT_TYPE:HTML}}",
      "{{uppercased(reader)}}", "{{reader.count}}", "{{.reader}}", "{{}}", "{{#}}", "{{ }}",
      "{{#starts}}{{first()}}{{/starts}}", "{{reader\n}}", "{{>*reader}}",
    ])
  func refused(source: String) {
    let faults = mail("a", html: source).validate()
    #expect(!faults.isEmpty && faults.allSatisfy { $0.field == "html" }, "\(faults)")
  }

  @Test(
    "sections that do not fit are refused",
    arguments: [
      "{{#online}}", "{{/online}}", "{{#online}}{{#note}}{{/online}}{{/note}}", "{{online}}",
      "{{starts}}", "{{.}}", "{{^starts}}{{.}}{{/starts}}", "{{#online}}{{.}}{{/online}}",
      "{{#starts}}{{#alternatives}}{{/alternatives}}{{/starts}}", "{{reader", "{{ {{reader}}",
      String(repeating: "{{#note}}", count: 9) + String(repeating: "{{/note}}", count: 9),
    ])
  func misplaced(source: String) {
    #expect(mail("a", text: source).validate().map(\.field).first == "text")
  }

  @Test("a subject is one line that is never empty; sizes have limits")
  func bounds() {
    func fields(_ template: LetterTemplate) -> [String] { template.validate().map(\.field) }
    #expect(fields(mail("a\nb")) == ["subject"])
    #expect(fields(mail("a\r\nb")) == ["subject"])
    #expect(fields(mail(" ")) == ["subject"])
    #expect(fields(mail("{{#online}}a{{/online}}")) == ["subject"])
    #expect(fields(mail("{{fee}}")) == ["subject"])
    #expect(fields(mail("a", text: "", html: " \n")) == ["text", "html"])
    #expect(fields(mail(String(repeating: "a", count: 300))) == [])
    #expect(fields(mail(String(repeating: "a", count: 301))) == ["subject"])
    #expect(fields(mail("a", text: String(repeating: "a", count: 20_000))) == [])
    #expect(fields(mail("a", text: String(repeating: "a", count: 20_001))) == ["text"])
    #expect(fields(mail("a", html: String(repeating: "a", count: 50_000))) == [])
    #expect(fields(mail("a", html: String(repeating: "a", count: 50_001))) == ["html"])
    #expect(fields(sms(String(repeating: "a", count: 1_000))) == [])
    #expect(fields(sms(String(repeating: "a", count: 1_001))) == ["sms"])
    #expect(fields(sms("{{#when}} {{/when}}")) == ["sms"])
    #expect(fields(mail("a", kind: .paid, audience: .therapist)) == ["audience"])
  }

  @Test(
    "subjects and SMS may not name what others should not read",  // N-1
    arguments: [
      "therapist", "client", "service", "room", "address", "note", "package", "package_price",
    ])
  func discreet(name: String) {
    let section = "a {{#\(name)}}b{{/\(name)}}"
    #expect(mail(section).validate().map(\.field) == ["subject", "subject"])
    #expect(sms(section).validate().map(\.field) == ["sms", "sms"])
    #expect(mail("a", text: section).validate() == [])
  }

  @Test("a long series does not make a letter without end")
  func large() throws {
    let template = mail(
      "a", html: "{{#starts}}" + String(repeating: "a", count: 20_000) + "{{/starts}}")
    #expect(template.validate() == [])
    var facts = try facts("it")
    facts.session?.starts = (0..<100).map { tuesdayAtTen.advanced(byMinutes: $0 * 1440) }
    #expect(throws: LetterError.unusable("text and HTML are more than 1 MB")) {
      try template.preview(facts)
    }
  }

  @Test("each variable can be used, and is explained in docs/templates.md")
  func documented() throws {
    let docs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/templates.md")
    let page = try String(contentsOf: docs, encoding: .utf8)
    for name in LetterTemplate.variables {
      #expect(mail("a", text: "a {{#\(name)}}b{{/\(name)}}").validate() == [])
      #expect(page.contains("| `\(name)` |"), "\(name)")
    }
  }
}
