internal import Availability
internal import Foundation
internal import Intervals

/// Days and times as readers of a language write them. What a clock shows comes from `Zone`, as everywhere
/// else; ICU only has the names of days, months and cities.
struct TimeFormat {
  let locale: Locale
  let words: Words
  /// "10:00 AM", as in the United States; else 24 hours.
  let hasHalfDays: Bool
  let zone: Zone

  /// "Tuesday, 1 December 2026".
  func date(_ day: CivilDate) -> String {
    let text = style.weekday(.wide).day(.defaultDigits).month(.wide).year(.defaultDigits)
      .format(noon(day))
    // Brazil writes the first of a month as an ordinal, which ICU does not.
    guard locale.identifier == "pt_BR", day.day == 1 else { return text }
    return text.replacing(" 1 de ", with: " 1º de ")
  }

  /// "Tuesday, 1 December 2026, 10:00–10:50".
  func span(_ span: Span, namingZone: Bool) -> String {
    let start = zone.local(span.start)
    let end = zone.local(span.end)
    // An end at midnight belongs to the day that ends.
    let endDay = zone.local(span.end.advanced(byMinutes: -1)).date
    let range = words.range.filled([
      "date": date(start.date), "start": clock(start), "end": clock(end),
    ])
    return range + (endDay == start.date ? "" : " \(words.nextDay)") + zoneNote(namingZone)
  }

  /// "Tuesday, 1 December 2026 at 10:00".
  func moment(_ minute: Minute, namingZone: Bool) -> String {
    let local = zone.local(minute)
    return words.moment.filled(["date": date(local.date), "time": clock(local)])
      + zoneNote(namingZone)
  }

  /// "Tue 1 Dec at 10:00", where there is little room.
  func shortMoment(_ minute: Minute, namingZone: Bool) -> String {
    let local = zone.local(minute)
    let weekday = style.weekday(.abbreviated).format(noon(local.date))
    let month = style.month(.abbreviated).format(noon(local.date))
    let pattern = hasHalfDays ? "{weekday}, {monthName} {day} at {time}" : words.shortMoment
    return pattern.filled([
      "weekday": weekday, "day": String(local.date.day), "month": String(local.date.month),
      "monthName": month,
      "time": clock(local),
    ]) + zoneNote(namingZone)
  }

  private func zoneNote(_ isNamed: Bool) -> String {
    isNamed ? " (\(words.zone.filled(["city": city])))" : ""
  }

  /// "Rome" in the reader's language; the zone's own name where no city stands for it.
  var city: String {
    guard zone.name.contains("/"), !zone.name.hasPrefix("Etc/"),
      let known = TimeZone(identifier: zone.name)
    else { return zone.name }
    return Date.FormatStyle(locale: locale, timeZone: known).timeZone(.exemplarLocation)
      .format(Date(timeIntervalSince1970: 0))
  }

  private func clock(_ local: LocalMinute) -> String {
    let (hour, minute) = (Int(local.minuteOfDay / 60), Int(local.minuteOfDay % 60))
    let minutes = (minute < 10 ? "0" : "") + String(minute)
    guard hasHalfDays else { return "\(hour < 10 ? "0" : "")\(hour):\(minutes)" }
    return "\((hour + 11) % 12 + 1):\(minutes)\u{A0}\(hour < 12 ? "AM" : "PM")"
  }

  private var style: Date.FormatStyle { Date.FormatStyle(locale: locale, timeZone: .gmt) }

  private func noon(_ day: CivilDate) -> Date {
    Date(timeIntervalSince1970: Double(day.daysSinceEpoch) * 86_400 + 43_200)
  }
}

extension String {
  /// The text with what stands for each name in braces: "{date}".
  func filled(_ values: KeyValuePairs<String, String>) -> String {
    values.reduce(self) { text, value in text.replacing("{\(value.key)}", with: value.value) }
  }
}
