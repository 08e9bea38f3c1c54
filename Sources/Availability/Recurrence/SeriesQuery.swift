public import Intervals

/// Which times to look for that are free again and again: "weekly, ten times, one of them may be missed".
public struct SeriesQuery: Hashable, Sendable {
  /// Ends by COUNT, within `countMax`.
  public let rule: RecurrenceRule
  public let service: ServiceID
  /// Nil is any at which the service is offered.
  public let location: LocationID?
  /// The client who would come; nil leaves out what they have elsewhere.
  public let client: ClientID?
  /// Where first occurrences start.
  public let firstStarts: Span
  /// Of how many occurrences the time may be taken.
  public let missesMax: Int
  /// The most times to give.
  public let limit: Int

  /// The longest stretch of first starts: five weeks, and an hour by which clocks may be put back.
  public static let firstStartsMinutesMax: Int32 = 5 * 7 * 1_440 + 60
  /// Two a week for a year. A search looks at each occurrence of each time.
  public static let countMax = 104
  public static let limits = 1...1_000

  /// Nil unless the rule ends by COUNT and within its limit, fewer may be missed than there are, the
  /// first starts lie within five weeks, and one time is wanted at least, a thousand at most.
  public init?(
    _ rule: RecurrenceRule, service: ServiceID, location: LocationID? = nil,
    client: ClientID? = nil, firstStarts: Span, missesMax: Int = 0, limit: Int
  ) {
    guard let count = rule.count, count <= SeriesQuery.countMax,
      (0..<count).contains(missesMax), SeriesQuery.limits.contains(limit)
    else { return nil }
    let (from, until) = (firstStarts.start.sinceEpoch, firstStarts.end.sinceEpoch)
    // Callers choose both: their distance need not fit 32 bits.
    guard Int64(until) - Int64(from) <= Int64(SeriesQuery.firstStartsMinutesMax) else { return nil }
    self.rule = rule
    self.service = service
    self.location = location
    self.client = client
    self.firstStarts = firstStarts.reckonable
    self.missesMax = missesMax
    self.limit = limit
  }
}

/// A time that is free again and again.
public struct SeriesTime: Hashable, Sendable {
  public let group: SlotGroup
  /// What clocks show at the first occurrence, and at all others of their days.
  public let localStart: LocalMinute
  /// Of the first occurrence, whether it is free or missed.
  public let start: Minute
  /// Those at which the time could not be booked: taken, closed, or beyond the horizon.
  public let missed: [Occurrence]
  /// Skipped because clocks are put forward over them: neither free nor missed (S-9).
  public let gaps: [LocalMinute]
  public let freeCount: Int
}
