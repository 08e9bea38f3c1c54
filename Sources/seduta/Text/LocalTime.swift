internal import Foundation

/// An instant as a clock and a calendar in some zone show it.
struct LocalTime {
  private let fields: DateComponents
  private let offsetMinutes: Int

  init(ms: Int64, in zone: TimeZone) {
    let date = Date(timeIntervalSince1970: Double(ms) / 1_000)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    fields = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: date)
    offsetMinutes = zone.secondsFromGMT(for: date) / 60
  }

  /// "10:00".
  var timeOfDay: String { "\(twoDigits(fields.hour)):\(twoDigits(fields.minute))" }

  /// "Tue".
  var weekday: String {
    // The calendar counts from Sunday, and from 1.
    ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(fields.weekday ?? 1) - 1]
  }

  /// "2026-11-24T10:00+01:00": what other commands take as `--start`.
  var start: String {
    let minutes = abs(offsetMinutes)
    let offset = "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    let date = "\(fields.year ?? 0)-\(twoDigits(fields.month))-\(twoDigits(fields.day))"
    return "\(date)T\(timeOfDay)\(offsetMinutes < 0 ? "-" : "+")\(offset)"
  }

  /// "Tue 2026-11-24T10:00+01:00".
  var dayAndStart: String { "\(weekday) \(start)" }

  private func twoDigits(_ number: Int?) -> String {
    let text = String(number ?? 0)
    return text.count < 2 ? "0" + text : text
  }
}
