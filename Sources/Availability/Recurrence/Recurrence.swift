public import Intervals

/// One of the appointments that recur.
public struct Occurrence: Hashable, Sendable {
  /// What clocks show at its start. By this a series knows it, wherever it is moved later (RFC 5545:
  /// RECURRENCE-ID).
  public let localStart: LocalMinute
  public let start: Minute
  /// How many come before it, those taken out among them: what COUNT has counted by then.
  public let position: Int
}

/// All occurrences of a rule from a start on: the same reading of the clock on each day (S-9).
public struct Recurrence: Hashable, Sendable {
  /// Why a rule and a start do not go together.
  public enum Refusal: Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The start would be an occurrence by RFC 5545 and yet break the rule.
    case startNotNamed
    /// The start is not within some 2,000 years of 1970.
    case startOutOfRange
    /// UNTIL allows none, not even the start.
    case endsBeforeStart
    /// UNTIL allows more than COUNT could.
    case tooMany
    /// The last one is more than ten years after the start.
    case endsTooLate

    public var description: String {
      switch self {
      case .startNotNamed: "start: expected a day that the rule names"
      case .startOutOfRange: "start: expected a time within 2000 years of 1970"
      case .endsBeforeStart: "UNTIL: expected the start or later"
      case .tooMany:
        "UNTIL: expected at most \(RecurrenceRule.counts.upperBound) occurrences before it"
      case .endsTooLate: "rule: expected all occurrences within ten years of the start"
      }
    }
  }

  /// Ascending, without those taken out.
  public let occurrences: [Occurrence]
  /// Starts that do not exist because clocks were put forward over them: skipped and not counted
  /// (S-9). Ascending; without those taken out, and none after the last that counts.
  public let gaps: [LocalMinute]

  /// - Parameters:
  ///   - start: of the first occurrence. It counts (RFC 5545: DTSTART), so that the rule has to name
  ///     its day; a start in a gap is a gap like others. A reading that comes twice is the first one.
  ///   - excluded: starts of occurrences that are taken out (RFC 5545: EXDATE); others do not matter.
  public init(
    _ rule: RecurrenceRule, from start: LocalMinute, in zone: Zone,
    excluding excluded: Set<LocalMinute> = []
  ) throws(Refusal) {
    guard start.sinceEpoch.magnitude < Minute.reckonableMinutes else { throw .startOutOfRange }
    var dates = RecurrenceDates(rule, from: start.date)
    var occurrences: [Occurrence] = []
    var gaps: [LocalMinute] = []
    var position = 0
    var date = dates.next()
    guard date == start.date else { throw .startNotNamed }
    while let day = date {
      let local = LocalMinute(date: day, minuteOfDay: start.minuteOfDay)
      let found = zone.resolve(local)
      if rule.isOver(at: found.start, local, position: position) {
        if day == start.date { throw .endsBeforeStart }
        break
      }
      let isExcluded = excluded.contains(local)
      if found.isGap {
        if !isExcluded { gaps.append(local) }
      } else {
        guard position < RecurrenceRule.counts.upperBound else { throw .tooMany }
        if !isExcluded {
          occurrences.append(
            Occurrence(localStart: local, start: found.start, position: position))
        }
        position += 1
      }
      date = dates.next()
    }
    if date == nil, !rule.mayEnd(afterTenYearsFrom: start.date, in: zone, position: position) {
      throw .endsTooLate
    }
    self.occurrences = occurrences
    self.gaps = gaps
  }
}

extension RecurrenceRule {
  /// - Parameters:
  ///   - start: of the next occurrence.
  ///   - position: how many came before.
  fileprivate func isOver(at start: Minute, _ local: LocalMinute, position: Int) -> Bool {
    switch end {
    case .count(let count): position == count
    case .lastDay(let day): local.date > day
    case .lastStart(let instant): start.instant > instant
    }
  }

  /// Whether it is over where days came to an end.
  fileprivate func mayEnd(
    afterTenYearsFrom start: CivilDate, in zone: Zone, position: Int
  ) -> Bool {
    let nextDay = RecurrenceDates.lastDay(from: start).adding(days: 1)
    return isOver(
      at: zone.startOfDay(nextDay), LocalMinute(date: nextDay, minuteOfDay: 0), position: position)
  }
}

extension Zone.Resolution {
  /// The reading's first occurrence, or the gap's end.
  var start: Minute {
    switch self {
    case .once(let minute), .twice(let minute, _), .gap(let minute): minute
    }
  }

  var isGap: Bool {
    switch self {
    case .once, .twice: false
    case .gap: true
    }
  }
}
