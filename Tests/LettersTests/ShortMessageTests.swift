internal import Booking
internal import Letters
internal import Testing

@Suite struct ShortMessageTests {
  /// A count of its own: which characters cost nothing, by 3GPP TS 23.038.
  private static let septet = Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
      + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")

  private static func parts(_ text: String) -> Int {
    if text.allSatisfy({ septet.contains($0) || "^{}\\[~]|€".contains($0) }) {
      let length = text.reduce(0) { $0 + (septet.contains($1) ? 1 : 2) }
      return length <= 160 ? 1 : (length + 152) / 153
    }
    return text.utf16.count <= 70 ? 1 : (text.utf16.count + 66) / 67
  }

  @Test("an SMS has at most two parts", arguments: Case.all.filter { $0.channel == .sms })  // N-5
  func length(letter: Case) throws {
    for facts in letter.variants {
      #expect(ShortMessageTests.parts(try letter.letter(facts).text) <= 2)
    }
  }

  @Test(
    "in English, Italian and German one part is enough where there is no link",
    arguments: Case.all.filter {
      $0.channel == .sms && ["en", "en-US", "it", "de", "de-AT"].contains($0.language)
    })
  func onePart(letter: Case) throws {
    for var facts in letter.variants {
      facts.links = LetterFacts.Links()
      facts.session?.zone = facts.reader.zone
      let text = try letter.letter(facts).text
      #expect(ShortMessageTests.parts(text) == 1, "\(text)")
    }
  }

  @Test("a name and a link that are too long do not make it longer", arguments: languages)
  func long(language: String) throws {
    var facts = try #require(LetterFacts.sample(.reminder, to: .client, in: tag(language)))
    facts.sender = String(repeating: "Łąka i Żółw ", count: 20)
    facts.session?.place = .online
    facts.links.join = "https://example.org/" + String(repeating: "a", count: 400)
    let text = try Letters.compose(facts, kind: .reminder, audience: .client, channel: .sms).text
    #expect(ShortMessageTests.parts(text) <= 2)
    #expect(text.contains("10:00"))
    #expect(!text.contains("https"))
  }

  @Test("what is too long with its accents goes without them, with its link")
  func plain() throws {
    var facts = try #require(LetterFacts.sample(.reminder, to: .client, in: tag("pl")))
    facts.session?.place = .online
    facts.links.join = "https://example.org/" + String(repeating: "a", count: 90)
    let text = try Letters.compose(facts, kind: .reminder, audience: .client, channel: .sms).text
    #expect(
      text
        == "Studio Aurora: przypominamy o wizycie, wt. 1.12, godz. 10:00. Link do rozmowy: "
        + (facts.links.join ?? ""))
  }
}
