public import Availability

/// A series to book (B-8).
public struct SeriesWish: Hashable, Sendable {
  /// What is nil here is the first appointment's, where that is named; else it is missing.
  public var therapist: TherapistID?
  public var service: ServiceID?
  public var location: LocationID?
  public var client: ClientID?
  public var localStart: LocalMinute?
  /// Nil takes for each occurrence the first free one in the location's order (S-10).
  public var room: RoomID?
  public var rule: RecurrenceRule
  /// Local starts to leave out (RFC 5545: EXDATE).
  public var excluded: Set<LocalMinute> = []
  /// An appointment that becomes the first of the series.
  public var firstAppointment: AppointmentID?
  public var mode = ConflictMode.allOrNothing
  /// What is knowingly accepted for each (S-6).
  public var overrides: Overrides = []
  /// Whether the client is not told (B-11).
  public var isQuiet = false

  public init(rule: RecurrenceRule) {
    self.rule = rule
  }
}

/// What to do where an occurrence cannot be booked (B-8).
public enum ConflictMode: Hashable, Sendable {
  case allOrNothing
  /// Leave it out, or where it is, as long as there is another.
  case skip
}

/// How much of a series a change is about (B-9).
public enum SeriesScope: Hashable, Sendable, CaseIterable {
  case this, thisAndFollowing, all
}

/// How to move a series, or a part of it (B-9).
public struct SeriesMove: Hashable, Sendable {
  /// One of the series.
  public let appointment: AppointmentID
  /// The version of that appointment that the caller saw; nil means whichever it is (B-14).
  public var seenVersion: Int64?
  public let scope: SeriesScope
  /// Where that appointment goes.
  public let localStart: LocalMinute
  /// Nil leaves them where they are.
  public var location: LocationID?
  /// Nil takes for each the first free one in the location's order (S-10).
  public var room: RoomID?
  public var mode = ConflictMode.allOrNothing
  /// What is knowingly accepted for each (S-6).
  public var overrides: Overrides = []
  public var reason = ""
  /// Whether the client is not told (B-11).
  public var isQuiet = false

  public init(_ appointment: AppointmentID, _ scope: SeriesScope, to localStart: LocalMinute) {
    self.appointment = appointment
    self.scope = scope
    self.localStart = localStart
  }
}

/// Which part of a series to cancel (B-9).
public struct SeriesCancelWish: Hashable, Sendable {
  /// One of the series.
  public let appointment: AppointmentID
  /// The version of that appointment that the caller saw; nil means whichever it is (B-14).
  public var seenVersion: Int64?
  public let scope: SeriesScope
  public var reason = ""
  /// Whether the client is not told (B-11).
  public var isQuiet = false

  public init(_ appointment: AppointmentID, _ scope: SeriesScope) {
    self.appointment = appointment
    self.scope = scope
  }
}
