internal import Availability
internal import Foundation
internal import Intervals
internal import Service
internal import Testing

/// Zones against facts that can be looked up.
struct ZoneCatalogueTests {
  struct Change: Sendable {
    let zone: String
    /// The first minute at which the new offset holds.
    let at: String
    let before: Int32
    let after: Int32
  }

  static let changes = [
    Change(zone: "Europe/Rome", at: "2027-03-28T01:00:00Z", before: 60, after: 120),
    Change(zone: "Europe/Rome", at: "2027-10-31T01:00:00Z", before: 120, after: 60),
    // Samoa left out 30 December 2011: no change of daylight saving, but of the date line's side.
    Change(zone: "Pacific/Apia", at: "2011-12-30T10:00:00Z", before: -600, after: 840),
    // Half an hour of daylight saving.
    Change(zone: "Australia/Lord_Howe", at: "2027-04-03T15:00:00Z", before: 660, after: 630),
    Change(zone: "Australia/Lord_Howe", at: "2027-10-02T15:30:00Z", before: 630, after: 660),
    Change(zone: "America/Sao_Paulo", at: "2018-11-04T03:00:00Z", before: -180, after: -120),
    Change(zone: "America/Sao_Paulo", at: "2019-02-17T02:00:00Z", before: -120, after: -180),
    Change(zone: "Asia/Pyongyang", at: "2018-05-04T15:00:00Z", before: 510, after: 540),
  ]

  @Test("a zone changes its offset at the minute at which the world did", arguments: changes)
  func change(_ change: Change) throws {  // S-9
    let zone = try #require(ZoneCatalogue().zone(change.zone))
    let at = Minute(sinceEpoch: Int32(try HandClock.ms(change.at) / minuteMs))
    #expect(zone.offsetMinutes(at: at.advanced(byMinutes: -1)) == change.before)
    #expect(zone.offsetMinutes(at: at) == change.after)
  }

  @Test("readings that a clock never showed, or showed twice, are told")  // S-9
  func readings() throws {
    let catalogue = ZoneCatalogue()
    func reading(_ year: Int, _ month: Int, _ day: Int, _ minute: Int32) throws -> LocalMinute {
      LocalMinute(
        date: try #require(CivilDate(year: year, month: month, day: day)), minuteOfDay: minute)
    }
    func minute(_ text: String) throws -> Minute {
      Minute(sinceEpoch: Int32(try HandClock.ms(text) / minuteMs))
    }
    let rome = try #require(catalogue.zone("Europe/Rome"))
    #expect(
      rome.resolve(try reading(2027, 3, 28, 150))
        == .gap(endsAt: try minute("2027-03-28T01:00:00Z")))
    #expect(
      rome.resolve(try reading(2027, 10, 31, 150))
        == .twice(
          first: try minute("2027-10-31T00:30:00Z"), second: try minute("2027-10-31T01:30:00Z")))
    let apia = try #require(catalogue.zone("Pacific/Apia"))
    #expect(
      apia.resolve(try reading(2011, 12, 30, 720))
        == .gap(endsAt: try minute("2011-12-30T10:00:00Z")))
    let howe = try #require(catalogue.zone("Australia/Lord_Howe"))
    #expect(
      howe.resolve(try reading(2027, 4, 4, 105))
        == .twice(
          first: try minute("2027-04-03T14:45:00Z"), second: try minute("2027-04-03T15:15:00Z")))
  }

  @Test("UTC has one offset, for ever")  // S-9
  func utc() throws {
    for name in ["UTC", "Etc/UTC"] {
      let zone = try #require(ZoneCatalogue().zone(name))
      #expect(zone.name == name)
      for year in stride(from: 1970, to: 2100, by: 7) {
        let day = try #require(CivilDate(year: year, month: 7, day: 1))
        let minute = Minute(sinceEpoch: day.daysSinceEpoch * 1_440)
        #expect(zone.offsetMinutes(at: minute) == 0)
      }
    }
  }

  @Test(
    "offsets are the machine's, at every hour of twenty years",
    arguments: [
      "Europe/Rome", "Europe/Warsaw", "Europe/Bucharest", "Europe/Vienna", "America/Sao_Paulo",
      "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu",
    ])
  func everyHour(_ name: String) throws {  // S-9
    let zone = try #require(ZoneCatalogue().zone(name))
    let rules = try #require(TimeZone(identifier: name))
    let first = try #require(CivilDate(year: 2024, month: 1, day: 1)).daysSinceEpoch * 24
    var differing: [Int32] = []
    for hour in first..<(first + 20 * 366 * 24) {
      let date = Date(timeIntervalSince1970: Double(hour) * 3_600)
      let offset = zone.offsetMinutes(at: Minute(sinceEpoch: hour * 60))
      if Int(offset) * 60 != rules.secondsFromGMT(for: date) { differing.append(hour) }
    }
    #expect(differing == [])
  }

  @Test(
    "names that IANA has are known, under the name asked for",
    arguments: [
      "Europe/Rome", "Europe/Kyiv", "Europe/Kiev", "Asia/Kolkata", "Asia/Calcutta",
      "America/Argentina/Buenos_Aires", "Asia/Ho_Chi_Minh", "Pacific/Kanton", "UTC", "Etc/UTC",
    ])
  func known(_ name: String) {  // S-9
    #expect(ZoneCatalogue().zone(name)?.name == name)
  }

  @Test(
    "names that IANA does not have are none",
    arguments: [
      "", "Mars/Base", "europe/rome", "Europe/Rome ", "Europe", "GMT+3", "UTC+2", "+02:00", "PST",
      "CEST", "Rome", "Europe/Rome\0",
    ])
  func unknown(_ name: String) {  // S-9
    #expect(ZoneCatalogue().zone(name) == nil)
  }
}
