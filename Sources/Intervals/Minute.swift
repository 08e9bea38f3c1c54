/// A point in time, to the minute: minutes since 1970-01-01T00:00Z.
///
/// Sessions begin and end on whole minutes. 32 bits reach beyond the year 6000.
public struct Minute: Hashable, Comparable, Sendable {
  public let sinceEpoch: Int32

  @inlinable
  public init(sinceEpoch: Int32) {
    self.sinceEpoch = sinceEpoch
  }

  @inlinable
  public static func < (left: Minute, right: Minute) -> Bool {
    left.sinceEpoch < right.sinceEpoch
  }

  /// The point so many minutes later, or earlier when negative. Traps beyond the year 6000.
  @inlinable
  public func advanced(byMinutes minutes: Int32) -> Minute {
    Minute(sinceEpoch: sinceEpoch + minutes)
  }

  /// Minutes from this point to another, negative when that is earlier.
  @inlinable
  public func minutes(to other: Minute) -> Int32 {
    other.sinceEpoch - sinceEpoch
  }
}
