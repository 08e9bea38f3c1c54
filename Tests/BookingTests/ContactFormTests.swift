internal import Booking
internal import Testing

struct ContactFormTests {
  @Test(
    "an address is something, one @, and a domain with a dot",
    arguments: [
      "a@b.c", "anna.bianchi+seduta@posta.example.it", "józef@przykład.pl", "a@b.c-d.e",
    ])
  func email(_ text: String) {
    #expect(EmailAddress(text)?.text == text)
  }

  @Test(
    "what is no address is none",
    arguments: [
      "", "@", "a", "a@", "@b.c", "a@b", "a@@b.c", "a@b@c.d", "a@.c", "a@b.", "a@b..c", "a b@c.d",
      "a@b.c ", " a@b.c", "a@b.c\n", "a\r\n@b.c", "a\t@b.c", "a@b.c\u{0}", "a@b.\u{7F}",
    ])
  func noEmail(_ text: String) {
    #expect(EmailAddress(text) == nil)
  }

  @Test("an address has at most 254 bytes")
  func emailLength() {
    let longest = String(repeating: "a", count: EmailAddress.lengthMax - 4) + "@b.c"
    #expect(longest.utf8.count == 254)
    #expect(EmailAddress(longest)?.text == longest)
    #expect(EmailAddress("a" + longest) == nil)
    // Bytes, not characters: each of these has two.
    #expect(EmailAddress(String(repeating: "é", count: 126) + "@b.c") == nil)
  }

  @Test(
    "a number is + and 7 to 15 digits, the first not 0",
    arguments: [
      ("+1234567", true), ("+123456789012345", true), ("+123456", false),
      ("+1234567890123456", false), ("+0123456789", false), ("1234567890", false), ("", false),
      ("+", false), ("+39 06 123456", false), ("+39-06123456", false), ("++390612345", false),
      ("+3906123456a", false), ("+٣٩٠٦١٢٣٤", false), ("+390612345678\n", false),
    ])
  func phone(_ text: String, _ isNumber: Bool) {
    #expect(PhoneNumber(text)?.text == (isNumber ? text : nil))
  }

  @Test(
    "a language is 2 to 3 letters, then subtags of 1 to 8 letters and digits",
    arguments: [
      ("it", true), ("pt-BR", true), ("haw", true), ("zh-Hant-TW", true), ("de-1996", true),
      ("sl-rozaj-biske-1994", true), ("en-x-abcdefgh", true), ("", false), ("i", false),
      ("ital", false), ("it-", false), ("-it", false), ("it--IT", false), ("it_IT", false),
      ("1t", false), ("en-abcdefghi", false), ("è1", false), ("it-È", false), ("it ", false),
    ])
  func language(_ text: String, _ isTag: Bool) {
    #expect(LanguageTag(text)?.text == (isTag ? text : nil))
  }

  @Test("a language has at most 35 bytes")
  func languageLength() {
    let full = "eng" + String(repeating: "-abcdefg", count: 4)
    #expect(full.utf8.count == LanguageTag.lengthMax)
    #expect(LanguageTag(full)?.text == full)
    #expect(LanguageTag(full + "h") == nil)
  }

  @Test("tags are compared as written")
  func languagesAsWritten() {
    #expect(LanguageTag("pt-BR") != LanguageTag("pt-br"))
  }
}
