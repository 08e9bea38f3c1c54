public import Availability
public import Intervals

/// A rule that appointments share (B-8).
public struct Series: Hashable, Sendable {
  public let id: SeriesID
  public let therapist: TherapistID
  public let client: ClientID
  public let service: ServiceID
  public internal(set) var location: LocationID
  /// Nil takes for each occurrence the first free one.
  public internal(set) var room: RoomID?
  public internal(set) var rule: RecurrenceRule
  /// The first occurrence's, in the therapist's zone.
  public internal(set) var localStart: LocalMinute
  public let zoneName: String
  /// In order of time.
  public internal(set) var omissions: [SeriesOmission]
  /// Nil where it was not split from another (B-9).
  public let splitFrom: SeriesID?
  public internal(set) var version: Int64
  public let madeAt: Instant

  public init(
    id: SeriesID, therapist: TherapistID, client: ClientID, service: ServiceID,
    location: LocationID, room: RoomID?, rule: RecurrenceRule, localStart: LocalMinute,
    zoneName: String,
    omissions: [SeriesOmission] = [], splitFrom: SeriesID? = nil, version: Int64 = 1,
    madeAt: Instant
  ) {
    self.id = id
    self.therapist = therapist
    self.client = client
    self.service = service
    self.location = location
    self.room = room
    self.rule = rule
    self.localStart = localStart
    self.zoneName = zoneName
    self.omissions = omissions
    self.splitFrom = splitFrom
    self.version = version
    self.madeAt = madeAt
  }

  /// Whether an actor may know of it: staff of all, the others of their own.
  public func isVisible(to actor: Actor) -> Bool {
    CarePair(therapist, client).isVisible(to: actor)
  }
}

/// An occurrence of the rule that has no appointment.
public struct SeriesOmission: Hashable, Sendable {
  public enum Reason: String, CaseIterable, Sendable {
    /// Named by the caller (RFC 5545: EXDATE).
    case excluded = "EXCLUDED"
    /// It could not be booked.
    case conflict = "CONFLICT"
    /// Its local time does not exist (S-9).
    case gap = "GAP"
  }

  public let localStart: LocalMinute
  public let reason: Reason

  public init(localStart: LocalMinute, reason: Reason) {
    self.localStart = localStart
    self.reason = reason
  }
}
