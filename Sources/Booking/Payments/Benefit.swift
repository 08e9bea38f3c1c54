public import Accounting
public import Availability
public import Intervals

/// Something in a client's account that pays for sessions (P-5).
public struct Benefit: Hashable, Sendable {
  public let id: BenefitID
  public let client: ClientID
  public let kind: BenefitForm
  public let origin: BenefitOrigin
  /// The services that it pays for; empty means all. Sorted.
  public let services: [ServiceID]
  /// What it was worth at first. Of sessions, what they were sold for: nothing where they were given.
  public let value: Money
  /// How many sessions it had at first; 0 where it has a value. A package's can be changed (K-4).
  public internal(set) var sessions: Int32
  /// Minor units of the value's currency.
  public internal(set) var valueLeft: Int64
  public internal(set) var sessionsLeft: Int32
  public internal(set) var state: BenefitState
  /// From here on it pays for nothing; nil means never.
  public internal(set) var expiresAt: Instant?
  /// The package whose sessions it pays for, and no others; nil for none.
  public let link: PackageLinkID?
  /// For the record: why it was given.
  public let note: String
  public internal(set) var version: Int64
  public let createdAt: Instant
  public internal(set) var changedAt: Instant

  public init(
    id: BenefitID, client: ClientID, kind: BenefitForm, origin: BenefitOrigin,
    services: [ServiceID] = [], value: Money, sessions: Int32 = 0, valueLeft: Int64,
    sessionsLeft: Int32 = 0, state: BenefitState, expiresAt: Instant? = nil,
    link: PackageLinkID? = nil, note: String = "", version: Int64 = 1, createdAt: Instant,
    changedAt: Instant
  ) {
    self.id = id
    self.client = client
    self.kind = kind
    self.origin = origin
    self.services = services
    self.value = value
    self.sessions = sessions
    self.valueLeft = valueLeft
    self.sessionsLeft = sessionsLeft
    self.state = state
    self.expiresAt = expiresAt
    self.link = link
    self.note = note
    self.version = version
    self.createdAt = createdAt
    self.changedAt = changedAt
  }

  /// When time next changes it; nil where it will not. A package's lapses with its package.
  public var due: Instant? { state == .active && link == nil ? expiresAt : nil }
}

public enum BenefitForm: String, CaseIterable, Sendable {
  /// Money in the client's account.
  case credit = "CREDIT"
  /// A value, to be used at once or in parts.
  case voucher = "VOUCHER"
  /// So many sessions, whatever each costs.
  case sessions = "SESSIONS"
}

public enum BenefitOrigin: String, CaseIterable, Sendable {
  case granted = "GRANTED"
  case bought = "BOUGHT"
  /// What came back of one that could not take it.
  case returned = "RETURNED"
  /// Of a package that is sold by its total value (K-5): owed by the client from then on, paid whenever.
  case package = "PACKAGE"
}

public enum BenefitState: String, CaseIterable, Sendable {
  /// Bought, and not paid yet.
  case pending = "PENDING"
  case active = "ACTIVE"
  case usedUp = "USED_UP"
  case expired = "EXPIRED"
  /// Not paid, or given back.
  case canceled = "CANCELED"
}
