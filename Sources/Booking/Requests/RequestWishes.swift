public import Availability

/// A session that is asked for (B-4).
public struct AskWish: Hashable, Sendable {
  /// Which, and for whom. A client overrides nothing, and nobody does for them: it has no overrides.
  public let session: BookingWish
  /// For the therapist; may be empty.
  public let note: String

  public init(session: BookingWish, note: String) {
    self.session = session
    self.note = note
  }
}

/// A request to accept (B-5).
public struct AcceptWish: Hashable, Sendable {
  /// Whose it is said to be.
  public enum Claimant: Hashable, Sendable {
    /// The one who matches; a new client where none does.
    case matching
    case named(ClientID)
    /// Whoever matches.
    case new
  }

  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let claimant: Claimant

  public init(appointment: AppointmentID, seenVersion: Int64?, claimant: Claimant) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.claimant = claimant
  }
}

/// A request to decline (B-6).
public struct DeclineWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let reason: String
  /// Whether the client is not told.
  public let isQuiet: Bool

  public init(
    appointment: AppointmentID, seenVersion: Int64?, reason: String, isQuiet: Bool = false
  ) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.reason = reason
    self.isQuiet = isQuiet
  }
}

/// A request to take back (B-6).
public struct WithdrawWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let reason: String

  public init(appointment: AppointmentID, seenVersion: Int64?, reason: String) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.reason = reason
  }
}
