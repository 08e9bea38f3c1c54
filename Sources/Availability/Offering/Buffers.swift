internal import Intervals

/// Time around a session that keeps the therapist free of other sessions (S-7).
public struct Buffers: Hashable, Sendable {
  public let beforeMinutes: Int32
  public let afterMinutes: Int32

  /// - Parameters: at least 0, at most a day.
  public init(beforeMinutes: Int32, afterMinutes: Int32) {
    let limits = 0...LocalMinute.perDay
    precondition(
      limits.contains(beforeMinutes) && limits.contains(afterMinutes), "buffers last up to a day")
    self.beforeMinutes = beforeMinutes
    self.afterMinutes = afterMinutes
  }

  public static let none = Buffers(beforeMinutes: 0, afterMinutes: 0)

  var isNone: Bool { beforeMinutes == 0 && afterMinutes == 0 }
}

extension Span {
  /// A session's time with its buffers.
  func widened(by buffers: Buffers) -> Span {
    // Buffers are never negative, so it stays a span.
    Span(
      from: start.advanced(byMinutes: -buffers.beforeMinutes),
      to: end.advanced(byMinutes: buffers.afterMinutes))!
  }
}
