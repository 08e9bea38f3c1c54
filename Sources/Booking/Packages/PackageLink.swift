public import Accounting
public import Availability
public import Intervals

/// A package that was given to a client: holds the balance (K-2, K-6).
public struct PackageLink: Hashable, Sendable {
  public let id: PackageLinkID
  public let client: ClientID
  /// What it was made of; the template's later changes do not reach it.
  public let package: PackageID
  public let name: String
  public internal(set) var renews: Bool
  public let posting: PackagePosting
  public let durationMinutes: Int32
  public let validityDays: Int32?
  public let commission: Commission?
  /// As the template's.
  public let services: [ServiceID]
  public internal(set) var details: VisitDetails
  /// The room of its appointments where their location has it and it is free; nil takes the first free one.
  public internal(set) var room: RoomID?
  /// N-2; nil means none.
  public internal(set) var smsLeadMinutes: Int32?
  public internal(set) var balance: PackageBalance
  /// What pays for its sessions where it is sold by its total value, and that is not 0.
  public let benefit: BenefitID?
  public internal(set) var state: PackageLinkState
  /// From here on its sessions are over; nil means never.
  public internal(set) var expiresAt: Instant?
  /// The one that it follows; nil for the first.
  public let renewalOf: PackageLinkID?
  /// The one that follows it; nil while there is none.
  public internal(set) var renewedBy: PackageLinkID?
  public internal(set) var version: Int64
  public let linkedAt: Instant
  public internal(set) var changedAt: Instant

  public init(
    id: PackageLinkID, client: ClientID, package: PackageID, name: String, renews: Bool,
    posting: PackagePosting, durationMinutes: Int32, validityDays: Int32?, commission: Commission?,
    services: [ServiceID], details: VisitDetails, room: RoomID?, smsLeadMinutes: Int32?,
    balance: PackageBalance, benefit: BenefitID?, state: PackageLinkState = .active,
    expiresAt: Instant?, renewalOf: PackageLinkID? = nil, renewedBy: PackageLinkID? = nil,
    version: Int64 = 1, linkedAt: Instant, changedAt: Instant
  ) {
    self.id = id
    self.client = client
    self.package = package
    self.name = name
    self.renews = renews
    self.posting = posting
    self.durationMinutes = durationMinutes
    self.validityDays = validityDays
    self.commission = commission
    self.services = services
    self.details = details
    self.room = room
    self.smsLeadMinutes = smsLeadMinutes
    self.balance = balance
    self.benefit = benefit
    self.state = state
    self.expiresAt = expiresAt
    self.renewalOf = renewalOf
    self.renewedBy = renewedBy
    self.version = version
    self.linkedAt = linkedAt
    self.changedAt = changedAt
  }

  /// When time next changes it; nil where it will not.
  public var due: Instant? { state == .active ? expiresAt : nil }
}

public enum PackageLinkState: String, CaseIterable, Sendable {
  case active = "ACTIVE"
  /// Its validity is over. A session that is released afterwards makes it active again for 30 days.
  case expired = "EXPIRED"
  case deleted = "DELETED"
}

/// Where a link's sessions are (K-6): total = available + reserved + attended + expired + returned.
public struct PackageBalance: Hashable, Sendable {
  public var total: Int32
  /// Booked, and neither attended nor released.
  public var reserved: Int32
  /// Deducted: attended, or by a status that deducts, or cancelled at a fee.
  public var attended: Int32
  /// Left when its validity was over.
  public var expired: Int32
  /// Left when it was deleted.
  public var returned: Int32

  public var available: Int32 { total - reserved - attended - expired - returned }

  public init(
    total: Int32, reserved: Int32 = 0, attended: Int32 = 0, expired: Int32 = 0, returned: Int32 = 0
  ) {
    self.total = total
    self.reserved = reserved
    self.attended = attended
    self.expired = expired
    self.returned = returned
  }
}

/// What goes to every appointment of a package that is made with it (K-2). Each may be empty.
public struct VisitDetails: Hashable, Sendable {
  public var insurer: String
  public var authorisationNumber: String
  /// E.164.
  public var phone: String
  public var notes: String

  public init(
    insurer: String = "", authorisationNumber: String = "", phone: String = "", notes: String = ""
  ) {
    self.insurer = insurer
    self.authorisationNumber = authorisationNumber
    self.phone = phone
    self.notes = notes
  }
}
