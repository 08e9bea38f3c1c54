internal import Intervals

/// The windows of one location laid out over time, by their start. They may overlap.
struct OpenWindows {
  private let hours: LocationHours
  private var edges: EdgeFinder
  private var day: Int32
  private let lastDay: Int32
  /// Those that open on `day`: the week's, or the day's own where it has extra hours.
  private var dayHours: ContiguousArray<DayHours>
  /// Which of `dayHours` are still to come.
  private var upcoming: Range<Int>
  /// Of the first holiday, and of the first spell, that is not over.
  private var holidayIndex = 0
  private var spellIndex = 0

  /// Those that open from one day to another, both included.
  init(_ hours: LocationHours, in zone: Zone, from firstDay: Int32, to lastDay: Int32) {
    self.hours = hours
    edges = EdgeFinder(zone)
    self.lastDay = lastDay
    dayHours = hours.weekly
    upcoming = 0..<0
    day = firstDay - 1
    if hours.isRegular {
      if hours.weekly.isEmpty { day = lastDay }
    } else {
      holidayIndex = hours.holidays.partitioningIndex { $0.daysSinceEpoch >= firstDay }
      spellIndex = hours.spells.partitioningIndex { $0.lastDay >= firstDay }
    }
  }

  mutating func next() -> Span? {
    while true {
      while upcoming.isEmpty {
        guard day < lastDay else { return nil }
        day += 1
        enterDay()
      }
      let window = dayHours[upcoming.lowerBound]
      upcoming = (upcoming.lowerBound + 1)..<upcoming.upperBound
      if !window.areValid(on: day) { continue }
      // A window that lies in a gap as a whole is not there.
      if let span = edges.span(of: window, on: day) { return span }
    }
  }

  private mutating func enterDay() {
    upcoming = hours.weeklyIndices(on: day)
    if hours.isRegular { return }
    let spell = spellOfDay()
    if isHoliday() || spell?.isClosed == true { upcoming = 0..<0 }
    if let spell, !spell.extraHours.isEmpty {
      dayHours = ContiguousArray((hours.weekly[upcoming] + spell.extraHours).sorted())
      upcoming = dayHours.indices
    } else {
      dayHours = hours.weekly
    }
  }

  private mutating func isHoliday() -> Bool {
    let holidays = hours.holidays
    while holidayIndex < holidays.count, holidays[holidayIndex].daysSinceEpoch < day {
      holidayIndex += 1
    }
    return holidayIndex < holidays.count && holidays[holidayIndex].daysSinceEpoch == day
  }

  private mutating func spellOfDay() -> ExceptionalSpell? {
    let spells = hours.spells
    while spellIndex < spells.count, spells[spellIndex].lastDay < day { spellIndex += 1 }
    guard spellIndex < spells.count, spells[spellIndex].firstDay <= day else { return nil }
    return spells[spellIndex]
  }
}

/// The closed hours of one location laid out over time, by their start. They may overlap.
struct ClosedHours {
  private let spells: ContiguousArray<ExceptionalSpell>
  private var edges: EdgeFinder
  private var spellIndex: Int
  private var day: Int32
  private let lastDay: Int32
  /// Which of the day's are still to come.
  private var upcoming = 0

  /// Those that begin from one day to another, both included.
  init(_ hours: LocationHours, in zone: Zone, from firstDay: Int32, to lastDay: Int32) {
    spells = hours.spells
    edges = EdgeFinder(zone)
    spellIndex = spells.partitioningIndex { $0.lastDay >= firstDay }
    day = firstDay
    self.lastDay = lastDay
  }

  mutating func next() -> Span? {
    while spellIndex < spells.count {
      let spell = spells[spellIndex]
      day = max(day, spell.firstDay)
      if day > lastDay { return nil }
      if day > spell.lastDay || spell.closedHours.isEmpty {
        spellIndex += 1
      } else if upcoming == spell.closedHours.count {
        day += 1
        upcoming = 0
      } else {
        upcoming += 1
        if let span = edges.span(of: spell.closedHours[upcoming - 1], on: day) { return span }
      }
    }
    return nil
  }
}

extension EdgeFinder {
  /// Nil where a gap swallows them.
  fileprivate mutating func span(of hours: DayHours, on day: Int32) -> Span? {
    let midnight = day * LocalMinute.perDay
    let opens = edge(midnight + hours.opensMinute)
    return Span(from: opens, to: edge(midnight + hours.closesMinute))
  }
}

extension RandomAccessCollection where Index == Int {
  /// Of a collection that first does not, and then does meet a condition: where it begins to.
  func partitioningIndex(where meets: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if meets(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
