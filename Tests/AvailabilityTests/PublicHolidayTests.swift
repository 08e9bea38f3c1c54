import Availability
import Testing

/// S-8: holidays are days on which schedules can be closed.
@Suite struct PublicHolidayTests {
  private static let years = 2024...2045

  private func holidays(of name: String) throws -> [CivilDate: String] {
    let calendar = try #require(PublicHolidays.calendar(name))
    return Dictionary(uniqueKeysWithValues: calendar.holidays.map { ($0.day, $0.name) })
  }

  @Test(
    "days that a country keeps bear their name in its language",  // S-8
    arguments: [
      ("IT", "2026-08-15", "Assunzione della Beata Vergine Maria"),
      ("IT", "2026-04-06", "Lunedì dell'Angelo"),
      ("PL", "2026-06-04", "Dzień Bożego Ciała"),
      ("PL", "2026-11-11", "Narodowe Święto Niepodległości"),
      ("RO", "2026-04-12", "Paștele"), ("RO", "2026-04-13", "Paștele"),
      ("RO", "2027-04-30", "Vinerea Mare"), ("RO", "2026-06-01", "Rusaliile; Ziua Copilului"),
      ("AT", "2026-06-04", "Fronleichnam"), ("AT", "2026-10-26", "Nationalfeiertag"),
      ("DE", "2026-10-03", "Tag der Deutschen Einheit"), ("DE-BY", "2026-06-04", "Fronleichnam"),
      ("DE-SN", "2026-11-18", "Buß- und Bettag"), ("DE-TH", "2026-09-20", "Weltkindertag"),
      ("BR", "2026-11-20", "Dia Nacional de Zumbi e da Consciência Negra"),
      ("BR-SP", "2026-07-09", "Revolução Constitucionalista"), ("BR-RJ", "2026-02-17", "Carnaval"),
      ("IT-BZ", "2026-05-25", "Lunedì di Pentecoste"),
    ])
  func kept(calendar: String, date: String, name: String) throws {
    #expect(try holidays(of: calendar)[day(date)] == name)
  }

  @Test(
    "days that only others keep are no holidays",  // S-8
    arguments: [
      ("DE", "2026-06-04"), ("DE-BE", "2026-06-04"), ("DE-SN", "2026-06-04"),  // Fronleichnam
      ("DE-BY", "2026-10-31"), ("DE-BB", "2026-11-18"), ("DE", "2026-01-06"),
      ("BR", "2026-02-17"), ("BR", "2026-06-04"), ("BR-SP", "2026-02-17"),  // Carnaval
      ("RO", "2026-04-05"), ("RO", "2026-04-06"), ("IT", "2026-04-12"),  // the other Easter
      ("IT", "2026-05-25"), ("AT", "2026-04-03"), ("PL", "2026-12-08"),
    ])
  func notKept(calendar: String, date: String) throws {
    #expect(try holidays(of: calendar)[day(date)] == nil)
  }

  @Test("a law counts from its first year on: Christmas Eve in Poland, St Francis in Italy")  // S-8
  func newHolidays() throws {
    let poland = try holidays(of: "PL")
    #expect(poland[day("2024-12-24")] == nil)
    #expect(poland[day("2025-12-24")] == "Wigilia Bożego Narodzenia")
    let italy = try holidays(of: "IT")
    #expect(italy[day("2025-10-04")] == nil)
    #expect(italy[day("2026-10-04")] != nil)
  }

  @Test("there are six countries, the states of Germany and Brazil, and South Tyrol")
  func names() {
    #expect(PublicHolidays.names.filter { $0.count == 2 } == ["AT", "BR", "DE", "IT", "PL", "RO"])
    #expect(PublicHolidays.names.count { $0.hasPrefix("DE-") } == 16)
    #expect(PublicHolidays.names.count { $0.hasPrefix("BR-") } == 27)
    #expect(PublicHolidays.names.filter { $0.hasPrefix("IT-") } == ["IT-BZ"])
    #expect(PublicHolidays.names == PublicHolidays.names.sorted())
    #expect(["de", "DE-", "DE-XX", "FR", ""].allSatisfy { PublicHolidays.calendar($0) == nil })
  }

  @Test("each day stands once, ascending, named, and within the years known")
  func order() throws {
    for name in PublicHolidays.names {
      let calendar = try #require(PublicHolidays.calendar(name))
      let days = calendar.holidays.map(\.day)
      #expect(calendar.name == name)
      #expect(calendar.knownFrom == day("2024-01-01") && calendar.knownUntil == day("2045-12-31"))
      #expect(zip(days, days.dropFirst()).allSatisfy(<))
      #expect(calendar.knownFrom <= days[0] && days[days.count - 1] <= calendar.knownUntil)
      #expect(calendar.holidays.allSatisfy { !$0.name.isEmpty && !$0.name.contains("  ") })
    }
  }

  @Test("a part of a country keeps every holiday of its country")  // S-8
  func parts() throws {
    for part in PublicHolidays.names where part.count > 2 {
      let country = try holidays(of: String(part.prefix(2)))
      let days = try holidays(of: part)
      #expect(country.keys.allSatisfy { days[$0] != nil }, "\(part)")
    }
  }

  @Test("no year lacks its holidays: New Year, 1 May, Christmas, and what hangs on Easter")
  func completeness() throws {
    // Days after Easter: Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi.
    let movable = [
      "AT": [1, 39, 50, 60], "BR": [-2], "DE": [-2, 1, 39, 50], "IT": [0, 1], "PL": [0, 1, 49, 60],
      "RO": [-2, 0, 1, 49, 50],
    ]
    for (country, afterEaster) in movable {
      let days = try holidays(of: country)
      for year in Self.years {
        let easter = country == "RO" ? orthodoxEaster(year) : westernEaster(year)
        let expected =
          ["\(year)-01-01", "\(year)-05-01", "\(year)-12-25"].map { day($0) }
          + afterEaster.map { easter.adding(days: $0) }
        #expect(expected.allSatisfy { days[$0] != nil }, "\(country) \(year)")
      }
    }
  }

  @Test("a range holds its first and last day")
  func range() throws {
    let italy = try #require(PublicHolidays.calendar("IT"))
    let christmas = italy.days(from: day("2026-12-25"), until: day("2027-01-01"))
    #expect(christmas == [day("2026-12-25"), day("2026-12-26"), day("2027-01-01")])
    #expect(italy.days(from: day("2026-12-27"), until: day("2026-12-31")) == [])
    #expect(italy.days(from: day("2046-01-01"), until: day("2099-12-31")) == [])
    #expect(italy.days(from: day("2027-01-01"), until: day("2026-12-25")) == [])
  }
}

/// Gauss's way for the Gregorian calendar, as Meeus has it.
private func westernEaster(_ year: Int) -> CivilDate {
  let (golden, century, ofCentury) = (year % 19, year / 100, year % 100)
  let correction = (century - (century + 8) / 25 + 1) / 3
  let epact = (19 * golden + century - century / 4 - correction + 15) % 30
  let weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
  let shift = (golden + 11 * epact + 22 * weekday) / 451
  let ordinal = epact + weekday - 7 * shift + 114
  return CivilDate(year: year, month: ordinal / 31, day: ordinal % 31 + 1)!
}

/// Meeus's way for the Julian calendar, which is 13 days behind from 1900 to 2099.
private func orthodoxEaster(_ year: Int) -> CivilDate {
  let epact = (19 * (year % 19) + 15) % 30
  let weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
  let ordinal = epact + weekday + 114
  return CivilDate(year: year, month: ordinal / 31, day: ordinal % 31 + 1)!.adding(days: 13)
}
