import Availability
import Intervals

/// "2026-11-23T09:00", with or without a Z that says the same: minutes since the epoch, as if in UTC.
private func minutes(_ text: String) -> Int32 {
  let date = CivilDate(String(text.prefix(10)))!
  let clock = text.dropFirst(11).prefix(5).split(separator: ":").map { Int32($0)! }
  return LocalMinute(date: date, minuteOfDay: clock[0] * 60 + clock[1]).sinceEpoch
}

/// A point in time: `utc("2026-11-23T09:00Z")`.
func utc(_ text: String) -> Minute {
  Minute(sinceEpoch: minutes(text))
}

/// A reading of a wall clock: `wall("2026-11-23T09:00")`.
func wall(_ text: String) -> LocalMinute {
  LocalMinute(sinceEpoch: minutes(text))
}

func day(_ text: String) -> CivilDate {
  CivilDate(text)!
}

func span(_ from: String, _ to: String) -> Span {
  Span(from: utc(from), to: utc(to))!
}

extension Zone {
  /// What wall clocks show, as "2026-11-23T09:00".
  func text(_ minute: Minute) -> String {
    let local = local(minute)
    let (hour, minute) = local.minuteOfDay.quotientAndRemainder(dividingBy: 60)
    let clock = [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(local.date)T\(clock[0]):\(clock[1])"
  }
}
