public import Accounting
public import Availability
public import Intervals

/// A template: a number of sessions that are sold together (K-1).
public struct Package: Hashable, Sendable {
  public let id: PackageID
  public var name: String
  /// How many sessions a link of it has, unless that says otherwise (K-4).
  public var sessions: Int32
  public var renews: Bool
  public var posting: PackagePosting
  /// How long a session of it lasts.
  public var durationMinutes: Int32
  /// For how many days from linking on its sessions can be held; nil means for ever.
  public var validityDays: Int32?
  /// What the platform keeps of a session held; nil leaves it to the policies (P-10).
  public var commission: Commission?
  /// The services whose hours its sessions are booked in, and of which procedures are chosen; of any therapist.
  /// At least one. Sorted.
  public var services: [ServiceID]
  /// No more links are made of it; those that are there go on.
  public var isArchived: Bool
  public var version: Int64
  public let createdAt: Instant

  public init(
    id: PackageID, name: String, sessions: Int32, renews: Bool, posting: PackagePosting,
    durationMinutes: Int32, validityDays: Int32?, commission: Commission?, services: [ServiceID],
    isArchived: Bool = false, version: Int64 = 1, createdAt: Instant
  ) {
    self.id = id
    self.name = name
    self.sessions = sessions
    self.renews = renews
    self.posting = posting
    self.durationMinutes = durationMinutes
    self.validityDays = validityDays
    self.commission = commission
    self.services = services
    self.isArchived = isArchived
    self.version = version
    self.createdAt = createdAt
  }

  public static let sessionCount: ClosedRange<Int32> = 1...1_000
  public static let validityDays: ClosedRange<Int32> = 1...3_660
}

/// When a package's money is posted (K-5).
public enum PackagePosting: Hashable, Sendable {
  /// Each session at the price of the procedure that is chosen on it.
  case byProcedure
  /// The sum, at linking: 0, or at least one minor unit for each session.
  case total(Money)
}

/// The fields of a package that an update can name.
public enum PackageField: String, CaseIterable, Sendable {
  case name
  case sessions
  case renews = "automatic_renewal"
  case posting
  case durationMinutes = "duration_minutes"
  case validityDays = "validity_days"
  case commission
  case services = "service_ids"
  case isArchived = "archived"
}
