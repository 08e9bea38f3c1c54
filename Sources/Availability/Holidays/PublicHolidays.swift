/// The public holidays of countries, and of parts of countries that have more of their own (S-8).
public enum PublicHolidays {
  /// What the calendars are called, ascending: "AT", "BR", "BR-AC", …, "DE-BY", …
  ///
  /// A country by its code of ISO 3166-1, a part of one by its code of ISO 3166-2.
  public static let names: [String] = calendars.keys.sorted()

  /// The calendar of that name, nil where there is none.
  public static func calendar(_ name: String) -> HolidayCalendar? {
    calendars[name]
  }

  /// Read once, at the first question.
  private static let calendars = HolidayTableReader.calendars(
    of: PublicHolidayTable.text, years: PublicHolidayTable.firstYear...PublicHolidayTable.lastYear)
}

/// The public holidays of one country, or of a part of one.
public struct HolidayCalendar: Sendable {
  /// "DE", "DE-BY".
  public let name: String
  /// The first day that the calendar knows; before it there are no holidays in it.
  public let knownFrom: CivilDate
  /// The last day that the calendar knows; after it there are no holidays in it.
  public let knownUntil: CivilDate
  /// Each day once, ascending, with its name in the country's own language; a day that is two
  /// holidays has both names, set apart by "; ".
  public let holidays: [(day: CivilDate, name: String)]

  /// The holidays from the one day until the other, both included, ascending.
  public func days(from first: CivilDate, until last: CivilDate) -> [CivilDate] {
    holidays.lazy.map(\.day).filter { first <= $0 && $0 <= last }
  }
}
