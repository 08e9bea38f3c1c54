public import Accounting
public import Availability
public import Intervals

/// A session that is, or was, asked for or booked.
public struct Appointment: Hashable, Sendable {
  public let id: AppointmentID
  public let therapist: TherapistID
  /// Nil only where it was asked for by someone who is not known yet (B-4).
  public internal(set) var client: ClientID?
  public let service: ServiceID
  public internal(set) var location: LocationID
  /// Nil where the location has no rooms.
  public internal(set) var room: RoomID?
  public internal(set) var span: Span
  /// Those of the service when it was booked: its later changes do not move what is booked (S-7).
  public let buffers: Buffers
  /// The therapist's IANA zone when it was booked.
  public let zoneName: String
  public internal(set) var plan: PaymentPlan
  /// What it costs; of a session of a package, once that is known (K-5).
  public internal(set) var price: Money
  public let bookedAt: Instant
  public internal(set) var state: AppointmentState
  public internal(set) var paymentStatus: PaymentStatus
  public internal(set) var version: Int64
  public internal(set) var changedAt: Instant
  /// Empty unless someone said why.
  public internal(set) var cancelReason: String
  /// Nil where it is not one of a series.
  public internal(set) var recurrence: SeriesMembership?
  public internal(set) var attendance: Attendance
  /// Minor units of the price's currency, as are the two after it.
  public internal(set) var paid: Int64
  public internal(set) var refunded: Int64
  /// What cancelling cost.
  public internal(set) var fee: Int64
  /// Until when it has to be paid to stand (P-4).
  public internal(set) var paymentDeadline: Instant?
  /// When it is charged by itself (P-2); nil where it is not, or was.
  public internal(set) var chargeAt: Instant?
  /// Not paid in time, and the gateway was asked to take no money any more: until when its answer is waited for.
  public internal(set) var givingUpAt: Instant?
  /// The saved one that is charged; nil means the client's default.
  public internal(set) var paymentMethod: PaymentMethodID?
  /// Of what it earned, the platform's part (P-10); 0 until it is held. Minor units.
  public internal(set) var commission: Int64
  /// When time will next change it; nil where it will not. See `Appointment.nextDue`.
  public internal(set) var due: Instant?
  /// The package that it is a session of; nil for none (K-3).
  public internal(set) var package: PackageMembership?
  /// How long before the start its client is reminded by SMS; nil means not at all (N-2).
  public internal(set) var smsLeadMinutes: Int32?
  /// Reminders until then, included, are over: sent, skipped, or before it stood where it stands (N-2).
  public internal(set) var remindedUntil: Instant
  /// Who asked, where it began as a request.
  public let request: RequestDetails?

  public init(
    id: AppointmentID, therapist: TherapistID, client: ClientID?, service: ServiceID,
    location: LocationID, room: RoomID?, span: Span, buffers: Buffers = .none, zoneName: String,
    plan: PaymentPlan, price: Money, bookedAt: Instant, state: AppointmentState,
    paymentStatus: PaymentStatus, version: Int64, changedAt: Instant, cancelReason: String,
    recurrence: SeriesMembership? = nil, attendance: Attendance = .unset, paid: Int64 = 0,
    refunded: Int64 = 0, fee: Int64 = 0, paymentDeadline: Instant? = nil, chargeAt: Instant? = nil,
    givingUpAt: Instant? = nil, paymentMethod: PaymentMethodID? = nil, commission: Int64 = 0,
    due: Instant? = nil, package: PackageMembership? = nil, smsLeadMinutes: Int32? = nil,
    remindedUntil: Instant? = nil, request: RequestDetails? = nil
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
    self.recurrence = recurrence
    self.attendance = attendance
    self.paid = paid
    self.refunded = refunded
    self.fee = fee
    self.paymentDeadline = paymentDeadline
    self.chargeAt = chargeAt
    self.givingUpAt = givingUpAt
    self.paymentMethod = paymentMethod
    self.commission = commission
    self.due = due
    self.package = package
    self.smsLeadMinutes = smsLeadMinutes
    self.remindedUntil = remindedUntil ?? bookedAt
    self.request = request
  }

  /// Whether an actor may know of it: staff of all, the others of their own.
  public func isVisible(to actor: Actor) -> Bool {
    switch actor {
    case .staff, .time, .gateway: true
    case .therapist(let id): therapist == id
    case .client(let id): id != nil && client == id
    case .link(let id): self.id == id
    }
  }

  /// What it takes of its therapist's, room's and client's time.
  public var occupation: Occupation {
    Occupation(
      occupant: .appointment(id), span: span, buffers: buffers, therapist: therapist, room: room,
      client: client)
  }

  /// What it takes as things are: nothing once it was cancelled.
  public var taken: Occupation? { state.occupies ? occupation : nil }

  /// An amount in the currency of its price.
  public func money(_ minorUnits: Int64) -> Money {
    Money(minorUnits: minorUnits, currency: price.currency)
  }
}

/// Which of a series an appointment is (B-9).
public struct SeriesMembership: Hashable, Sendable {
  public let series: SeriesID
  /// The start that the rule gave it, also after it moved (RFC 5545: RECURRENCE-ID).
  public let originalStart: Minute

  public init(series: SeriesID, originalStart: Minute) {
    self.series = series
    self.originalStart = originalStart
  }
}

/// What a client said who asked for a session (B-4).
public struct RequestDetails: Hashable, Sendable {
  /// Nil where a client of the partner's asked under their own id.
  public let registration: Registration?
  /// For the therapist; may be empty.
  public let note: String

  public init(registration: Registration?, note: String) {
    self.registration = registration
    self.note = note
  }
}

/// Whether the client came, apart from the state.
public enum Attendance: Hashable, Sendable {
  case unset
  case attended
  case noShow
  /// A status of the partner's own, by its code.
  case custom(String)

  /// As it travels and is stored: empty while unset.
  public var code: String {
    switch self {
    case .unset: ""
    case .attended: "ATTENDED"
    case .noShow: "NO_SHOW"
    case .custom(let code): code
    }
  }

  public init(code: String) {
    switch code {
    case "": self = .unset
    case "ATTENDED": self = .attended
    case "NO_SHOW": self = .noShow
    default: self = .custom(code)
    }
  }
}
