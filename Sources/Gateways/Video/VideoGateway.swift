public import Availability
public import Intervals

/// Where online sessions take place. It only makes links, and asks nobody for them.
public protocol VideoGateway: Sendable {
  /// A party's own link. Both parties of a session get the same room.
  func link(to session: VideoSession, for party: VideoParty) throws -> VideoLink
}

/// A session that is to be joined by video.
public struct VideoSession: Hashable, Sendable {
  public let appointment: AppointmentID
  /// From here on one can join.
  public let opens: Instant
  /// From here on one cannot.
  public let closes: Instant

  public init(appointment: AppointmentID, opens: Instant, closes: Instant) {
    self.appointment = appointment
    self.opens = opens
    self.closes = closes
  }
}

/// Who joins. The video server is told no more than this; no address, above all.
public struct VideoParty: Hashable, Sendable {
  public enum Role: Hashable, CaseIterable, Sendable {
    /// Moderates the room.
    case therapist
    case client
  }

  public let role: Role
  /// The id of the therapist or client.
  public let id: String
  /// What the other party sees.
  public let displayName: String

  public init(role: Role, id: String, displayName: String) {
    self.role = role
    self.id = id
    self.displayName = displayName
  }
}

/// A link for one party to one session.
public struct VideoLink: Hashable, Sendable {
  /// Complete, with the token: whoever has it can join.
  public let url: String
  public let room: String
  /// A JSON Web Token, for apps that embed the video instead of following the link.
  public let token: String
  public let opens: Instant
  public let closes: Instant
}

extension Instant {
  /// As JSON Web Tokens count time.
  var secondsSinceEpoch: Int64 { msSinceEpoch / 1_000 }
}
