internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Among whom the one who asks is looked for (B-5).
struct MatchRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.open()
    try store.write { transaction in
      try transaction.insertPartner(partner, name: "One", at: noon)
      try transaction.insertPartner(otherPartner, name: "Two", at: noon)
    }
    try store.apply([
      .locationPut(Fixture.studio), .therapistPut(Fixture.therapist(anna)),
      .therapistPut(Fixture.therapist(bruno)),
    ])
  }

  @discardableResult
  private func register(
    _ number: UInt128, name: String = "Ada", email: String? = nil, phone: String? = nil,
    born birthDate: String? = nil, of owner: PartnerID = partner
  ) throws -> Client {
    let client = Client(
      id: ClientID(rawValue: 100 + number),
      person: Person(
        name: name, email: EmailAddress(email ?? "c\(number)@example.it")!,
        phone: PhoneNumber(phone ?? "+39060000\(100 + number)")!, language: LanguageTag("it")!,
        zoneName: "Europe/Rome", birthDate: birthDate.map { CivilDate($0)! }),
      terms: Consent(version: "1", acceptedAt: noon),
      dataProcessing: Consent(version: "1", acceptedAt: noon), version: 1, registeredAt: noon)
    try store.apply([.clientRegistered(client)], of: owner)
    return client
  }

  private func sought(
    name: String? = nil, email: String? = nil, phone: String? = nil, born birthDate: String? = nil
  ) -> PersonSought {
    PersonSought(
      name: name, email: email.map { EmailAddress($0)! }, phone: phone.map { PhoneNumber($0)! },
      birthDate: birthDate.map { CivilDate($0)! })!
  }

  private func found(
    _ person: PersonSought, of owner: PartnerID = partner, onListOf therapist: TherapistID? = nil
  ) throws -> [Client] {
    try store.read { try $0.candidates(for: person, of: owner, onListOf: therapist) }
  }

  @Test("by e-mail address in any case, by telephone, by date of birth with the name; each once")
  // B-5
  func ways() throws {
    let byEmail = try register(1, email: "Ada.Lovelace@Example.IT")
    let byPhone = try register(2, phone: "+390612345678")
    let byName = try register(3, name: "ŻANETA  Łącka", born: "1990-02-01")
    try register(4, name: "Dora", born: "1990-02-01")
    let byAll = try register(
      5, name: "Żaneta Łącka", email: "ada.lovelace@example.it", phone: "+390612345678",
      born: "1990-02-01")
    #expect(try found(sought(email: "ADA.lovelace@example.it")) == [byEmail, byAll])
    #expect(try found(sought(phone: "+390612345678")) == [byPhone, byAll])
    #expect(try found(sought(name: "żaneta łącka", born: "1990-02-01")) == [byName, byAll])
    #expect(
      try found(
        sought(
          name: "Żaneta Łącka", email: "ada.lovelace@example.it", phone: "+390612345678",
          born: "1990-02-01")) == [byEmail, byPhone, byName, byAll])
    #expect(try found(sought(email: "nobody@example.it")) == [])
    #expect(try found(sought(name: "Żaneta Łącka", born: "1990-02-02")) == [])
  }

  @Test("only a partner's own, and of a therapist's list only those on it")  // B-5
  func whose() throws {
    let own = try register(1, email: "a@example.it")
    let listed = try register(2, email: "a@example.it")
    let others = try register(3, email: "a@example.it", of: otherPartner)
    try store.apply([begun(anna, listed.id)])
    let person = sought(email: "a@example.it")
    #expect(try found(person) == [own, listed])
    #expect(try found(person, of: otherPartner) == [others])
    #expect(try found(person, onListOf: anna) == [listed])
    #expect(try found(person, onListOf: bruno) == [])
  }

  @Test("of those who share an address 50 are looked at, the oldest first")  // B-5
  func cap() throws {
    for number in 1...60 { try register(UInt128(number), email: "info@example.it") }
    let people = try found(sought(email: "info@example.it"))
    #expect(people.map(\.id.rawValue) == (101...150).map { UInt128($0) })
  }

  @Test("each way has its index")  // B-5
  func indexes() throws {
    for (condition, index) in [
      ("lower(email) = lower('x')", "clients_by_email"), ("phone = 'x'", "clients_by_phone"),
      ("birth_date = 'x'", "clients_by_birth_date"),
    ] {
      let plan = try scratch.rows(
        """
        EXPLAIN QUERY PLAN SELECT id, name FROM clients
        WHERE partner_id = 'x' AND \(condition) ORDER BY id LIMIT 50
        """)
      #expect(plan.contains { $0.last?.contains(index) == true })
    }
  }
}
