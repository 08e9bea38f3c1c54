import Availability
import Testing

@Suite struct CivilDateTests {
  @Test("days, dates and weekdays agree day by day through four centuries and the leap rules")
  func calendar() {
    var date = day("1899-12-31")
    var (year, month, ofMonth, weekday) = (1899, 12, 31, Weekday.sunday)
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var wrong: [CivilDate] = []
    while year < 2301 {
      let reads = date.year == year && date.month == month && date.day == ofMonth
      let made = CivilDate(year: year, month: month, day: ofMonth)
      if !reads || made != date || date.weekday != weekday { wrong.append(date) }
      let leaps = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
      let length = month == 2 && leaps ? 29 : lengths[month - 1]
      (ofMonth, month) = ofMonth == length ? (1, month + 1) : (ofMonth + 1, month)
      (month, year) = month == 13 ? (1, year + 1) : (month, year)
      weekday = Weekday(rawValue: weekday.rawValue % 7 + 1)!
      date = date.adding(days: 1)
    }
    #expect(wrong.isEmpty)
    #expect(date == day("2301-01-01"))
  }

  @Test("the epoch is day 0, a Thursday")
  func epoch() {
    #expect(day("1970-01-01").daysSinceEpoch == 0)
    #expect(day("1970-01-01").weekday == .thursday)
    #expect(day("1969-12-31").daysSinceEpoch == -1)
    #expect(day("1969-12-31").weekday == .wednesday)
    #expect(Weekday.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7])  // S-8: Monday first
  }

  @Test(
    "months are added by the calendar, and a day that is missing becomes the month's last",
    arguments: [
      ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"),
      ("2026-01-31", 1, "2026-02-28"), ("2026-01-30", 1, "2026-02-28"),
      ("2026-03-31", 1, "2026-04-30"), ("2026-11-23", 1, "2026-12-23"),
      ("2026-12-31", 1, "2027-01-31"), ("2026-11-23", 6, "2027-05-23"),
      ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -13, "2024-12-15"),
      ("2026-02-28", 0, "2026-02-28"), ("2026-05-05", 12 * 400, "2426-05-05"),
    ])
  func months(from: String, months: Int, to: String) {  // S-2
    #expect(day(from).adding(months: months) == day(to))
  }

  @Test("a date reads back from its text")
  func text() {
    for number in stride(from: Int32(-700_000), to: 2_900_000, by: 997) {
      let date = CivilDate(daysSinceEpoch: number)
      #expect(CivilDate(date.description) == date)
    }
    #expect(day("0001-01-01").description == "0001-01-01")
    #expect(day("9999-12-31").description == "9999-12-31")
    #expect(day("0001-01-01").adding(days: -367).description == "-0001-12-31")
  }

  @Test(
    "what is no day of the calendar, or not written as ISO 8601 writes it, is no date",
    arguments: [
      "", "2026-11-31", "2027-02-29", "2100-02-29", "2026-00-10", "2026-13-01", "2026-01-00",
      "0000-01-01", "2026-1-01", "26-01-01", "2026-01-01Z", "2026/01/01", "+026-01-01",
      "2026-01", "2026-01-01-", "-2026-01-01", "2026-01-1\u{661}",
    ])
  func malformed(text: String) {
    #expect(CivilDate(text) == nil)
  }
}
