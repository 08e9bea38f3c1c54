internal import Intervals

/// The days of all recurrences that begin within a query's range.
struct SeriesDays {
  /// What becomes of an occurrence.
  enum Fate {
    case free
    case missed(Minute)
    /// It does not take place, and does not count.
    case gap
  }

  /// Of one recurrence, whatever the minute of the day.
  struct List {
    /// As far as they were asked for, and where they go on.
    private var days: [CivilDate]
    private var rest: RecurrenceDates

    /// Nil unless the rule names the day.
    fileprivate init?(_ rule: RecurrenceRule, from first: CivilDate) {
      rest = RecurrenceDates(rule, from: first)
      guard rest.next() == first else { return nil }
      days = [first]
    }

    var first: CivilDate { days[0] }

    fileprivate mutating func day(_ index: Int) -> CivilDate? {
      while index >= days.count, let next = rest.next() { days.append(next) }
      return index < days.count ? days[index] : nil
    }

    /// Calls `body` with each occurrence at a minute of the day, until it says false.
    @inline(__always)
    mutating func forEach(
      at minuteOfDay: Int32, _ free: borrowing FreeReadings, in zone: borrowing Zone,
      _ body: (LocalMinute, Fate) -> Bool
    ) {
      var index = 0
      var week = OwnWeek()
      while let day = day(index) {
        let local = LocalMinute(date: day, minuteOfDay: minuteOfDay)
        var fate = Fate.free
        if !free.contains(local) || !week.admits(day, free.leftByWeek) {
          let found = zone.resolve(local)
          fate = found.isGap ? .gap : .missed(found.start)
        }
        guard body(local, fate) else { return }
        index += 1
      }
    }

    /// How many of the first occurrences are missed; nil when they are too many, or there are not so
    /// many occurrences.
    mutating func misses(
      at minuteOfDay: Int32, _ free: borrowing FreeReadings, in zone: borrowing Zone,
      among count: Int, atMost missesMax: Int
    ) -> Int? {
      var (met, misses) = (0, 0)
      forEach(at: minuteOfDay, free, in: zone) { _, fate in
        switch fate {
        case .free: met += 1
        case .missed:
          met += 1
          misses += 1
        case .gap: break
        }
        return met < count && misses <= missesMax
      }
      return met == count && misses <= missesMax ? misses : nil
    }
  }

  /// Counts a recurrence's own occurrences of a week, which use up the weekly cap.
  private struct OwnWeek {
    private var monday: CivilDate?
    private var count = 0

    @inline(__always)
    mutating func admits(_ day: CivilDate, _ leftByWeek: [CivilDate: Int]?) -> Bool {
      guard let left = leftByWeek?[day.monday] else { return true }
      if monday != day.monday { (monday, count) = (day.monday, 0) }
      guard count < left else { return false }
      count += 1
      return true
    }
  }

  /// What of the query's first starts has not passed.
  let firstStarts: Span
  /// By day.
  var lists: [List]
  /// In which all occurrences start that can be free.
  let stretch: Span

  /// Nil when there is none.
  ///
  /// - Parameter horizonEnd: nothing is free from then on.
  init?(_ query: SeriesQuery, at moment: Moment, until horizonEnd: Minute, in zone: Zone) {
    let range = query.firstStarts
    guard let count = query.rule.count,
      let firstStarts = Span(from: max(range.start, moment.firstStart), to: range.end)
    else { return nil }
    self.firstStarts = firstStarts
    // Two days more: where clocks are put back, by less than that, the end has an earlier date than
    // what comes before it.
    let firstDay = zone.date(at: firstStarts.start)
    let dayCount = firstDay.days(to: zone.date(at: firstStarts.end)) + 3
    lists = (0..<dayCount).compactMap { List(query.rule, from: firstDay.adding(days: $0)) }
    // A gap of less than two days takes two occurrences of a day's minute at the most: for each gap
    // before the horizon, two more days are needed.
    let gapsMax =
      zone.rules.stretchIndex(at: horizonEnd.sinceEpoch)
      - zone.rules.stretchIndex(at: firstStarts.start.sinceEpoch)
    let lastNeeded = count + 2 * max(0, gapsMax) - 1
    var lastDay = firstDay
    for index in lists.indices {
      var last = lastNeeded
      while last > 0, lists[index].day(last) == nil { last -= 1 }
      lastDay = max(lastDay, lists[index].day(last) ?? lastDay)
    }
    guard let stretch = Span(from: firstStarts.start, to: zone.startOfDay(lastDay.adding(days: 1)))
    else { return nil }
    self.stretch = stretch
  }
}
