public import Intervals

/// By which rule the appointments of a series recur (B-8): what a practice needs of RFC 5545's RRULE.
///
/// Weeks begin on Monday. A rule has an end: nothing here goes on forever.
public struct RecurrenceRule: Hashable, Sendable {
  public enum Frequency: Hashable, Sendable {
    case daily, weekly, monthly
  }

  /// A day that a rule names.
  public struct Day: Hashable, Sendable {
    public let weekday: Weekday
    /// Which of a month's such days, from 1 on; -1 is the last one. Nil is all of them.
    public let ordinal: Int?

    public init(_ weekday: Weekday, ordinal: Int? = nil) {
      self.weekday = weekday
      self.ordinal = ordinal
    }
  }

  public enum End: Hashable, Sendable {
    /// After so many occurrences. Those that are taken out count (EXDATE); those that fall into a gap
    /// do not (S-9).
    case count(Int)
    /// The last day on which one may start, in the series' zone; it is included.
    case lastDay(CivilDate)
    /// The last instant at which one may start; it is included.
    case lastStart(Instant)
  }

  public let frequency: Frequency
  /// Every so many days, weeks or months.
  public let interval: Int
  public let end: End
  /// By weekday, without doubles. Empty is the start's own weekday or, monthly, its day of the month.
  public let days: [Day]

  public static let intervals = 1...99
  public static let counts = 1...400
  /// Of an ordinal, either way.
  public static let ordinals = 1...5

  /// - Parameters:
  ///   - end: an instant is taken without what it has beyond the full second.
  ///   - days: in any order. Only a monthly rule has ordinals.
  public init(
    _ frequency: Frequency, interval: Int = 1, end: End, days: [Day] = []
  ) throws(Malformed) {
    try Malformed.unless(RecurrenceRule.intervals, contains: interval, part: "INTERVAL")
    self.frequency = frequency
    self.interval = interval
    self.end = try RecurrenceRule.checked(end)
    for case (let day, let ordinal?) in days.map({ ($0, $0.ordinal) }) {
      guard frequency == .monthly else {
        throw Malformed("BYDAY", expected: "weekdays without a number", got: day.text)
      }
      guard RecurrenceRule.ordinals.contains(Int(clamping: ordinal.magnitude)) else {
        throw Malformed("BYDAY", expected: "1 to 5 or -5 to -1 before a weekday", got: day.text)
      }
    }
    self.days = Set(days).sorted { $0.rank < $1.rank }
  }

  private init(_ rule: RecurrenceRule, end: End) {
    frequency = rule.frequency
    interval = rule.interval
    days = rule.days
    self.end = end
  }

  /// Nil where another end is set.
  public var count: Int? {
    switch end {
    case .count(let count): count
    case .lastDay, .lastStart: nil
    }
  }

  private static func checked(_ end: End) throws(Malformed) -> End {
    switch end {
    case .count(let count):
      try Malformed.unless(counts, contains: count, part: "COUNT")
      return end
    case .lastDay(let day):
      guard UntilText.days.contains(day) else { throw UntilText.malformed(got: nil) }
      return end
    case .lastStart(let instant):
      let rest = instant.msSinceEpoch.remainder(flooredBy: 1_000)
      guard UntilText.instants.contains(instant) else { throw UntilText.malformed(got: nil) }
      return .lastStart(instant.advanced(byMs: -rest))
    }
  }
}

// MARK: Splitting a series

extension RecurrenceRule {
  /// The same rule, but ending before one of its occurrences: what is left of a series from whose
  /// middle on it is changed or deleted (B-9). The start and what is taken out stay as they are.
  ///
  /// From the first occurrence on nothing would be left: then the series as a whole is changed.
  ///
  /// - Parameter occurrence: of the series, not its first: `Occurrence.position` is above 0.
  public func ending(before occurrence: LocalMinute, in zone: Zone) -> RecurrenceRule {
    let dayBefore = LocalMinute(sinceEpoch: occurrence.sinceEpoch - LocalMinute.perDay)
    let (earliest, start) = (zone.edge(dayBefore), zone.edge(occurrence))
    // Halfway from a day before, so that an hour more or less by which a state moves its clocks later
    // on does not bring the occurrence back.
    let halfway = earliest.advanced(byMinutes: earliest.minutes(to: start) / 2)
    let last = min(halfway, start.advanced(byMinutes: -1))
    return RecurrenceRule(self, end: .lastStart(last.instant))
  }

  /// The rule by which a series goes on from one of its occurrences, which is the new start: with
  /// what `ending(before:in:)` leaves it makes up the whole. What is taken out stays as it is: dates
  /// before the new start change nothing.
  ///
  /// - Parameter occurrences: how many come before the new start: its `Occurrence.position`.
  /// - Returns: nil when none are left.
  public func remaining(after occurrences: Int) -> RecurrenceRule? {
    switch end {
    case .lastDay, .lastStart: self
    case .count(let count):
      count > occurrences ? RecurrenceRule(self, end: .count(count - max(0, occurrences))) : nil
    }
  }
}

extension RecurrenceRule.Day {
  /// By weekday; then all of the month, the first to the fifth, the fifth from the last to the last.
  fileprivate var rank: Int {
    let ordinal = ordinal ?? 0
    return weekday.rawValue * 100 + (ordinal < 0 ? 50 + ordinal : ordinal)
  }
}
