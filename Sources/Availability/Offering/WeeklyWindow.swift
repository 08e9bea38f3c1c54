/// Opening hours of one weekday at one location, in the therapist's local time.
public struct WeeklyWindow: Hashable, Sendable {
  /// The day on which it opens; it belongs to this day even where it reaches beyond midnight (S-8).
  public let weekday: Weekday
  /// Minutes after local midnight, 0 to 1439.
  public let opensMinute: Int32
  /// Minutes after the same midnight; above `opensMinute`, at most 1440 above it.
  public let closesMinute: Int32
  public let location: LocationID
  /// The first day on which it can open; nil is no limit.
  public let validFrom: CivilDate?
  /// The last day on which it can open, included; nil is no limit.
  public let validUntil: CivilDate?

  /// Nil when a minute is outside its limits, or no day is valid.
  public init?(
    weekday: Weekday, opensMinute: Int32, closesMinute: Int32, location: LocationID,
    validFrom: CivilDate? = nil, validUntil: CivilDate? = nil
  ) {
    guard WeeklyWindow.allows(opensMinute: opensMinute, closesMinute: closesMinute) else {
      return nil
    }
    if let validFrom, let validUntil, validUntil < validFrom { return nil }
    self.weekday = weekday
    self.opensMinute = opensMinute
    self.closesMinute = closesMinute
    self.location = location
    self.validFrom = validFrom
    self.validUntil = validUntil
  }

  /// Whether hours of a day may be so: also those of exceptions.
  static func allows(opensMinute: Int32, closesMinute: Int32) -> Bool {
    (0..<LocalMinute.perDay).contains(opensMinute) && closesMinute > opensMinute
      && closesMinute <= opensMinute + LocalMinute.perDay
  }
}
