/// Hours of a day, in minutes after its local midnight.
struct DayHours: Hashable, Sendable {
  let opensMinute: Int32
  let closesMinute: Int32
  /// The days on which they are, since the epoch; both are included.
  var firstDay = Int32.min
  var lastDay = Int32.max

  func areValid(on day: Int32) -> Bool {
    firstDay <= day && day <= lastDay
  }
}

extension DayHours: Comparable {
  /// By opening, then by closing.
  static func < (left: DayHours, right: DayHours) -> Bool {
    (left.opensMinute, left.closesMinute) < (right.opensMinute, right.closesMinute)
  }
}

/// When a therapist is open at one location: the week's windows, and what is otherwise on some days.
/// Immutable, and shared by all that goes through it.
final class LocationHours: Sendable {
  /// In the order in which they open, Monday first.
  let weekly: ContiguousArray<DayHours>
  /// Where in `weekly` each weekday begins; one more tells where Sunday ends.
  private let firstIndices: ContiguousArray<Int>
  /// Days on which no weekly window opens, ascending.
  let holidays: [CivilDate]
  /// What exceptions do, by day.
  let spells: ContiguousArray<ExceptionalSpell>

  /// - Parameters:
  ///   - windows: of this location, in any order; they may overlap.
  ///   - exceptions: of this location and of all, in any order.
  init(
    _ windows: [WeeklyWindow], exceptions: [ScheduleException] = [], holidays: [CivilDate] = []
  ) {
    var weekly: ContiguousArray<DayHours> = []
    weekly.reserveCapacity(windows.count)
    var firstIndices: ContiguousArray<Int> = []
    for weekday in Weekday.allCases {
      firstIndices.append(weekly.count)
      weekly += windows.filter { $0.weekday == weekday }.map(DayHours.init).sorted()
    }
    firstIndices.append(weekly.count)
    self.weekly = weekly
    self.firstIndices = firstIndices
    self.holidays = holidays
    spells = exceptions.isEmpty ? [] : ExceptionalSpell.spells(of: exceptions)
    isRegular = holidays.isEmpty && spells.isEmpty
  }

  /// Whether each week is like the others, but for the windows' validity.
  let isRegular: Bool

  /// Where in `weekly` the windows are that open on a day, unless it is a closed one.
  func weeklyIndices(on day: Int32) -> Range<Int> {
    let weekday = CivilDate(daysSinceEpoch: day).weekday.rawValue - 1
    return firstIndices[weekday]..<firstIndices[weekday + 1]
  }
}

extension DayHours {
  fileprivate init(_ window: WeeklyWindow) {
    self.init(
      opensMinute: window.opensMinute, closesMinute: window.closesMinute,
      firstDay: window.validFrom?.daysSinceEpoch ?? .min,
      lastDay: window.validUntil?.daysSinceEpoch ?? .max)
  }
}
