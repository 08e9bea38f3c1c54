internal import Accounting
internal import Booking
internal import Intervals
internal import Letters
internal import Testing

/// What a line of the list says of a time or a sum, as readers of a language expect it.
@Suite struct FormatTests {
  private func lines(_ facts: LetterFacts, _ kind: MessageKind = .paid) throws -> [Substring] {
    try Letters.compose(facts, kind: kind, audience: .client, channel: .email).text
      .split(separator: "\n")
  }

  private func facts(_ language: String) throws -> LetterFacts {
    var facts = try #require(LetterFacts.sample(.paid, to: .client, in: tag(language)))
    facts.reader.zone = rome
    facts.session?.zone = rome
    facts.session?.span = try #require(Span(from: tuesdayAtTen, lastingMinutes: 50))
    return facts
  }

  @Test(
    "money is written as readers of the language write it",  // N-3
    arguments: [
      ("it", 123_456, "EUR", "1.234,56 €"), ("it", 7_000, "EUR", "70,00 €"),
      ("it", 1_234_567, "EUR", "12.345,67 €"), ("it", 100_000, "EUR", "1.000,00 €"),
      ("it-CH", 123_456, "CHF", "CHF 1234.56"),
      ("pl", 18_000, "PLN", "180,00 zł"), ("ro", 25_000, "RON", "250,00 lei"),
      ("ro", 123_450, "RON", "1.234,50 lei"), ("de", 123_456, "EUR", "1.234,56 €"),
      ("de-AT", 9_000, "EUR", "€ 90,00"), ("pt-BR", 18_000, "BRL", "R$ 180,00"),
      ("pt", 18_000, "BRL", "R$ 180,00"), ("pt-PT", 18_000, "EUR", "180,00 €"),
      ("en", 7_000, "EUR", "€70.00"), ("en-US", 123_456, "USD", "$1,234.56"),
      ("en", 18_000, "JPY", "JP¥18,000"), ("de", 1_234_567, "KWD", "1.234,567 KWD"),
      ("it", 1_234_567, "IQD", "1.234,567 IQD"),
      ("it", 9_223_372_036_854_775_807, "EUR", "92.233.720.368.547.758,07 €"),
    ])
  func sums(language: String, minorUnits: Int64, currency: String, expected: String) throws {
    var facts = try facts(language)
    facts.amount = money(minorUnits, currency)
    let line = try #require(try lines(facts).first { $0.contains(/\d/) })
    #expect(line.hasSuffix(": " + expected.replacing(" ", with: "\u{A0}")), "\(line)")
  }

  @Test(
    "a day and its times are written out, by 24 hours but in the United States",  // N-3
    arguments: [
      ("en", "Tuesday, 1 December 2026, 10:00–10:50"),
      ("en-US", "Tuesday, December 1, 2026, 10:00 AM–10:50 AM"),
      ("it", "martedì 1 dicembre 2026, ore 10:00–10:50"),
      ("pl", "wtorek, 1 grudnia 2026, godz. 10:00–10:50"),
      ("ro", "marți, 1 decembrie 2026, orele 10:00–10:50"),
      ("de", "Dienstag, 1. Dezember 2026, 10:00–10:50 Uhr"),
      ("de-AT", "Dienstag, 1. Dezember 2026, 10:00–10:50 Uhr"),
      ("pt-BR", "terça-feira, 1º de dezembro de 2026, das 10:00 às 10:50"),
      ("pt-PT", "terça-feira, 1 de dezembro de 2026, das 10:00 às 10:50"),
    ])
  func times(language: String, expected: String) throws {
    let text = try lines(facts(language)).joined(separator: "\n").replacing("\u{A0}", with: " ")
    #expect(text.replacing("\n  ", with: " ").contains(": " + expected + "\n"), "\(text)")
  }

