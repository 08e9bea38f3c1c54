/// A stretch of time, half-open: it holds its start and not its end. Never empty.
public struct Span: Hashable, Sendable {
  public let start: Minute
  public let end: Minute

  /// Nil unless `start` is before `end`.
  @inlinable
  public init?(from start: Minute, to end: Minute) {
    guard start < end else { return nil }
    self.start = start
    self.end = end
  }

  /// Nil unless it lasts at least a minute.
  @inlinable
  public init?(from start: Minute, lastingMinutes minutes: Int32) {
    self.init(from: start, to: start.advanced(byMinutes: minutes))
  }

  @inlinable
  public var lengthMinutes: Int32 { start.minutes(to: end) }

  /// Whether the two share a minute. Spans that only touch do not.
  @inlinable
  public func overlaps(_ other: Span) -> Bool {
    start < other.end && other.start < end
  }

  @inlinable
  public func contains(_ other: Span) -> Bool {
    start <= other.start && other.end <= end
  }

  @inlinable
  public func contains(_ minute: Minute) -> Bool {
    start <= minute && minute < end
  }

  /// What both share; nil when they do not overlap.
  @inlinable
  public func intersection(_ other: Span) -> Span? {
    Span(from: max(start, other.start), to: min(end, other.end))
  }
}

extension Span: Comparable {
  /// By start, then by end.
  @inlinable
  public static func < (left: Span, right: Span) -> Bool {
    left.start != right.start ? left.start < right.start : left.end < right.end
  }
}
