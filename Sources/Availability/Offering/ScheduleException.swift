/// A dated exception from a therapist's weekly hours, in the therapist's local time (S-8).
public struct ScheduleException: Hashable, Sendable {
  /// Which part of each day is closed.
  public enum Hours: Hashable, Sendable {
    /// The windows that open on these days do not; those of the evening before go on.
    case wholeDays
    /// Minutes after each day's midnight, with the limits of a `WeeklyWindow`. Taken away from
    /// everything that is open.
    case between(opensMinute: Int32, closesMinute: Int32)
  }

  public enum Effect: Hashable, Sendable {
    /// At one location; nil is at all of them.
    case closed(Hours, at: LocationID?)
    /// Minutes after each day's midnight, with the limits of a `WeeklyWindow`. They hold on days
    /// that are closed, too.
    case extraHours(opensMinute: Int32, closesMinute: Int32, at: LocationID)
  }

  public let id: ScheduleExceptionID
  public let firstDay: CivilDate
  /// Included.
  public let lastDay: CivilDate
  public let effect: Effect
  /// What for, as clients may be told.
  public let note: String

  /// The last day is at most so many after the first.
  public static let daysAfterFirstMax: Int32 = 366

  /// Nil when the last day is before the first or too long after it, or a minute outside its limits.
  public init?(
    id: ScheduleExceptionID, firstDay: CivilDate, lastDay: CivilDate, effect: Effect, note: String
  ) {
    let days = lastDay.daysSinceEpoch.subtractingReportingOverflow(firstDay.daysSinceEpoch)
    guard !days.overflow, (0...ScheduleException.daysAfterFirstMax).contains(days.partialValue),
      effect.isWithinLimits
    else { return nil }
    self.id = id
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.effect = effect
    self.note = note
  }
}

extension ScheduleException.Effect {
  /// Where it opens; nil when it closes.
  var opensAt: LocationID? {
    switch self {
    case .closed: nil
    case .extraHours(_, _, let location): location
    }
  }

  func concerns(_ location: LocationID) -> Bool {
    switch self {
    case .closed(_, nil): true
    case .closed(_, .some(let only)), .extraHours(_, _, let only): only == location
    }
  }

  fileprivate var isWithinLimits: Bool {
    switch self {
    case .closed(.wholeDays, _): true
    case .closed(.between(let opens, let closes), _), .extraHours(let opens, let closes, _):
      WeeklyWindow.allows(opensMinute: opens, closesMinute: closes)
    }
  }
}
