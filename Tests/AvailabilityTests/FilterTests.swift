import Availability
import Testing

@Suite struct FilterTests {
  private let couple = ServiceID(rawValue: 52)
  private let online = ServiceID(rawValue: 53)

  private var entry: TherapistEntry {
    therapist(
      languages: ["it", "pt-BR"], specialities: ["anxiety"], insurers: ["Unisalute"],
      offers: [
        offer(online, mode: .online, at: [video], cents: 5_000),
        offer(couple, kind: "couple", at: [practice, office], cents: 9_000),
        offer(individual, at: [office], cents: 7_000),
      ],
      places: [place(video, mode: .online), place(practice, city: "Milano"), place()])
  }

  private func pairs(_ filter: SlotFilter) -> [[UInt128]] {
    filter.pairs(entry).map { [$0.id.rawValue, $1.id.rawValue] }
  }

  @Test("an empty filter takes every offer at each of its places, in order")  // S-11
  func everything() {
    #expect(SlotFilter().matches(entry))
    #expect(pairs(SlotFilter()) == [[51, 11], [52, 11], [52, 12], [53, 13]])
  }

  @Test("each condition narrows by itself, exactly as written")  // S-11
  func singleConditions() {
    #expect(pairs(SlotFilter(service: couple)) == [[52, 11], [52, 12]])
    #expect(pairs(SlotFilter(service: ServiceID(rawValue: 9))).isEmpty)
    #expect(pairs(SlotFilter(serviceKind: "individual")) == [[51, 11], [53, 13]])
    #expect(pairs(SlotFilter(serviceKind: "Individual")).isEmpty)
    #expect(pairs(SlotFilter(location: practice)) == [[52, 12]])
    #expect(pairs(SlotFilter(mode: .online)) == [[53, 13]])
    #expect(pairs(SlotFilter(mode: .inPerson)) == [[51, 11], [52, 11], [52, 12]])
    #expect(pairs(SlotFilter(city: "Milano")) == [[52, 12]])
    #expect(pairs(SlotFilter(city: "")).isEmpty)
    let eur = { (cents: Int64) in Price(minorUnits: cents, currency: "EUR") }
    #expect(pairs(SlotFilter(priceMin: eur(7_000))) == [[51, 11], [52, 11], [52, 12]])
    #expect(pairs(SlotFilter(priceMin: eur(7_001))) == [[52, 11], [52, 12]])
    #expect(pairs(SlotFilter(priceMax: eur(7_000))) == [[51, 11], [53, 13]])
    #expect(pairs(SlotFilter(priceMax: eur(6_999))) == [[53, 13]])
    #expect(pairs(SlotFilter(priceMax: Price(minorUnits: 99_999, currency: "PLN"))).isEmpty)
    #expect(pairs(SlotFilter(priceMin: Price(minorUnits: 0, currency: "PLN"))).isEmpty)
  }

  @Test("conditions of the therapist as such")  // S-11
  func therapistConditions() {
    #expect(SlotFilter(therapists: [TherapistID(rawValue: 1), anna]).matches(entry))
    #expect(!SlotFilter(therapists: [TherapistID(rawValue: 1)]).matches(entry))
    #expect(SlotFilter(language: "pt-BR").matches(entry))
    #expect(!SlotFilter(language: "pt").matches(entry))
    #expect(SlotFilter(speciality: "anxiety").matches(entry))
    #expect(!SlotFilter(speciality: "grief").matches(entry))
    #expect(SlotFilter(insurer: "Unisalute").matches(entry))
    #expect(!SlotFilter(insurer: "").matches(entry))
  }

  @Test("all conditions must hold at once")  // S-11
  func together() {
    #expect(pairs(SlotFilter(serviceKind: "couple", city: "Roma")) == [[52, 11]])
    #expect(pairs(SlotFilter(service: individual, location: practice)).isEmpty)
    #expect(pairs(SlotFilter(mode: .online, city: "Roma")).isEmpty)
    #expect(!SlotFilter(language: "it", insurer: "Allianz").matches(entry))
  }

  @Test("an offer's location at which the therapist does not work gives nothing")  // S-1
  func unknownPlace() {
    let entry = therapist(offers: [offer(at: [practice, office])], places: [place()])
    #expect(SlotFilter().pairs(entry).map(\.1.id) == [office])
  }
}
