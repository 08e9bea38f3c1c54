/// A reading of a wall clock, to the minute: minutes since 1970-01-01T00:00 on that wall.
///
/// Which point in time it names, if any, only a `Zone` can say.
public struct LocalMinute: Hashable, Comparable, Sendable {
  public let sinceEpoch: Int32

  @inlinable
  public init(sinceEpoch: Int32) {
    self.sinceEpoch = sinceEpoch
  }

  /// - Parameter minuteOfDay: minutes after the date's midnight; 1440 and more is a later day.
  public init(date: CivilDate, minuteOfDay: Int32) {
    sinceEpoch = date.daysSinceEpoch * LocalMinute.perDay + minuteOfDay
  }

  public var date: CivilDate {
    CivilDate(daysSinceEpoch: (sinceEpoch - minuteOfDay) / LocalMinute.perDay)
  }

  /// 0 to 1439.
  public var minuteOfDay: Int32 { sinceEpoch.remainder(flooredBy: LocalMinute.perDay) }

  public static func < (left: LocalMinute, right: LocalMinute) -> Bool {
    left.sinceEpoch < right.sinceEpoch
  }

  static let perDay: Int32 = 1_440
}
