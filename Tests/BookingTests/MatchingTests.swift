internal import Availability
internal import Booking
internal import Testing

struct MatchingTests {
  private let known = person(born: "1990-02-01")
  private let knownWithoutDate = person()

  private func fields(_ sought: Person, _ known: Person) -> [ClientMatch.Field]? {
    match(PersonSought(sought), known)?.agreeing
  }

  private func match(_ sought: PersonSought, _ known: Person) -> ClientMatch? {
    let client = Client(
      id: daria, person: known, terms: Practice.consent, dataProcessing: Practice.consent,
      version: 1, registeredAt: Practice.consent.acceptedAt)
    return Matching.matches(of: sought, among: [client]).first
  }

  private let elsewhere = ("other@example.it", "+393339999999")

  @Test("what agrees is named, and adds up to the score")  // B-5
  func scores() throws {
    let (email, phone) = elsewhere
    let cases: [(Person, [ClientMatch.Field], Int)] = [
      (known, [.email, .phone, .name, .birthDate], 100),
      (person(name: "Dora", phone: phone, born: "1990-02-01"), [.email, .birthDate], 55),
      (person(name: "Dora", phone: phone), [.email], 40),
      (person(name: "Dora", email: email), [.phone], 30),
      (person(email: email, phone: phone, born: "1990-02-01"), [.name, .birthDate], 30),
      (person(phone: phone), [.email, .name], 55),
    ]
    for (sought, agreeing, score) in cases {
      let found = try #require(match(PersonSought(sought), known))
      #expect(found.agreeing == agreeing)
      #expect(found.score == score)
    }
  }

  @Test("a name alone is nobody, and so is a date alone")  // B-5
  func notEnough() {
    let (email, phone) = elsewhere
    #expect(fields(person(email: email, phone: phone), known) == nil)
    #expect(fields(person(email: email, phone: phone), knownWithoutDate) == nil)
    #expect(
      fields(person(name: "Dora", email: email, phone: phone, born: "1990-02-01"), known) == nil)
    #expect(PersonSought(name: "Daria Doni") == nil)
    #expect(PersonSought(birthDate: CivilDate("1990-02-01")) == nil)
    #expect(PersonSought(name: "Daria Doni", birthDate: CivilDate("1990-02-01")) != nil)
    #expect(PersonSought(email: EmailAddress("a@example.it")) != nil)
    #expect(PersonSought(phone: PhoneNumber("+393331234567")) != nil)
  }

  @Test("a family shares address and telephone: another date of birth is another person")  // B-5
  func family() {
    #expect(fields(person(name: "Dino Doni", born: "2015-06-07"), known) == nil)
    #expect(fields(person(email: elsewhere.0, born: "1960-02-01"), known) == nil)
    // Where one of the dates is not known it may be them.
    #expect(fields(person(name: "Dino Doni"), known) == [.email, .phone])
    #expect(
      fields(person(name: "Dino Doni", born: "2015-06-07"), knownWithoutDate) == [.email, .phone])
  }

  @Test("with address and name the same, the date was mistyped")  // B-5
  func mistyped() {
    #expect(fields(person(born: "1990-01-02"), known) == [.email, .phone, .name])
  }

  @Test("case and spaces make no difference, accents do")  // B-5
  func comparing() {
    let zaneta = person(name: "Żaneta  O'Neill", email: "Z.O@Example.PL", born: "1990-02-01")
    let shouted = person(
      name: " ŻANETA O'NEILL", email: "z.o@example.pl", phone: elsewhere.1, born: "1990-02-01")
    #expect(fields(shouted, zaneta) == [.email, .name, .birthDate])
    let plain = person(
      name: "Zaneta O'Neill", email: elsewhere.0, phone: elsewhere.1, born: "1990-02-01")
    #expect(fields(plain, zaneta) == nil)
  }

  @Test("the best come first, then by id; 20 at most")  // B-5
  func order() {
    let clients = (1...30).map { number in
      Client(
        id: ClientID(rawValue: UInt128(number)),
        person: number == 25 ? known : person(name: "Dora"), terms: Practice.consent,
        dataProcessing: Practice.consent, version: 1, registeredAt: Practice.consent.acceptedAt)
    }
    for shuffled in [clients, clients.reversed()] {
      let found = Matching.matches(of: PersonSought(known), among: shuffled)
      #expect(found.map(\.client.id.rawValue) == [25] + (1...19))
    }
  }
}
