internal import Accounting
internal import Gateways
internal import Intervals

/// 2026-12-22, 15:00 in London and 16:00 in Rome.
let winterAfternoon = Instant(msSinceEpoch: 1_797_951_600_000)
let dayMs: Int64 = 86_400_000

func money(_ minorUnits: Int64, _ code: String) -> Money {
  Money(minorUnits: minorUnits, currency: Currency(code)!)
}

/// A card with as many sessions as wished, three days apart.
func makeCard(
  language: String = "en", client: String = "Anna Bianchi", sessions count: Int = 1,
  notes: String = "", therapist: String = "Dr. Maria Rossi", procedure: String = "Colloquio",
  place: String = "Studio Duomo", status: SessionCard.Status = .attended, price: Money? = nil
) -> SessionCard {
  SessionCard(
    language: language, zone: "Europe/Rome", asOf: winterAfternoon, partnerName: "Praxis",
    clientName: client, packageName: "Inverno", notes: notes,
    linkedOn: winterAfternoon, renewal: .onRequest, posting: .byProcedure,
    balance: SessionCard.Balance(
      total: 22, available: 4, reserved: 5, attended: 10, expired: 2, returned: 1),
    sessions: (0..<count).map { index in
      let start = winterAfternoon.advanced(byMs: Int64(index) * 3 * dayMs)
      return SessionCard.Session(
        number: index + 1, start: start, end: start.advanced(byMs: 50 * 60_000),
        therapistName: therapist, place: place, procedure: procedure, status: status, price: price)
    })
}

/// The lines of a card's pages.
func lines(_ card: SessionCard) throws -> [String] {
  let poppler = try Poppler(PangoCardPrinter().print(card))
  defer { poppler.remove() }
  return try poppler.lines()
}
