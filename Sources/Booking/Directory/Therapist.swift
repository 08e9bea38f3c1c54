public import Availability

/// A professional whose time is booked (FHIR: Practitioner).
public struct Therapist: Hashable, Sendable {
  public let id: TherapistID
  public var displayName: String
  /// Where messages to them go; nil where none are wanted.
  public var email: EmailAddress?
  /// IANA; the schedule is read in it.
  public var zoneName: String
  /// BCP 47.
  public var languages: [String]
  public var specialities: [String]
  public var insurers: [String]
  public var locations: [LocationID]
  public var grid: Grid
  /// What they set for themself.
  public var policy: Policy
  public var version: Int64

  public init(
    id: TherapistID, displayName: String, email: EmailAddress? = nil, zoneName: String,
    languages: [String],
    specialities: [String], insurers: [String], locations: [LocationID], grid: Grid,
    policy: Policy = .unset, version: Int64
  ) {
    self.id = id
    self.displayName = displayName
    self.email = email
    self.zoneName = zoneName
    self.languages = languages
    self.specialities = specialities
    self.insurers = insurers
    self.locations = locations
    self.grid = grid
    self.policy = policy
    self.version = version
  }
}

/// The fields of a therapist that an update can name.
public enum TherapistField: String, CaseIterable, Sendable {
  case displayName = "display_name"
  case email
  case zoneName = "time_zone"
  case languages
  case specialities
  case insurers
  case locations = "location_ids"
  case gridMinutes = "grid_minutes"
  case fullHoursOnly = "full_hours_only"
  case policy
}

extension Therapist {
  /// This therapist with the named fields taken from another.
  func taking(_ fields: Set<TherapistField>, from other: Therapist) -> Therapist {
    var result = self
    var stepMinutes = grid.stepMinutes
    var fullHoursOnly = grid.fullHoursOnly
    for field in TherapistField.allCases where fields.contains(field) {
      switch field {
      case .displayName: result.displayName = other.displayName
      case .email: result.email = other.email
      case .zoneName: result.zoneName = other.zoneName
      case .languages: result.languages = other.languages
      case .specialities: result.specialities = other.specialities
      case .insurers: result.insurers = other.insurers
      case .locations: result.locations = other.locations
      case .gridMinutes: stepMinutes = other.grid.stepMinutes
      case .fullHoursOnly: fullHoursOnly = other.grid.fullHoursOnly
      case .policy: result.policy = other.policy
      }
    }
    // Both come from valid grids, so together they make one.
    result.grid = Grid(stepMinutes: stepMinutes, fullHoursOnly: fullHoursOnly) ?? other.grid
    return result
  }
}
