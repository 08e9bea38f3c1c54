internal import Gateways
internal import Testing

@Suite struct SessionCardScriptTests {
  @Test(
    "a name in any script is set in a font that has it, and can be read back",
    arguments: [
      "Łucja Żółć-Gęślą", "Ștefan Țurcanu", "João Gonçalves", "Анна Каренина",
      "Ελένη Παπαδοπούλου", "山田 太郎", "王小明", "김민준", "สมชาย ใจดี", "გიორგი", "Արամ", "דוד לוי",
    ])
  func scripts(name: String) throws {  // K-8
    let printed = try lines(makeCard(client: name, therapist: name))
    #expect(printed.contains("\(name) per session 22 December 2026"))
    #expect(printed.contains { $0.contains("16:00–16:50 \(name) Attended") })
  }

  @Test(
    "Arabic is joined and runs from right to left; Devanagari is ordered; an emoji is in colour")
  func shaping() throws {  // K-8
    let arabic = try lines(makeCard(client: "محمد عبد الله"))
    #expect(arabic.contains("محمد عبد الله per session 22 December 2026"))
    let hindi = try lines(makeCard(client: "अनुष्का शर्मा"))
    #expect(hindi.contains { $0.hasPrefix("अनुष्का शर्मा") })

    let plain = try picture(makeCard(client: "Zoë"))
    let flowery = try picture(makeCard(client: "Zoë 🌻🌻🌻"))
    #expect(plain.yellowCount == 0)
    #expect(flowery.yellowCount > 10)
  }

  @Test("a text that would turn or break the page changes no other text")
  func hostile() throws {  // K-8
    let name = "\u{202E}Eve\u{0}\r\n\u{2029}\u{7}\tMallory\u{2066}"
    let printed = try lines(
      makeCard(client: name, therapist: name, procedure: name, place: name, status: .custom(name)))
    #expect(printed.contains { $0.contains("1 Tue, 22 Dec 2026 16:00–16:50") })
    #expect(printed.contains("Total Available Booked Used Expired Returned"))
    #expect(printed.last { $0 != "\u{C}" }?.contains("Page 1 of 1") == true)
  }

  @Test("a service in Hebrew does not drag the place to its other side")
  func isolation() throws {  // K-8
    let printed = try lines(makeCard(procedure: "פגישה", place: "Room 2, Rome"))
    #expect(
      printed.contains {
        $0.contains("פגישה · Room 2, Rome") || $0.contains("Room 2, Rome · פגישה")
      })
  }

  private func picture(_ card: SessionCard) throws -> Picture {
    let poppler = try Poppler(PangoCardPrinter().print(card))
    defer { poppler.remove() }
    return try poppler.picture(page: 1)
  }
}
