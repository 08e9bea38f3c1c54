public import Availability
public import Intervals

/// The person treated (FHIR: Patient).
public struct Client: Hashable, Sendable {
  public let id: ClientID
  public let person: Person
  public let terms: Consent
  public let dataProcessing: Consent
  public let version: Int64
  public let registeredAt: Instant

  public init(
    id: ClientID, person: Person, terms: Consent, dataProcessing: Consent, version: Int64,
    registeredAt: Instant
  ) {
    self.id = id
    self.person = person
    self.terms = terms
    self.dataProcessing = dataProcessing
    self.version = version
    self.registeredAt = registeredAt
  }
}

/// How to name and reach someone.
public struct Person: Hashable, Sendable {
  public let name: String
  public let email: EmailAddress
  public let phone: PhoneNumber
  /// BCP 47.
  public let language: LanguageTag
  /// IANA.
  public let zoneName: String
  /// Nil where it is not known.
  public let birthDate: CivilDate?
  /// How long before a session they are reminded by SMS; nil means not at all (N-2).
  public let smsLeadMinutes: Int32?

  public init(
    name: String, email: EmailAddress, phone: PhoneNumber, language: LanguageTag, zoneName: String,
    birthDate: CivilDate? = nil, smsLeadMinutes: Int32? = nil
  ) {
    self.name = name
    self.email = email
    self.phone = phone
    self.language = language
    self.zoneName = zoneName
    self.birthDate = birthDate
    self.smsLeadMinutes = smsLeadMinutes
  }
}

/// Something that a client agreed to: which text, and when.
public struct Consent: Hashable, Sendable {
  public let version: String
  public let acceptedAt: Instant

  public init(version: String, acceptedAt: Instant) {
    self.version = version
    self.acceptedAt = acceptedAt
  }
}

/// A request to register someone. Both consents are there, or it cannot be made (B-2).
public struct Registration: Hashable, Sendable {
  /// Chosen by the caller; nil lets the decision make one.
  public let id: ClientID?
  public let person: Person
  public let terms: Consent
  public let dataProcessing: Consent

  public init(id: ClientID?, person: Person, terms: Consent, dataProcessing: Consent) {
    self.id = id
    self.person = person
    self.terms = terms
    self.dataProcessing = dataProcessing
  }
}
