/// A day of the ISO 8601 calendar, without time or zone.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, negative before it.
  public let daysSinceEpoch: Int32

  public init(daysSinceEpoch: Int32) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// Nil unless the day exists and its year is 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...CivilDate.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  public var year: Int { fields.year }
  /// 1 to 12.
  public var month: Int { fields.month }
  /// 1 to 31.
  public var day: Int { fields.day }

  public var weekday: Weekday {
    // 1970-01-01 was a Thursday. The remainder is 0 to 6, so that a weekday is always found.
    Weekday(rawValue: Int((daysSinceEpoch + 3).remainder(flooredBy: 7)) + 1)!
  }

  /// The day so many days later, or earlier when negative.
  public func adding(days: Int) -> CivilDate {
    CivilDate(daysSinceEpoch: Int32(Int(daysSinceEpoch) + days))
  }

  /// The same day of the month so many months later, or earlier when negative; the last day of a
  /// month that is too short for it (S-2).
  public func adding(months: Int) -> CivilDate {
    let (year, month, day) = fields
    let ordinal = year * 12 + month - 1 + months
    let newMonth = ordinal.remainder(flooredBy: 12) + 1
    let newYear = (ordinal - newMonth + 1) / 12
    let lastDay = CivilDate.days(inMonth: newMonth, of: newYear)
    return CivilDate(uncheckedYear: newYear, month: newMonth, day: min(day, lastDay))
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2:
      let isLeapYear =
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
      return isLeapYear ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// The form of ISO 8601: "2026-11-23".
  public var description: String {
    let (year, month, day) = fields
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// Nil unless the text is a day that exists, as four digits, two and two: "2026-11-23".
  public init?(_ iso8601: String) {
    let parts = iso8601.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, let year = digits(parts[0], count: 4),
      let month = digits(parts[1], count: 2), let day = digits(parts[2], count: 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

private func padded(_ number: Int, to width: Int) -> String {
  let text = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - text.count))
  return (number < 0 ? "-" : "") + zeros + text
}

private func digits(_ text: Substring.UTF8View, count: Int) -> Int? {
  guard text.count == count else { return nil }
  var number = 0
  for character in text {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
    number = number * 10 + Int(character - UInt8(ascii: "0"))
  }
  return number
}

extension CivilDate {
  /// Years are reckoned from 1 March, so that the leap day is a year's last; 400 of them, an era,
  /// always have the same number of days. Day 0 of era 0 is 0000-03-01, this many before 1970.
  private static let eraStartToEpochDays = 719_468
  private static let daysPerEra = 146_097

  private init(uncheckedYear year: Int, month: Int, day: Int) {
    let marchYear = month <= 2 ? year - 1 : year
    let yearOfEra = marchYear.remainder(flooredBy: 400)
    let era = (marchYear - yearOfEra) / 400
    let monthsSinceMarch = (month + 9) % 12
    let dayOfYear = (153 * monthsSinceMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * CivilDate.daysPerEra + dayOfEra - CivilDate.eraStartToEpochDays
    daysSinceEpoch = Int32(days)
  }

  private var fields: (year: Int, month: Int, day: Int) {
    let sinceEraStart = Int(daysSinceEpoch) + CivilDate.eraStartToEpochDays
    let dayOfEra = sinceEraStart.remainder(flooredBy: CivilDate.daysPerEra)
    let era = (sinceEraStart - dayOfEra) / CivilDate.daysPerEra
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthsSinceMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthsSinceMarch + 2) / 5 + 1
    let month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

/// A day of the week, with ISO 8601's number.
public enum Weekday: Int, CaseIterable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday
}
