internal import Intervals

/// The two forms of UNTIL: a date, "20270301", and a UTC time, "20270301T090000Z".
enum UntilText {
  /// What has four digits of a year.
  static let days =
    CivilDate(year: 1, month: 1, day: 1)!...CivilDate(year: 9_999, month: 12, day: 31)!
  static let instants =
    instant(days.lowerBound)...instant(days.upperBound).advanced(byMs: msPerDay - 1)

  private static let msPerDay: Int64 = 86_400_000

  static func malformed(got: String?) -> RecurrenceRule.Malformed {
    RecurrenceRule.Malformed(
      "UNTIL", expected: "a date as 20270301 or a UTC time as 20270301T090000Z", got: got)
  }

  static func end(_ text: Substring) throws(RecurrenceRule.Malformed) -> RecurrenceRule.End {
    if let day = day(text) { return .lastDay(day) }
    guard let day = day(text.prefix(8)), text.dropFirst(8).first == "T", text.last == "Z",
      let time = number(text.dropFirst(9).dropLast(), digits: 6),
      case let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100),
      hour < 24, minute < 60, second < 60
    else { throw malformed(got: "\(text)") }
    let seconds = (hour * 60 + minute) * 60 + second
    return .lastStart(instant(day).advanced(byMs: Int64(seconds) * 1_000))
  }

  static func text(_ day: CivilDate) -> String {
    "\(day)".filter { $0 != "-" }
  }

  /// - Parameter instant: one of `instants`.
  static func text(_ instant: Instant) -> String {
    let rest = instant.msSinceEpoch.remainder(flooredBy: msPerDay)
    let day = CivilDate(daysSinceEpoch: Int32((instant.msSinceEpoch - rest) / msPerDay))
    let seconds = Int(rest / 1_000)
    let time = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
    return "\(text(day))T\(time.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined())Z"
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func instant(_ midnight: CivilDate) -> Instant {
    Instant(msSinceEpoch: Int64(midnight.daysSinceEpoch) * msPerDay)
  }

  private static func day(_ text: Substring) -> CivilDate? {
    number(text, digits: 8).flatMap {
      CivilDate(year: $0 / 10_000, month: $0 / 100 % 100, day: $0 % 100)
    }
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }
}
