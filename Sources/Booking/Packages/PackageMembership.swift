public import Accounting
public import Availability

/// That an appointment is a session of a package.
public struct PackageMembership: Hashable, Sendable {
  public let link: PackageLinkID
  /// What becomes of the package's session.
  public internal(set) var session: PackageSession
  /// By procedure: what was chosen (K-5); nil until then, and for packages by total value.
  public internal(set) var procedure: ServiceID?
  /// Whether its money is posted by procedure.
  public let isByProcedure: Bool
  /// The package's own; nil leaves it to the policies.
  public let commission: Commission?
  public let details: VisitDetails

  public init(
    link: PackageLinkID, session: PackageSession = .reserved, procedure: ServiceID? = nil,
    isByProcedure: Bool, commission: Commission?, details: VisitDetails
  ) {
    self.link = link
    self.session = session
    self.procedure = procedure
    self.isByProcedure = isByProcedure
    self.commission = commission
    self.details = details
  }
}

/// What becomes of a package's session (K-6).
public enum PackageSession: String, CaseIterable, Sendable {
  case reserved = "RESERVED"
  /// Deducted.
  case attended = "ATTENDED"
  /// Free for another appointment.
  case released = "RELEASED"
}
