internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// An instant as it is typed: "2026-11-24T10:00+01:00", with Z, with seconds, or milliseconds.
struct InstantArgument: ExpressibleByArgument {
  let ms: Int64
  /// With the offset that was typed, so that answers show times the same way.
  let zone: TimeZone

  init?(argument: String) {
    if let ms = Int64(argument) {
      self.ms = ms
      zone = .gmt
      return
    }
    let form =
      /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:Z|([+-])(\d\d):?(\d\d))/
    guard let match = argument.wholeMatch(of: form)?.output else { return nil }
    var offsetMinutes = 0
    if let sign = match.7, let hours = match.8.flatMap({ Int($0) }),
      let minutes = match.9.flatMap({ Int($0) })
    {
      offsetMinutes = (hours * 60 + minutes) * (sign == "-" ? -1 : 1)
    }
    guard let zone = TimeZone(secondsFromGMT: offsetMinutes * 60) else { return nil }
    let fields = DateComponents(
      year: Int(match.1), month: Int(match.2), day: Int(match.3), hour: Int(match.4),
      minute: Int(match.5), second: match.6.flatMap { Int($0) } ?? 0)
    guard let date = exactDate(fields, in: zone) else { return nil }
    ms = Int64((date.timeIntervalSince1970 * 1_000).rounded())
    self.zone = zone
  }
}

/// An end of a range as it is typed: an instant, or a date, which is its midnight here.
struct RangeEndArgument: ExpressibleByArgument {
  let ms: Int64

  init(ms: Int64) { self.ms = ms }

  init?(argument: String) {
    if let instant = InstantArgument(argument: argument) {
      ms = instant.ms
      return
    }
    guard let match = argument.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)/)?.output else { return nil }
    let fields = DateComponents(year: Int(match.1), month: Int(match.2), day: Int(match.3))
    guard let midnight = exactDate(fields, in: .current) else { return nil }
    ms = Int64((midnight.timeIntervalSince1970 * 1_000).rounded())
  }

  /// What the server's clock shows: a sandbox's may be months away from this computer's.
  static func now(of server: SedutaClient) async throws -> RangeEndArgument {
    RangeEndArgument(ms: try await server.health.check(.init()).serverTime.ms)
  }

  /// Where a range ends: there, or so many days after it begins, which it does now unless said.
  static func end(
    _ until: RangeEndArgument?, from: RangeEndArgument?, days: Int, of server: SedutaClient
  ) async throws -> RangeEndArgument {
    if let until { return until }
    if let from { return from.adding(days: days) }
    return try await now(of: server).adding(days: days)
  }

  /// The same time of day so many days later, across changes of the clock.
  func adding(days: Int) -> RangeEndArgument {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .current
    let begin = Date(timeIntervalSince1970: Double(ms) / 1_000)
    let end = calendar.date(byAdding: .day, value: days, to: begin) ?? begin
    return RangeEndArgument(ms: Int64((end.timeIntervalSince1970 * 1_000).rounded()))
  }
}

/// Nil for a day that the calendar does not have; without this, February 30 would be March 2.
private func exactDate(_ fields: DateComponents, in zone: TimeZone) -> Date? {
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = zone
  guard let date = calendar.date(from: fields) else { return nil }
  let back = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
  let isSame =
    back.year == fields.year && back.month == fields.month && back.day == fields.day
    && (fields.hour == nil || back.hour == fields.hour)
    && (fields.minute == nil || back.minute == fields.minute)
  return isSame ? date : nil
}

/// A zone as it is typed: "Europe/Rome".
struct ZoneArgument: ExpressibleByArgument {
  let zone: TimeZone

  init?(argument: String) {
    guard let zone = TimeZone(identifier: argument) else { return nil }
    self.zone = zone
  }
}

/// A calendar month as it is typed: "2027-03".
struct MonthArgument: ExpressibleByArgument {
  private let year: Int
  private let month: Int

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(\d{4})-(\d\d)/)?.output,
      let year = Int(match.1), let month = Int(match.2), 1...12 ~= month
    else { return nil }
    self.year = year
    self.month = month
  }

  /// Its first instant and the next month's, where the zone's clock shows them.
  func ends(in zone: TimeZone) -> (fromMs: Int64, untilMs: Int64)? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    func firstMs(_ year: Int, _ month: Int) -> Int64? {
      calendar.date(from: DateComponents(year: year, month: month, day: 1))
        .map { Int64(($0.timeIntervalSince1970 * 1_000).rounded()) }
    }
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    guard let from = firstMs(year, month), let until = firstMs(next.0, next.1) else { return nil }
    return (from, until)
  }
}
