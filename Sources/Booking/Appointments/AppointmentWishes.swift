public import Accounting
public import Availability
public import Intervals

/// Where to move an appointment (B-10).
public struct RescheduleWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let start: Minute
  /// Nil leaves it where it is.
  public let location: LocationID?
  /// Nil takes the one that it has where that will do, else the first free one (S-10).
  public let room: RoomID?
  /// What is knowingly accepted (S-6).
  public let overrides: Overrides
  /// The hold that it takes over (S-12).
  public let hold: HoldID?
  public let reason: String
  /// Whether the client is not told (B-11).
  public let isQuiet: Bool

  public init(
    appointment: AppointmentID, seenVersion: Int64?, start: Minute, location: LocationID? = nil,
    room: RoomID? = nil, overrides: Overrides = [], hold: HoldID? = nil, reason: String = "",
    isQuiet: Bool = false
  ) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.start = start
    self.location = location
    self.room = room
    self.overrides = overrides
    self.hold = hold
    self.reason = reason
    self.isQuiet = isQuiet
  }
}

/// Whether the client came.
public struct AttendanceWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let attendance: Attendance

  public init(appointment: AppointmentID, seenVersion: Int64?, attendance: Attendance) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.attendance = attendance
  }
}

/// Money to record that came in or was given back (P-1, P-6).
public struct MoneyWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  /// More than 0; nil is all that is due, or owed back.
  public let amount: Money?
  /// How, as the partner names it.
  public let method: String
  /// For the record; of a refund, why.
  public let note: String

  public init(
    appointment: AppointmentID, seenVersion: Int64?, amount: Money?, method: String, note: String
  ) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.amount = amount
    self.method = method
    self.note = note
  }
}

/// All of a partner's own attendance statuses, as they are to be.
public struct AttendanceStatusesPut: Hashable, Sendable {
  public let statuses: [AttendanceStatus]
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?

  public init(statuses: [AttendanceStatus], seenVersion: Int64?) {
    self.statuses = statuses
    self.seenVersion = seenVersion
  }
}
