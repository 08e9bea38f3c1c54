internal import Availability
internal import Intervals

/// The zones of the demo's cities in 2026 and 2027, as the tz database has them.
enum Zones {
  static func named(_ name: String) -> Zone? {
    switch name {
    case "Europe/Rome", "Europe/Warsaw", "Europe/Vienna": european(name, winterMinutes: 60)
    case "Europe/Bucharest": european(name, winterMinutes: 120)
    case "America/Sao_Paulo": Zone(name: name, initialOffsetMinutes: -180, transitions: [])
    default: nil
    }
  }

  /// All of the European Union changes its clocks at 01:00 UTC.
  private static func european(_ name: String, winterMinutes: Int32) -> Zone? {
    let changes: [(day: String, offsetMinutes: Int32)] = [
      ("2026-03-29", winterMinutes + 60), ("2026-10-25", winterMinutes),
      ("2027-03-28", winterMinutes + 60), ("2027-10-31", winterMinutes),
    ]
    return Zone(
      name: name, initialOffsetMinutes: winterMinutes,
      transitions: changes.compactMap { change in
        CivilDate(change.day).map {
          Zone.Transition(
            at: Minute(sinceEpoch: $0.daysSinceEpoch * 1_440 + 60),
            offsetMinutes: change.offsetMinutes)
        }
      })
  }
}
