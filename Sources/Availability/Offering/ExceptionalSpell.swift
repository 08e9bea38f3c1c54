/// Successive days to all of which the same exceptions apply.
struct ExceptionalSpell: Sendable {
  /// Since the epoch; both are included.
  let firstDay: Int32
  let lastDay: Int32
  /// No weekly window opens.
  let isClosed: Bool
  /// Ascending.
  let extraHours: [DayHours]
  /// Ascending; taken away from everything.
  let closedHours: [DayHours]

  /// In order, without the days to which no exception applies.
  static func spells(of exceptions: [ScheduleException]) -> ContiguousArray<ExceptionalSpell> {
    let ordered = exceptions.sorted { $0.firstDay < $1.firstDay }
    // Only on these days anything changes.
    let changes = Set(ordered.map(\.firstDay) + ordered.map { $0.lastDay.adding(days: 1) }).sorted()
    var spells: ContiguousArray<ExceptionalSpell> = []
    var applying: [ScheduleException] = []
    var upcoming = ordered[...]
    for (day, nextChange) in zip(changes, changes.dropFirst()) {
      applying.removeAll { $0.lastDay < day }
      while let next = upcoming.first, next.firstDay <= day {
        applying.append(next)
        upcoming.removeFirst()
      }
      if applying.isEmpty { continue }
      spells.append(
        ExceptionalSpell(applying, from: day, to: nextChange.adding(days: -1)))
    }
    return spells
  }

  private init(_ exceptions: [ScheduleException], from first: CivilDate, to last: CivilDate) {
    var isClosed = false
    var extraHours: [DayHours] = []
    var closedHours: [DayHours] = []
    for exception in exceptions {
      switch exception.effect {
      case .closed(.wholeDays, _): isClosed = true
      case .closed(.between(let opens, let closes), _):
        closedHours.append(DayHours(opensMinute: opens, closesMinute: closes))
      case .extraHours(let opens, let closes, _):
        extraHours.append(DayHours(opensMinute: opens, closesMinute: closes))
      }
    }
    firstDay = first.daysSinceEpoch
    lastDay = last.daysSinceEpoch
    self.isClosed = isClosed
    self.extraHours = extraHours.sorted()
    self.closedHours = closedHours.sorted()
  }
}
