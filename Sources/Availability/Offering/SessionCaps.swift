/// The most sessions that may start in a stretch of a therapist's local time (S-4, kind 10).
public struct SessionCaps: Hashable, Sendable {
  /// On one day; nil is no limit.
  public let daily: Int?
  /// In one week, from Monday on; nil is no limit.
  public let weekly: Int?

  public init(daily: Int?, weekly: Int?) {
    self.daily = daily
    self.weekly = weekly
  }

  public static let none = SessionCaps(daily: nil, weekly: nil)
}
