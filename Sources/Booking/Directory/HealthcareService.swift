public import Accounting
public import Availability

/// A line of a therapist's price list. Named as FHIR names it, since `Service` is a module here.
public struct HealthcareService: Hashable, Sendable {
  public let id: ServiceID
  public let therapist: TherapistID
  public var name: String
  public var kind: String
  public var durationMinutes: Int32
  public var price: Money
  public var mode: SessionMode
  public var locations: [LocationID]
  public var plan: PaymentPlan
  /// Nil means the therapist's step.
  public var gridStepMinutes: Int32?
  public var fullHoursOnly: Bool
  /// Keep the therapist free before and after each session (S-7).
  public var buffers: Buffers
  /// What it sets for itself. Caps are a therapist's.
  public var policy: Policy
  public var version: Int64

  public init(
    id: ServiceID, therapist: TherapistID, name: String, kind: String, durationMinutes: Int32,
    price: Money, mode: SessionMode, locations: [LocationID], plan: PaymentPlan,
    gridStepMinutes: Int32?, fullHoursOnly: Bool, buffers: Buffers = .none,
    policy: Policy = .unset, version: Int64
  ) {
    self.id = id
    self.therapist = therapist
    self.name = name
    self.kind = kind
    self.durationMinutes = durationMinutes
    self.price = price
    self.mode = mode
    self.locations = locations
    self.plan = plan
    self.gridStepMinutes = gridStepMinutes
    self.fullHoursOnly = fullHoursOnly
    self.buffers = buffers
    self.policy = policy
    self.version = version
  }

  /// The minutes that a buffer can be set to.
  public static let bufferMinutes: ClosedRange<Int32> = 0...240

  /// What the slot engine needs of it, with the therapist's grid where it has none of its own (S-3).
  public func offer(therapistGrid: Grid, policy: BookingPolicy = .standard) -> Offer {
    let grid = Grid(
      stepMinutes: gridStepMinutes ?? therapistGrid.stepMinutes,
      fullHoursOnly: fullHoursOnly || therapistGrid.fullHoursOnly)
    return Offer(
      id: id, kind: kind, durationMinutes: durationMinutes, grid: grid ?? therapistGrid,
      mode: mode, locations: locations,
      price: Price(minorUnits: price.minorUnits, currency: price.currency.code), buffers: buffers,
      policy: policy)
  }
}

/// How a service is paid (P-1).
public enum PaymentPlan: String, CaseIterable, Sendable {
  case free = "FREE"
  case onSite = "ON_SITE"
  /// Paid when booking (P-4).
  case prepaid = "PREPAID"
  /// A saved method is charged 24 hours before the start (P-2).
  case captureBefore = "CAPTURE_BEFORE"
  /// A session of a package or a voucher for sessions.
  case package = "PACKAGE"
}

/// The fields of a service that an update can name.
public enum HealthcareServiceField: String, CaseIterable, Sendable {
  /// May be named, and must then be what it is.
  case therapist = "therapist_id"
  case name
  case kind
  case durationMinutes = "duration_minutes"
  case price
  case mode
  case locations = "location_ids"
  case plan = "payment_plan"
  case gridMinutes = "grid_minutes"
  case fullHoursOnly = "full_hours_only"
  case bufferBeforeMinutes = "buffer_before_minutes"
  case bufferAfterMinutes = "buffer_after_minutes"
  case policy
}

extension HealthcareService {
  /// This service with the named fields taken from another.
  func taking(
    _ fields: Set<HealthcareServiceField>, from other: HealthcareService
  ) -> HealthcareService {
    var result = self
    for field in HealthcareServiceField.allCases where fields.contains(field) {
      switch field {
      case .therapist: break
      case .name: result.name = other.name
      case .kind: result.kind = other.kind
      case .durationMinutes: result.durationMinutes = other.durationMinutes
      case .price: result.price = other.price
      case .mode: result.mode = other.mode
      case .locations: result.locations = other.locations
      case .plan: result.plan = other.plan
      case .gridMinutes: result.gridStepMinutes = other.gridStepMinutes
      case .fullHoursOnly: result.fullHoursOnly = other.fullHoursOnly
      case .bufferBeforeMinutes:
        result.buffers = Buffers(
          beforeMinutes: other.buffers.beforeMinutes, afterMinutes: result.buffers.afterMinutes)
      case .bufferAfterMinutes:
        result.buffers = Buffers(
          beforeMinutes: result.buffers.beforeMinutes, afterMinutes: other.buffers.afterMinutes)
      case .policy: result.policy = other.policy
      }
    }
    return result
  }
}
