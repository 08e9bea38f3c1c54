public import Intervals

/// What takes time.
public enum Occupant: Hashable, Sendable {
  case appointment(AppointmentID)
  case hold(HoldID)

  /// Its id, as it travels.
  public var text: String {
    switch self {
    case .appointment(let id): id.text
    case .hold(let id): id.text
    }
  }
}

/// What a session, booked or held, takes.
public struct Occupation: Hashable, Sendable {
  public let occupant: Occupant
  /// Without the buffers.
  public let span: Span
  /// Bind the therapist, not room and client.
  public let buffers: Buffers
  public let therapist: TherapistID
  /// Nil where the place has no rooms.
  public let room: RoomID?
  /// Nil while it is not known who comes.
  public let client: ClientID?

  public init(
    occupant: Occupant, span: Span, buffers: Buffers, therapist: TherapistID, room: RoomID?,
    client: ClientID?
  ) {
    self.occupant = occupant
    self.span = span
    self.buffers = buffers
    self.therapist = therapist
    self.room = room
    self.client = client
  }

  /// An appointment's, without buffers.
  public init(
    appointment: AppointmentID, span: Span, therapist: TherapistID, room: RoomID?,
    client: ClientID?
  ) {
    self.init(
      occupant: .appointment(appointment), span: span, buffers: .none, therapist: therapist,
      room: room, client: client)
  }

  /// Whether all that it takes is taken: asks for each resource, and stops at the first that is not.
  @inlinable
  public func allResources(_ body: (Resource) -> Bool) -> Bool {
    guard body(.therapist(therapist)) else { return false }
    if let room, !body(.room(room)) { return false }
    if let client, !body(.client(client)) { return false }
    return true
  }
}

extension Occupation {
  /// What it takes of one of its resources: only the therapist's time has buffers (S-7).
  func part(for resource: Resource) -> Occupation {
    if case .therapist = resource { return self }
    return Occupation(
      occupant: occupant, span: span, buffers: .none, therapist: therapist, room: room,
      client: client)
  }
}

/// What a hold takes until it lapses (S-12).
public struct HeldTime: Hashable, Sendable {
  public let occupation: Occupation
  public let expiresAt: Instant

  public init(occupation: Occupation, expiresAt: Instant) {
    self.occupation = occupation
    self.expiresAt = expiresAt
  }

  /// It holds before its deadline, and no more at it.
  public func holds(at now: Instant) -> Bool {
    now < expiresAt
  }
}

extension HeldTime {
  /// As `Occupation.part`.
  func part(for resource: Resource) -> HeldTime {
    HeldTime(occupation: occupation.part(for: resource), expiresAt: expiresAt)
  }
}
