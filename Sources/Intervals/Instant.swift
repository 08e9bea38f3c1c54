/// A reading of a clock: milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
  public let msSinceEpoch: Int64

  @inlinable
  public init(msSinceEpoch: Int64) {
    self.msSinceEpoch = msSinceEpoch
  }

  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.msSinceEpoch < right.msSinceEpoch
  }

  /// The point so many milliseconds later, or earlier when negative.
  @inlinable
  public func advanced(byMs ms: Int64) -> Instant {
    Instant(msSinceEpoch: msSinceEpoch + ms)
  }
}

extension Minute {
  private static let msEach: Int64 = 60_000

  /// The same point as a reading of a clock.
  public var instant: Instant {
    Instant(msSinceEpoch: Int64(sinceEpoch) * Minute.msEach)
  }

  /// The point that an instant names, if it is a whole minute within range.
  public init?(exactly instant: Instant) {
    let (minutes, rest) = instant.msSinceEpoch.quotientAndRemainder(dividingBy: Minute.msEach)
    guard rest == 0, let whole = Int32(exactly: minutes) else { return nil }
    self.init(sinceEpoch: whole)
  }

  /// The first whole minute at or after an instant; nil when out of range.
  public init?(atOrAfter instant: Instant) {
    let (minutes, rest) = instant.msSinceEpoch.quotientAndRemainder(dividingBy: Minute.msEach)
    guard let whole = Int32(exactly: minutes + (rest > 0 ? 1 : 0)) else { return nil }
    self.init(sinceEpoch: whole)
  }
}
