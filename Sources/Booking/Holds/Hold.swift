public import Availability
public import Intervals

/// A slot that is reserved until a deadline (S-12).
public struct Hold: Hashable, Sendable {
  public let id: HoldID
  public let therapist: TherapistID
  public let service: ServiceID
  public let location: LocationID
  /// Nil where the location has no rooms.
  public let room: RoomID?
  /// Nil where it is not known who comes.
  public let client: ClientID?
  public let span: Span
  /// The service's when it was taken.
  public let buffers: Buffers
  public let takenAt: Instant
  /// The latest deadline that renewing can give it.
  public let expiresAtMax: Instant
  public private(set) var expiresAt: Instant
  public let state: HoldState

  public init(
    id: HoldID, therapist: TherapistID, service: ServiceID, location: LocationID, room: RoomID?,
    client: ClientID?, span: Span, buffers: Buffers, takenAt: Instant, expiresAtMax: Instant,
    expiresAt: Instant, state: HoldState
  ) {
    self.id = id
    self.therapist = therapist
    self.service = service
    self.location = location
    self.room = room
    self.client = client
    self.span = span
    self.buffers = buffers
    self.takenAt = takenAt
    self.expiresAtMax = expiresAtMax
    self.expiresAt = expiresAt
    self.state = state
  }

  /// From its deadline on it holds no more, whether or not anyone has written that down.
  public func holds(at now: Instant) -> Bool {
    state == .held && now < expiresAt
  }

  /// Whether an actor may know of it: staff of all, a therapist of their own; a client of their own
  /// and of those that are nobody's yet.
  public func isVisible(to actor: Actor) -> Bool {
    switch actor {
    case .staff, .time, .gateway: true
    case .therapist(let id): therapist == id
    case .client(let id): client == nil || client == id
    case .link: false
    }
  }

  /// What it takes, and until when.
  public var heldTime: HeldTime {
    HeldTime(
      occupation: Occupation(
        occupant: .hold(id), span: span, buffers: buffers, therapist: therapist, room: room,
        client: client),
      expiresAt: expiresAt)
  }

  /// The hold with a later deadline. The caller has asked whether it may have one.
  func renewed(until deadline: Instant) -> Hold {
    var result = self
    result.expiresAt = deadline
    return result
  }
}

/// What became of a hold. It may have lapsed while it is still written down as held: see `holds(at:)`.
public enum HoldState: String, CaseIterable, Sendable {
  case held = "HELD"
  /// The booking that it was made for took it over.
  case booked = "BOOKED"
  case released = "RELEASED"
  case lapsed = "LAPSED"
}

extension ResolvedPolicy {
  /// The deadline of a hold that is taken or renewed now.
  func holdDeadline(at now: Instant, notAfter latest: Instant) -> Instant {
    min(now.advanced(byMinutes: holdMinutes), latest)
  }

  /// The latest deadline of a hold that is taken now.
  func latestHoldDeadline(at now: Instant) -> Instant {
    now.advanced(byMinutes: holdTotalMinutes)
  }
}

extension Instant {
  fileprivate func advanced(byMinutes minutes: Int32) -> Instant {
    advanced(byMs: Int64(minutes) * 60_000)
  }
}
