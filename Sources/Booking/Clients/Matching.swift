public import Availability

/// What is known of someone who may be a client already (B-5). What is not known is nil.
public struct PersonSought: Hashable, Sendable {
  public let name: String?
  public let email: EmailAddress?
  public let phone: PhoneNumber?
  public let birthDate: CivilDate?

  /// Nil for what could match nobody: it takes an e-mail address, a telephone, or a name with a date of
  /// birth.
  public init?(
    name: String? = nil, email: EmailAddress? = nil, phone: PhoneNumber? = nil,
    birthDate: CivilDate? = nil
  ) {
    guard email != nil || phone != nil || (name != nil && birthDate != nil) else { return nil }
    self.name = name
    self.email = email
    self.phone = phone
    self.birthDate = birthDate
  }

  public init(_ person: Person) {
    name = person.name
    email = person.email
    phone = person.phone
    birthDate = person.birthDate
  }
}

/// A client who may be the person looked for.
public struct ClientMatch: Hashable, Sendable {
  /// What can agree, as the contract names it, in its order.
  public enum Field: String, CaseIterable, Sendable {
    case email
    case phone
    case name
    case birthDate = "birth_date"

    var score: Int {
      switch self {
      case .email: 40
      case .phone: 30
      case .name, .birthDate: 15
      }
    }
  }

  public let client: Client
  /// In the order of `Field`.
  public let agreeing: [Field]

  public init(client: Client, agreeing: [Field]) {
    self.client = client
    self.agreeing = agreeing
  }

  /// 1 to 100.
  public var score: Int { agreeing.map(\.score).reduce(0, +) }
}

/// B-5: which clients someone may be.
///
/// E-mail address or telephone agree, or name and date of birth together. Families share telephones and
/// addresses: where both dates of birth are known and differ it is someone else, unless address and name
/// both agree, for then the date is mistyped.
public enum Matching {
  /// So many are told at most.
  public static let countMax = 20

  /// Those among some clients whom a person may be: best first, by score, then id.
  public static func matches(
    of person: PersonSought, among clients: some Sequence<Client>
  ) -> [ClientMatch] {
    let found = clients.compactMap { match(of: person, $0) }
    return Array(
      found.sorted { ($1.score, $0.client.id) < ($0.score, $1.client.id) }.prefix(countMax))
  }

  private static func match(of person: PersonSought, _ client: Client) -> ClientMatch? {
    let known = client.person
    let agreeing = ClientMatch.Field.allCases.filter { field in
      switch field {
      case .email: person.email.map { areSame($0, known.email) } ?? false
      case .phone: person.phone == known.phone
      case .name: person.name.map { comparable($0) == comparable(known.name) } ?? false
      case .birthDate: person.birthDate != nil && person.birthDate == known.birthDate
      }
    }
    let datesDiffer =
      person.birthDate != nil && known.birthDate != nil && person.birthDate != known.birthDate
    let isReached = agreeing.contains(.email) || agreeing.contains(.phone)
    let isNamed = agreeing.contains(.name)
    guard isReached || (isNamed && agreeing.contains(.birthDate)),
      !datesDiffer || (agreeing.contains(.email) && isNamed)
    else { return nil }
    return ClientMatch(client: client, agreeing: agreeing)
  }

  /// A name as it is compared: in lower case, spaces as one. Accents count: whoever left them out is
  /// found by how to reach them.
  public static func comparable(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Letters of ASCII in either case are the same: the store's indexes know no others.
  private static func areSame(_ one: EmailAddress, _ other: EmailAddress) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8) { lower($0) == lower($1) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
