/// Opening hours of one weekday at one location, in the therapist's local time.
public struct WeeklyWindow: Hashable, Sendable {
  /// The day on which it opens; it belongs to this day even where it reaches beyond midnight (S-8).
  public let weekday: Weekday
  /// Minutes after local midnight, 0 to 1439.
  public let opensMinute: Int32
  /// Minutes after the same midnight; above `opensMinute`, at most 1440 above it.
  public let closesMinute: Int32
  public let location: LocationID

  /// Nil when a minute is outside its limits.
  public init?(weekday: Weekday, opensMinute: Int32, closesMinute: Int32, location: LocationID) {
    guard (0..<LocalMinute.perDay).contains(opensMinute), closesMinute > opensMinute,
      closesMinute <= opensMinute + LocalMinute.perDay
    else { return nil }
    self.weekday = weekday
    self.opensMinute = opensMinute
    self.closesMinute = closesMinute
    self.location = location
  }
}