  @Test("Austria's January is its own")
  func january() throws {
    var facts = try facts("de-AT")
    facts.session?.span = try #require(
      Span(from: tuesdayAtTen.advanced(byMinutes: 31 * 1440), lastingMinutes: 50))
    #expect(try lines(facts).contains { $0.contains("Freitag, 1. Jänner 2027") })
  }

  @Test("a session across midnight says so; one that ends at midnight is of the day that ends")
  func midnight() throws {
    var facts = try facts("en")
    let late = tuesdayAtTen.advanced(byMinutes: 13 * 60 + 30)
    facts.session?.span = try #require(Span(from: late, lastingMinutes: 50))
    #expect(
      try lines(facts).contains("When: Tuesday, 1 December 2026, 23:30–00:20 (next day)"))
    facts.session?.span = try #require(Span(from: late, lastingMinutes: 30))
    #expect(try lines(facts).contains("When: Tuesday, 1 December 2026, 23:30–00:00"))
  }

  @Test("noon and midnight are 12 o'clock where days have two halves")
  func halfDays() throws {
    var facts = try facts("en-US")
    let midnight = tuesdayAtTen.advanced(byMinutes: -600)
    facts.session?.span = try #require(Span(from: midnight, lastingMinutes: 720))
    #expect(
      try lines(facts).contains(
        "When: Tuesday, December 1, 2026, 12:00\u{A0}AM–12:00\u{A0}PM"))
  }

  @Test(
    "times are the reader's; the city is named where its clock is not the session's",  // N-3
    arguments: [
      ("en", "09:00–09:50 (London time)"), ("it", "ore 09:00–09:50 (ora di Londra)"),
      ("pl", "godz. 09:00–09:50 (czas lokalny: Londyn)"),
      ("ro", "orele 09:00–09:50 (ora locală: Londra)"),
      ("de", "09:00–09:50 Uhr (Ortszeit London)"),
      ("pt-BR", "das 09:00 às 09:50 (horário de Londres)"),
      ("pt-PT", "das 09:00 às 09:50 (hora local: Londres)"),
    ])
  func zones(language: String, expected: String) throws {
    var facts = try facts(language)
    facts.reader.zone = london
    let text = try lines(facts).joined(separator: " ").replacing("   ", with: " ")
    #expect(text.contains(expected), "\(text)")
  }

  @Test("a day may be another one for the reader")
  func otherDay() throws {
    var facts = try facts("pt-BR")
    facts.reader.zone = saoPaulo
    let early = tuesdayAtTen.advanced(byMinutes: -8 * 60)
    facts.session?.span = try #require(Span(from: early, lastingMinutes: 50))
    let text = try lines(facts).joined(separator: " ")
    #expect(text.contains("segunda-feira, 30 de novembro de 2026, das 22:00 às 22:50"))
    #expect(text.contains("(horário de São Paulo)"))
  }

  @Test("a zone of the same clock is not named")
  func sameClock() throws {
    var facts = try facts("en")
    facts.reader.zone = london
    facts.session?.zone = london
    #expect(try !lines(facts).contains { $0.contains("time)") })
  }

  @Test("all dates of a series are there, in order")  // B-8
  func series() throws {
    var facts = try facts("en")
    facts.session?.starts = (0..<3).map { tuesdayAtTen.advanced(byMinutes: $0 * 10_080) }
    let found = try lines(facts, .bookingConfirmed)
    let at = try #require(found.firstIndex(of: "Dates:"))
    #expect(
      found[(at + 1)...(at + 3)] == [
        "  Tuesday, 1 December 2026, 10:00–10:50", "  Tuesday, 8 December 2026, 10:00–10:50",
        "  Tuesday, 15 December 2026, 10:00–10:50",
      ])
  }

  @Test("a package that ends at midnight holds through the day before")  // K-1
  func validUntil() throws {
    var facts = try facts("en")
    let midnight = tuesdayAtTen.advanced(byMinutes: -600).instant
    facts.package?.expiresAt = midnight
    #expect(
      try lines(facts, .packageLinked).contains("Valid until: Monday, 30 November 2026"))
    facts.package?.expiresAt = midnight.advanced(byMs: 1)
    #expect(
      try lines(facts, .packageLinked).contains("Valid until: Tuesday, 1 December 2026"))
  }
}
