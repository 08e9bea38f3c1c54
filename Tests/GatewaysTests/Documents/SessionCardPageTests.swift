internal import Gateways
internal import Intervals
internal import Testing

@Suite struct SessionCardPageTests {
  private static let languages = ["en", "en-US", "it", "pl", "ro", "de", "pt-BR", "pt-PT"]

  @Test(
    "pages are A4, with all ink between the margins, whatever the language and the length",
    arguments: languages, [0, 1, 60])
  func pages(language: String, count: Int) throws {  // K-8
    let card = makeCard(
      language: language, client: long, sessions: count, notes: long, therapist: long,
      procedure: long, place: long, status: .custom(long), price: money(123_456_789, "BRL"))
    let poppler = try Poppler(PangoCardPrinter().print(card))
    defer { poppler.remove() }
    let facts = try poppler.facts()
    #expect(facts["Page size"] == "595.276 x 841.89 pts (A4)")
    let last = try #require(Int(facts["Pages"] ?? ""))
    #expect(count < 60 ? last <= 2 : last > 3)
    for page in Set([1, last]) {
      let picture = try poppler.picture(page: page)
      let ink = try #require(picture.inked)
      // The margins of 48, 44 and 36 points, less a pixel for what is drawn on an edge.
      #expect(ink.left >= 23 && ink.right <= picture.width - 24)
      #expect(ink.top >= 21 && ink.bottom <= picture.height - 17)
      #expect(ink.right - ink.left > 240)
    }
  }

  @Test("every page has the table's head, who it is about, and its number among all")
  func heads() throws {  // K-8
    let text = try lines(makeCard(sessions: 60)).joined(separator: "\n")
    let pages = text.split(separator: "\u{C}").map { $0.split(separator: "\n") }
    try #require(pages.count == 4)
    for (index, page) in pages.enumerated() {
      #expect(page.count { $0 == "No. Date Time Session Status" } == 1)
      #expect(page.last?.hasSuffix("Page \(index + 1) of 4") == true)
      #expect(
        page.contains(
          index == 0 ? "Anna Bianchi per session 22 December 2026" : "Inverno Anna Bianchi"))
    }
  }

  @Test("a thousand sessions are all printed, in order and once")
  func thousand() throws {  // K-8
    let rows = try lines(makeCard(sessions: 1_000)).filter { $0.hasSuffix(" Attended") }
    let numbers = rows.map { String($0.prefix { $0 != " " }) }
    #expect(numbers.count == 1_000)
    #expect(numbers.prefix(2) == ["1", "2"])
    #expect(numbers.suffix(2) == ["999", "1,000"])
  }

  @Test("notes of any length go on over the pages, and none of their lines is lost")
  func notes() throws {  // K-8
    let notes = (1...200).map { "Line \($0)." }
    let printed = try lines(makeCard(notes: notes.joined(separator: "\n")))
    #expect(printed.map { $0.filter { $0 != "\u{C}" } }.filter { $0.hasPrefix("Line ") } == notes)
    let heading = try #require(printed.firstIndex(of: "Notes"))
    #expect(printed[heading + 1] == "Line 1.")
  }

  @Test("the headline of the notes never stands alone at a page's foot", arguments: 8...40)
  func orphan(count: Int) throws {  // K-8
    let printed = try lines(makeCard(sessions: count, notes: "Ring twice."))
    let heading = try #require(printed.firstIndex { $0.hasSuffix("Notes") })
    #expect(printed[heading + 1] == "Ring twice.")
  }

  @Test("the file's title names nobody, its date is the card's, and its fonts come with it")
  func metadata() throws {  // K-8
    let poppler = try Poppler(PangoCardPrinter().print(makeCard(language: "it")))
    defer { poppler.remove() }
    let facts = try poppler.facts()
    #expect(facts["Title"] == "Scheda delle sedute")
    #expect(facts["CreationDate"]?.hasPrefix("Tue Dec 22 15:00:00 2026") == true)
    #expect(facts["Author"] == nil && facts["Subject"] == nil && facts["Keywords"] == nil)
    let fonts = try poppler.fonts()
    #expect(!fonts.isEmpty)
    // The columns that end a row: emb, sub, uni, and the object's two numbers.
    #expect(fonts.allSatisfy { $0.suffix(5).prefix(3) == ["yes", "yes", "yes"] })
  }

  @Test("the same card is the same bytes, on many threads at once")
  func threads() async throws {  // K-8
    let cards = ["it", "de", "pl"].map { makeCard(language: $0, sessions: 20) }
    let alone = try cards.map { try PangoCardPrinter().print($0) }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<24 {
        group.addTask { try PangoCardPrinter().print(cards[index % 3]) == alone[index % 3] }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test("a zone that nobody knows is refused by its name")
  func unknownZone() {  // K-8
    var card = makeCard()
    card.zone = "Europe/Atlantis"
    #expect(throws: SessionCardError.unknownZone("Europe/Atlantis")) {
      try PangoCardPrinter().print(card)
    }
  }
}

private let long =
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und "
  + String(repeating: "W", count: 200)
