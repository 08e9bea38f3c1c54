internal import Availability

/// By how much the occurrences of a series move: all by the same local days, to the same time of day.
struct SeriesShift: Hashable {
  let days: Int
  let minuteOfDay: Int32

  init(from old: LocalMinute, to new: LocalMinute) {
    days = Int(new.date.daysSinceEpoch - old.date.daysSinceEpoch)
    minuteOfDay = new.minuteOfDay
  }

  func callAsFunction(_ local: LocalMinute) -> LocalMinute {
    LocalMinute(date: local.date.adding(days: days), minuteOfDay: minuteOfDay)
  }

  /// A rule that gives just the days of another one, shifted: all of them, or those from one on.
  ///
  /// - Parameter days: what the other one gives.
  func rule(_ old: RecurrenceRule, giving days: [RuleDay], in zone: Zone) throws(Refused)
    -> RecurrenceRule
  {
    let shifted = days.map { self($0.local) }
    let existing = shifted.filter { zone.start(showing: $0) != nil }
    guard let first = shifted.first, let last = shifted.last, !existing.isEmpty else { return old }
    let end: RecurrenceRule.End =
      switch old.end {
      case .count: .count(existing.count)
      case .lastDay, .lastStart: .lastDay(last.date)
      }
    // Not every pattern of days has a rule once it is moved: the 31st, or the second Tuesday.
    guard self.days == 0 || !old.days.contains(where: { $0.ordinal != nil }),
      let rule = try? RecurrenceRule(
        old.frequency, interval: old.interval, end: end,
        days: old.days.map {
          RecurrenceRule.Day($0.weekday.advanced(byDays: self.days), ordinal: $0.ordinal)
        }),
      try RuleDay.all(of: rule, from: first, in: zone).filter({ $0.start != nil }).map(\.local)
        == existing
    else {
      throw Refused(
        .invalid([
          FieldFault(
            field: "local_start",
            expected:
              "expected a time on the same day: moved by \(self.days) days, its dates follow "
              + "no rule of this kind (\(old.text))")
        ]))
    }
    return rule
  }
}

extension Weekday {
  fileprivate func advanced(byDays days: Int) -> Weekday {
    let index = (rawValue - 1 + days) % 7
    return Weekday(rawValue: (index + 7) % 7 + 1) ?? self
  }
}
