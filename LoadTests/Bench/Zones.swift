internal import Availability
internal import Foundation
internal import Intervals
internal import Workload

/// The zones of population W with their real rules.
enum Zones {
  static let all = PopulationW.zoneNames.map(read)

  static func inUTC(_ localMinute: Int32, zone: Int) -> Int32 {
    all[zone].edge(LocalMinute(sinceEpoch: localMinute)).sinceEpoch
  }

  /// Over as many years as the server reads them for.
  private static let from = Date(timeIntervalSince1970: 946_684_800)
  private static let until = Date(timeIntervalSince1970: 2_366_841_600)

  private static func read(_ name: String) -> Zone {
    guard let rules = TimeZone(identifier: name) else {
      preconditionFailure("this system has no time zone \(name)")
    }
    func offset(at date: Date) -> Int32 { Int32(rules.secondsFromGMT(for: date) / 60) }
    var transitions: [Zone.Transition] = []
    var next = rules.nextDaylightSavingTimeTransition(after: from)
    while let date = next, date < until {
      let at = Minute(sinceEpoch: Int32(date.timeIntervalSince1970 / 60))
      transitions.append(Zone.Transition(at: at, offsetMinutes: offset(at: date)))
      next = rules.nextDaylightSavingTimeTransition(after: date)
    }
    guard
      let zone = Zone(
        name: name, initialOffsetMinutes: offset(at: from), transitions: transitions)
    else { preconditionFailure("the rules of \(name) are out of order") }
    return zone
  }
}
