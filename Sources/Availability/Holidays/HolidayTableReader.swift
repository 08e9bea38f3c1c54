/// Reads the text of `PublicHolidayTable`.
///
/// The table is generated and a test reads all of it: what is not in its form is left out here, and
/// found missing there.
enum HolidayTableReader {
  private typealias NamesByDay = [CivilDate: [String]]

  /// The calendars of a table, by their names. A part's come after its country's.
  static func calendars(of text: String, years: ClosedRange<Int>) -> [String: HolidayCalendar] {
    guard let knownFrom = CivilDate(year: years.lowerBound, month: 1, day: 1),
      let knownUntil = CivilDate(year: years.upperBound, month: 12, day: 31)
    else { return [:] }
    var namesByDay: [String: NamesByDay] = [:]
    var current = ""
    for row in rows(of: text) {
      if row.first == "[", row.last == "]" {
        current = String(row.dropFirst().dropLast())
        namesByDay[current] = namesByDay[country(of: current)] ?? [:]
      } else {
        add(row, years: years, to: &namesByDay[current, default: [:]])
      }
    }
    return namesByDay.reduce(into: [:]) { calendars, entry in
      let holidays = entry.value.map { (day: $0.key, name: $0.value.joined(separator: "; ")) }
      calendars[entry.key] = HolidayCalendar(
        name: entry.key, knownFrom: knownFrom, knownUntil: knownUntil,
        holidays: holidays.sorted { $0.day < $1.day })
    }
  }

  /// The table's lines, those that go on from the line above joined to it.
  private static func rows(of text: String) -> [String] {
    text.split(separator: "\n").reduce(into: []) { rows, line in
      if line.first == " ", let last = rows.indices.last {
        rows[last] += " " + line.drop { $0 == " " }
      } else {
        rows.append(String(line))
      }
    }
  }

  private static func add(_ row: String, years: ClosedRange<Int>, to days: inout NamesByDay) {
    let parts = row.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return }
    let name = String(parts[0])
    let dates = parts[1].split(separator: " ")
    for (index, year) in years.enumerated() {
      guard let date = dates.count == 1 ? dates.first : index < dates.count ? dates[index] : nil,
        let month = Int(date.prefix(2)), let dayOfMonth = Int(date.dropFirst(2)),
        let day = CivilDate(year: year, month: month, day: dayOfMonth)
      else { continue }
      days[day, default: []].append(name)
    }
  }

  /// "DE" of "DE-BY".
  private static func country(of calendar: String) -> String {
    String(calendar.prefix { $0 != "-" })
  }
}
