public import Availability
public import Intervals

/// The care relationship of one client with one therapist (FHIR: EpisodeOfCare).
public struct Therapy: Hashable, Sendable {
  public let id: TherapyID
  public let pair: CarePair
  /// Whether the client may book follow-ups by themself (B-7).
  public internal(set) var selfBooking: Bool
  public internal(set) var version: Int64
  public let begunAt: Instant

  public init(
    id: TherapyID, pair: CarePair, selfBooking: Bool = false, version: Int64 = 1, begunAt: Instant
  ) {
    self.id = id
    self.pair = pair
    self.selfBooking = selfBooking
    self.version = version
    self.begunAt = begunAt
  }

  /// Whether an actor may know of it: staff of all, the others of their own.
  public func isVisible(to actor: Actor) -> Bool { pair.isVisible(to: actor) }
}

/// A therapist and a client of theirs.
public struct CarePair: Hashable, Sendable {
  public let therapist: TherapistID
  public let client: ClientID

  public init(_ therapist: TherapistID, _ client: ClientID) {
    self.therapist = therapist
    self.client = client
  }

  /// Whether an actor may know what is between the two: staff of all, the others of their own.
  public func isVisible(to actor: Actor) -> Bool {
    switch actor {
    case .staff, .time, .gateway: true
    case .therapist(let id): therapist == id
    case .client(let id): client == id
    case .link: false
    }
  }
}
