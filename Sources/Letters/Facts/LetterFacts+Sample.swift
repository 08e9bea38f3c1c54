internal import Accounting
internal import Availability
public import Booking
internal import Intervals

extension LetterFacts {
  /// What a template is tried with: everything that such a message can have, about a day in the reader's
  /// time that does not depend on when it is asked for.
  public static func sample(
    _ kind: MessageKind, to audience: Audience, in language: LanguageTag
  ) -> LetterFacts? {
    // 2026-12-01T10:00 in UTC.
    let start = Minute(sinceEpoch: 29_935_320)
    guard let zone = Zone(name: "UTC", initialOffsetMinutes: 0, transitions: []),
      let span = Span(from: start, lastingMinutes: 50),
      let previous = Span(from: start.advanced(byMinutes: -1440), lastingMinutes: 50),
      let euro = Currency("EUR")
    else { return nil }
    let client = "Maria Rossi"
    let therapist = "Anna Bianchi"
    var facts = LetterFacts(
      sender: "Studio Aurora",
      reader: Reader(
        name: audience == .client ? client : therapist, language: language, zone: zone))
    facts.session = SessionFacts(
      span: span, zone: zone,
      place: .inPerson(address: ["Via Garibaldi 12", "20121 Milano"], room: "Stanza 2"),
      therapist: therapist, client: client, service: "Colloquio individuale",
      previous: kind == .appointmentChanged ? previous : nil)
    facts.amount = Money(minorUnits: 7_000, currency: euro)
    facts.payBy = start.advanced(byMinutes: -240).instant
    facts.settlement = Settlement(
      fee: Money(minorUnits: 3_500, currency: euro),
      refund: Money(minorUnits: 3_500, currency: euro))
    facts.doneBy = .therapist
    facts.note = "Fino a venerdì."
    facts.links = Links(
      cancel: "https://example.org/c/4f2a", pay: "https://example.org/p/4f2a",
      join: "https://example.org/j/4f2a")
    facts.package = PackageFacts(
      name: "Dieci incontri", sessions: 10, available: 7,
      price: Money(minorUnits: 60_000, currency: euro),
      expiresAt: start.advanced(byMinutes: 129_600).instant, renews: true)
    facts.alternatives = [start.advanced(byMinutes: 60), start.advanced(byMinutes: 1440)]
    return facts
  }
}
