internal import Intervals

/// The stretches during which a location is open, ascending. Windows that overlap or touch make one
/// opening; closed hours are taken out of all of them.
struct Openings {
  private var windows: OpenWindows
  private var upcoming: Span?
  /// What is left of an opening of which closed hours took a part.
  private var rest: Span?
  /// Nil where there are no closed hours at all.
  private var closedHours: ClosedHours?
  private var closed: Span?

  /// All openings that hold a minute of the span, whole but for what is more than a day before or
  /// after it.
  init(_ hours: LocationHours, in zone: Zone, around span: Span) {
    // A window closes before the end of the day after its own.
    let firstDay = zone.date(at: span.start).daysSinceEpoch - 1
    // Where clocks are put back over midnight a later point can have an earlier date.
    let lastDay = zone.date(at: span.end).daysSinceEpoch + 1
    windows = OpenWindows(hours, in: zone, from: firstDay, to: lastDay)
    upcoming = windows.next()
    if !hours.spells.isEmpty {
      closedHours = ClosedHours(hours, in: zone, from: firstDay, to: lastDay)
      closed = closedHours?.next()
    }
  }

  mutating func next() -> Span? {
    if closed == nil && rest == nil { return nextJoined() }
    while let opening = rest ?? nextJoined() {
      rest = nil
      var start = opening.start
      while let closed, closed.start < opening.end, start < opening.end {
        if let piece = Span(from: start, to: closed.start) {
          rest = Span(from: closed.start, to: opening.end)
          return piece
        }
        start = max(start, closed.end)
        // One that goes on after this opening takes from the next one too.
        if start < opening.end { self.closed = closedHours?.next() }
      }
      if let piece = Span(from: start, to: opening.end) { return piece }
    }
    return nil
  }

  private mutating func nextJoined() -> Span? {
    guard let first = upcoming else { return nil }
    var end = first.end
    while true {
      upcoming = windows.next()
      guard let window = upcoming, window.start <= end else { break }
      end = max(end, window.end)
    }
    return Span(from: first.start, to: end)
  }
}
