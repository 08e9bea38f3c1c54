internal import Availability

/// Hours of a weekday at whichever places.
struct Opening {
  let weekday: Weekday
  let opens: Int32
  var closes: Int32

  /// How many sessions of 50 minutes fit in, ten minutes apart.
  var sessionCount: Int { Int(closes - opens + 10) / 60 }
}

/// A week's windows with those joined that overlap.
func merged(_ windows: [WeeklyWindow]) -> [Opening] {
  let ordered = windows.sorted {
    ($0.weekday.rawValue, $0.opensMinute) < ($1.weekday.rawValue, $1.opensMinute)
  }
  var openings: [Opening] = []
  for window in ordered {
    if let last = openings.last, last.weekday == window.weekday, window.opensMinute < last.closes {
      openings[openings.count - 1].closes = max(last.closes, window.closesMinute)
    } else {
      openings.append(
        Opening(
          weekday: window.weekday, opens: window.opensMinute, closes: window.closesMinute))
    }
  }
  return openings
}
