/// The days of a recurrence, ascending from its start on: what its rule names, whatever clocks do and
/// without its end.
struct RecurrenceDates {
  private let rule: RecurrenceRule
  private let start: CivilDate
  /// None is given that is later.
  private let lastDay: CivilDate
  /// Of the first period: the start itself, its week's Monday or the first of its month.
  private let firstDay: CivilDate
  /// How many days, weeks or months were gone into, with those left out between them.
  private var periods = 0
  /// Of the period gone into last, ascending.
  private var days: [CivilDate] = []
  private var nextIndex = 0

  /// For so long zones are known, and a practice plans no further.
  private static let yearsMax = 10

  /// - Parameter start: within some 2,000 years of 1970.
  init(_ rule: RecurrenceRule, from start: CivilDate) {
    self.rule = rule
    self.start = start
    lastDay = RecurrenceDates.lastDay(from: start)
    firstDay =
      switch rule.frequency {
      case .daily: start
      case .weekly: start.adding(days: 1 - start.weekday.rawValue)
      case .monthly: start.adding(days: 1 - start.day)
      }
  }

  /// No recurrence goes on longer.
  static func lastDay(from start: CivilDate) -> CivilDate {
    start.adding(months: 12 * yearsMax)
  }

  /// Nil when there is none for ten years from the start. Where the rule names the start, it comes
  /// first.
  mutating func next() -> CivilDate? {
    while true {
      while nextIndex < days.count {
        let day = days[nextIndex]
        nextIndex += 1
        // The first week or month may have begun before.
        if day >= start { return day <= lastDay ? day : nil }
      }
      guard enterPeriod() else { return nil }
    }
  }

  private mutating func enterPeriod() -> Bool {
    days.removeAll(keepingCapacity: true)
    nextIndex = 0
    switch rule.frequency {
    case .daily:
      let day = firstDay.adding(days: periods)
      guard day <= lastDay else { return false }
      if rule.days.isEmpty || rule.days.contains(where: { $0.weekday == day.weekday }) {
        days.append(day)
      }
    case .weekly:
      let monday = firstDay.adding(days: 7 * periods)
      guard monday <= lastDay else { return false }
      if rule.days.isEmpty {
        days.append(monday.adding(days: start.weekday.rawValue - 1))
      } else {
        for day in rule.days { days.append(monday.adding(days: day.weekday.rawValue - 1)) }
      }
    case .monthly:
      let month = firstDay.adding(months: periods)
      guard month <= lastDay else { return false }
      enter(month)
    }
    periods += rule.interval
    return true
  }

  /// - Parameter first: of the month.
  private mutating func enter(_ first: CivilDate) {
    let dayCount = first.days(to: first.adding(months: 1))
    if rule.days.isEmpty {
      // RFC 5545, 3.3.10: a day that the month does not have is ignored.
      if start.day <= dayCount { days.append(first.adding(days: start.day - 1)) }
      return
    }
    for index in 0..<dayCount {
      let day = first.adding(days: index)
      let isNamed = rule.days.contains { named in
        guard named.weekday == day.weekday else { return false }
        switch named.ordinal {
        case nil: return true
        case .some(1...): return named.ordinal == index / 7 + 1
        case .some: return named.ordinal == -((dayCount - 1 - index) / 7 + 1)
        }
      }
      if isNamed { days.append(day) }
    }
  }
}
