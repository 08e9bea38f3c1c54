/// The windows of a week, whatever their locations, in the order in which they open.
struct WeeklyHours: Sendable {
  struct Hours: Sendable {
    let opensMinute: Int32
    let closesMinute: Int32
  }

  private(set) var hours: ContiguousArray<Hours> = []
  /// Where in `hours` each weekday begins, Monday first; one more tells where Sunday ends.
  private var firstIndices: ContiguousArray<Int> = []

  /// - Parameter windows: in any order; they may overlap.
  init(_ windows: some Sequence<WeeklyWindow>) {
    let ordered = windows.sorted {
      ($0.weekday.rawValue, $0.opensMinute, $0.closesMinute)
        < ($1.weekday.rawValue, $1.opensMinute, $1.closesMinute)
    }
    hours.reserveCapacity(ordered.count)
    for weekday in Weekday.allCases {
      firstIndices.append(hours.count)
      for window in ordered where window.weekday == weekday {
        hours.append(Hours(opensMinute: window.opensMinute, closesMinute: window.closesMinute))
      }
    }
    firstIndices.append(hours.count)
  }

  var isEmpty: Bool { hours.isEmpty }

  /// - Parameter weekdayIndex: 0 is Monday.
  func indices(onWeekday weekdayIndex: Int) -> Range<Int> {
    firstIndices[weekdayIndex]..<firstIndices[weekdayIndex + 1]
  }
}
