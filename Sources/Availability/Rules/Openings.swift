internal import Intervals

/// A week's windows laid out over time: the stretches during which it is open, ascending. Windows
/// that overlap or touch make one opening.
struct Openings {
  private let hours: WeeklyHours
  private var edges: EdgeFinder
  private var day: Int32
  private let lastDay: Int32
  /// The windows of `day` that are still to come.
  private var windows: Range<Int>
  private var upcoming: Span?

  /// All openings that hold a minute of the span, whole but for what is more than a day before or
  /// after it.
  init(_ hours: WeeklyHours, in zone: Zone, around span: Span) {
    self.hours = hours
    edges = EdgeFinder(zone)
    // A window closes before the end of the day after its own; and where clocks are put back over
    // midnight a later point can have an earlier date.
    day = zone.date(at: span.start).daysSinceEpoch - 1
    lastDay = hours.isEmpty ? day : zone.date(at: span.end).daysSinceEpoch + 1
    windows = hours.indices(onWeekday: Openings.weekdayIndex(day))
    upcoming = nextWindow()
  }

  mutating func next() -> Span? {
    guard let first = upcoming else { return nil }
    var end = first.end
    while true {
      upcoming = nextWindow()
      guard let window = upcoming, window.start <= end else { break }
      end = max(end, window.end)
    }
    return Span(from: first.start, to: end)
  }

  private mutating func nextWindow() -> Span? {
    while true {
      while windows.isEmpty {
        guard day < lastDay else { return nil }
        day += 1
        windows = hours.indices(onWeekday: Openings.weekdayIndex(day))
      }
      let window = hours.hours[windows.lowerBound]
      windows = (windows.lowerBound + 1)..<windows.upperBound
      let midnight = day * LocalMinute.perDay
      let opens = edges.edge(midnight + window.opensMinute)
      // A window that lies in a gap as a whole is not there.
      if let span = Span(from: opens, to: edges.edge(midnight + window.closesMinute)) {
        return span
      }
    }
  }

  private static func weekdayIndex(_ day: Int32) -> Int {
    CivilDate(daysSinceEpoch: day).weekday.rawValue - 1
  }
}
