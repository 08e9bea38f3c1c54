internal import Availability
internal import Booking
internal import Intervals

/// The clients of a city, and whose they are.
struct Clientele {
  private(set) var registrations: [Registration] = []
  private(set) var ids: [ClientID] = []
  /// For each therapist, their own clients.
  private var own: [Range<Int>] = []
  /// For each client, the days with a session. Few, so that looking through them is quickest.
  private var days: [[CivilDate]] = []

  private let city: City
  private let at: Instant
  private let firstName: Int

  /// How many sessions there are to each client.
  private static let sessionsEach = 12
  /// How far around a therapist's own clients others are found who come now and then.
  private static let reach = 20

  /// - Parameter sessions: how many each therapist is expected to have.
  init(of city: City, sessions: [Int], at: Instant, dice: inout Dice) {
    self.city = city
    self.at = at
    firstName = dice.below(1_000)
    // Rounded up, so that the first therapist finds someone.
    var due = Clientele.sessionsEach - 1
    for expected in sessions {
      due += expected
      let first = registrations.count
      while due >= Clientele.sessionsEach {
        due -= Clientele.sessionsEach
        register(dice: &dice)
      }
      own.append(first..<registrations.count)
    }
  }

  /// Who comes every week. Their own clients take turns; nil when there are none at all.
  func regular(_ turn: Int, of practitioner: Int) -> Int? {
    let own = own[practitioner]
    if own.isEmpty { return around(practitioner).first }
    return own.lowerBound + turn % own.count
  }

  /// Who comes now and then: mostly one of their own. Nil when there are none at all.
  func anyone(of practitioner: Int, isNew: Bool, dice: inout Dice) -> Int? {
    let own = own[practitioner]
    let isOwn = !isNew && !own.isEmpty && dice.happens(percent: 85)
    let range = isOwn ? own : around(practitioner)
    return range.isEmpty ? nil : range.lowerBound + dice.below(range.count)
  }

  func hasSession(_ client: Int, on day: CivilDate) -> Bool {
    days[client].contains(day)
  }

  mutating func noteSession(of client: Int, on day: CivilDate) {
    days[client].append(day)
  }

  private func around(_ practitioner: Int) -> Range<Int> {
    let own = own[practitioner]
    let first = max(0, own.lowerBound - Clientele.reach)
    return first..<min(registrations.count, own.upperBound + Clientele.reach)
  }

  private mutating func register(dice: inout Dice) {
    let number = registrations.count + 1
    let name = city.names.name(
      number: firstName + number, isFeminine: dice.happens(percent: 60))
    let consent = Consent(
      version: "2026-01",
      acceptedAt: at.advanced(byMs: -Int64(dice.within(1...700 * 1_440)) * 60_000))
    let id: ClientID = dice.id(at: at)
    registrations.append(
      Registration(
        id: id, person: city.person(name, number: number), terms: consent, dataProcessing: consent))
    ids.append(id)
    days.append([])
  }
}

extension City {
  /// - Parameter number: tells people of the same name apart.
  func person(_ name: NameStock.Name, number: Int) -> Person {
    let mailbox = "\(plainLetters(name.given)).\(plainLetters(name.surname))\(number)"
    let digits = String(number)
    let padding = String(repeating: "0", count: max(0, 7 - digits.count))
    // Both are well formed whatever the names: see the laws of the forms.
    return Person(
      name: name.full, email: EmailAddress("\(mailbox)@\(language.prefix(2)).example.com")!,
      phone: PhoneNumber(phonePrefix + padding + digits)!, language: LanguageTag(language)!,
      zoneName: zoneName)
  }
}
