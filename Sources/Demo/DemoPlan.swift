public import Availability

/// What a demo population is to be: all that it depends on, so that the same plan always makes the
/// same one.
public struct DemoPlan: Hashable, Sendable {
  /// Shared out evenly among the cities.
  public var therapistCount: Int
  public var seed: UInt64
  /// The first day on which sessions are booked.
  public var today: CivilDate
  /// For how many weeks from `today` sessions are booked, 26 at most: staff book no further (S-2).
  public var weeksBooked: Int

  public init(therapistCount: Int = 60, seed: UInt64, today: CivilDate, weeksBooked: Int = 6) {
    self.therapistCount = therapistCount
    self.seed = seed
    self.today = today
    self.weeksBooked = weeksBooked
  }
}
