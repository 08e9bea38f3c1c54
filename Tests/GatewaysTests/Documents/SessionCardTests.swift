internal import Accounting
internal import Gateways
internal import Intervals
internal import Testing

@Suite struct SessionCardTests {
  @Test("in each language the whole card reads as it should", arguments: cardsInAllLanguages.keys)
  func whole(language: String) throws {  // K-8
    let printed = try lines(wholeCard(language)).filter { $0 != "\u{C}" }
    #expect(printed == cardsInAllLanguages[language])
  }

  @Test(
    "the language is the tag's, with its country's way to write where it has one, else English",
    arguments: [
      ("fr", "Session card", "€70.00"), ("", "Session card", "€70.00"),
      ("pt", "Ficha de sessões", "€ 70,00"), ("pt-AO", "Ficha de sessões", "70,00 €"),
      ("de-AT", "Sitzungsübersicht", "€ 70,00"), ("IT_it", "Scheda delle sedute", "70,00 €"),
      ("de-Latn-CH", "Sitzungsübersicht", "EUR 70.00"),
    ])
  func fallback(tag: String, title: String, price: String) throws {  // K-8
    let printed = try lines(makeCard(language: tag, price: money(7_000, "EUR")))
    #expect(printed[1] == title)
    #expect(printed.contains { $0.hasPrefix("1 ") && $0.hasSuffix(" \(price)") })
  }

  @Test(
    "counts agree with their noun",
    arguments: [
      ("pl", 1, "1 sesja"), ("pl", 2, "2 sesje"), ("pl", 5, "5 sesji"), ("pl", 12, "12 sesji"),
      ("pl", 22, "22 sesje"), ("pl", 0, "0 sesji"), ("ro", 1, "1 ședință"),
      ("ro", 0, "0 ședințe"), ("ro", 19, "19 ședințe"), ("ro", 20, "20 de ședințe"),
      ("ro", 101, "101 ședințe"), ("it", 1, "1 seduta"), ("it", 2, "2 sedute"),
      ("pt-BR", 0, "0 sessão"), ("pt-PT", 0, "0 sessões"), ("de", 1, "1 Sitzung"),
      ("en", 1, "1 session"),
    ])
  func plurals(language: String, count: Int, text: String) throws {  // K-8
    var card = makeCard(language: language)
    card.balance.total = count
    #expect(try lines(card)[3] == text)
  }

  @Test(
    "money has the digits that its currency has",
    arguments: [
      ("JPY", 7_000, "7000 JPY"), ("KWD", 7_000, "7,000 KWD"), ("EUR", -5, "-0,05 €"),
      ("IQD", 12_345, "12,345 IQD"),
    ])
  func digits(code: String, minorUnits: Int64, text: String) throws {  // K-8
    let printed = try lines(makeCard(language: "it", price: money(minorUnits, code)))
    #expect(printed.contains { $0.hasSuffix(" \(text)") })
  }

  @Test("what is not known has no line, and a price that no session has no column")
  func leftOut() throws {  // K-8
    let printed = try lines(makeCard(sessions: 0))
    #expect(printed.contains("No sessions have been booked yet."))
    for label in ["Phone", "Insurer", "Authorisation number", "Notes", "No."] {
      #expect(!printed.contains { $0.contains(label + " ") || $0.hasSuffix(label) })
    }
    #expect(try lines(makeCard()).contains("No. Date Time Session Status"))
  }

  @Test(
    "a package that ends at midnight ends with the day before; one that ends later, with its day")
  func lastDay() throws {  // K-8
    var card = makeCard()
    // The first instant of 2027 in Rome.
    card.validUntil = Instant(msSinceEpoch: 1_798_758_000_000)
    #expect(try lines(card).contains { $0.contains("31 December 2026") })
    card.validUntil = Instant(msSinceEpoch: 1_798_758_000_001)
    #expect(try lines(card).contains { $0.contains("1 January 2027") })
  }

  @Test("days, times and the zone's name are the card's zone's")
  func zones() throws {  // K-8
    var card = makeCard()
    card.zone = "Asia/Tokyo"
    #expect(try lines(card).contains { $0.contains("1 Wed, 23 Dec 2026 00:00–00:50") })
    card.zone = "UTC"
    #expect(try lines(card).contains { $0.contains("Time zone: UTC") })
  }
}

/// A card that says everything, with a session of every status.
private func wholeCard(_ language: String) -> SessionCard {
  let currencies = ["pl": "PLN", "ro": "RON", "pt-BR": "BRL", "en-US": "USD", "en": "GBP"]
  let code = currencies[language] ?? "EUR"
  var card = makeCard(language: language, client: "Anna Bianchi")
  card.phone = "+39 333 1234567"
  card.insurer = "Salus"
  card.authorisationNumber = "AU-4711"
  card.notes = "A.\n\nB."
  // The midnight in Rome with which 2027 begins.
  card.validUntil = Instant(msSinceEpoch: 1_798_758_000_000)
  card.renewal = .automatic
  card.posting = .totalValue(money(123_450, code))
  let statuses: [SessionCard.Status] = [
    .requested, .scheduled, .inProgress, .completed, .attended, .noShow, .cancelled, .declined,
    .expired, .released, .custom("Later"),
  ]
  card.sessions = statuses.enumerated().map { index, status in
    let start = winterAfternoon.advanced(byMs: Int64(index) * 26 * 3_600_000)
    return SessionCard.Session(
      number: index + 1, start: start, end: start.advanced(byMs: 50 * 60_000),
      therapistName: "Rossi", status: status, price: index == 0 ? money(7_000, code) : nil)
  }
  return card
}
