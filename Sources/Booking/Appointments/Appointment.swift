public import Accounting
public import Availability
public import Intervals

/// A session that is, or was, booked.
public struct Appointment: Hashable, Sendable {
  public let id: AppointmentID
  public let therapist: TherapistID
  public let client: ClientID
  public let service: ServiceID
  public let location: LocationID
  /// Nil where the location has no rooms.
  public let room: RoomID?
  public let span: Span
  /// Those of the service when it was booked: its later changes do not move what is booked (S-7).
  public let buffers: Buffers
  /// The therapist's IANA zone when it was booked.
  public let zoneName: String
  public let plan: PaymentPlan
  public let price: Money
  public let bookedAt: Instant
  public private(set) var state: AppointmentState
  public private(set) var paymentStatus: PaymentStatus
  public private(set) var version: Int64
  public private(set) var changedAt: Instant
  /// Empty unless someone said why.
  public private(set) var cancelReason: String

  public init(
    id: AppointmentID, therapist: TherapistID, client: ClientID, service: ServiceID,
    location: LocationID, room: RoomID?, span: Span, buffers: Buffers = .none, zoneName: String,
    plan: PaymentPlan,
    price: Money, bookedAt: Instant, state: AppointmentState, paymentStatus: PaymentStatus,
    version: Int64, changedAt: Instant, cancelReason: String
  ) {
    self.id = id
    self.therapist = therapist
    self.client = client
    self.service = service
    self.location = location
    self.room = room
    self.span = span
    self.buffers = buffers
    self.zoneName = zoneName
    self.plan = plan
    self.price = price
    self.bookedAt = bookedAt
    self.state = state
    self.paymentStatus = paymentStatus
    self.version = version
    self.changedAt = changedAt
    self.cancelReason = cancelReason
  }

  /// The appointment after cancelling. The caller has asked `Transitions`.
  func cancelled(as state: AppointmentState, reason: String, at now: Instant) -> Appointment {
    var result = self
    result.state = state
    // Nothing was paid and no fee is wanted: the claim goes with the session.
    result.paymentStatus = .none
    result.version += 1
    result.changedAt = now
    result.cancelReason = reason
    return result
  }

  /// Whether an actor may know of it: staff of all, the others of their own.
  public func isVisible(to actor: Actor) -> Bool {
    switch actor {
    case .staff: true
    case .therapist(let id): therapist == id
    case .client(let id): client == id
    }
  }

  /// What it takes of its therapist's, room's and client's time.
  public var occupation: Occupation {
    Occupation(
      occupant: .appointment(id), span: span, buffers: buffers, therapist: therapist, room: room,
      client: client)
  }
}

/// One step of an appointment's life, kept for good.
public struct Transition: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The appointment's version after the step: 1, 2, ...
  public let version: Int64
  public let from: AppointmentState?
  public let to: AppointmentState
  public let at: Instant
  public let by: Actor
  public let reason: String
  /// What stood in the way of a booking, and was knowingly accepted (S-6).
  public let overridden: Overrides

  public init(
    appointment: AppointmentID, version: Int64, from: AppointmentState?, to: AppointmentState,
    at: Instant, by: Actor, reason: String, overridden: Overrides = []
  ) {
    self.appointment = appointment
    self.version = version
    self.from = from
    self.to = to
    self.at = at
    self.by = by
    self.reason = reason
    self.overridden = overridden
  }
}
