public import Availability
internal import Foundation
internal import Intervals
internal import Synchronization

/// The rules of time zones, from Foundation's to the values that the pure rooms use.
public final class ZoneCatalogue: Sendable {
  /// Bookings reach months ahead; years of margin cost a few hundred bytes a zone.
  private static let firstYear = 2000
  private static let lastYear = 2045

  private let known = Mutex<[String: Zone]>([:])

  public init() {}

  /// - Parameter name: IANA, such as "Europe/Rome" or "UTC".
  /// - Returns: nil for a name that is no IANA zone.
  public func zone(_ name: String) -> Zone? {
    if let zone = known.withLock({ $0[name] }) { return zone }
    guard ZoneCatalogue.isName(name), let zone = ZoneCatalogue.read(name) else {
      return nil
    }
    known.withLock { $0[name] = zone }
    return zone
  }

  // Foundation takes "EST", "GMT+3" and more besides; only IANA's names are in the contract. Its own
  // list has of several names for one zone only the oldest ("Asia/Calcutta").
  private static func isName(_ name: String) -> Bool {
    name == "UTC" || names.contains(name)
      || name.contains("/") && name.utf8.allSatisfy(isOfNames)
        && TimeZone(identifier: name)?.identifier == name
  }

  private static func isOfNames(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static let names = Set(TimeZone.knownTimeZoneIdentifiers)

  private static func read(_ name: String) -> Zone? {
    guard let rules = TimeZone(identifier: name),
      let first = CivilDate(year: firstYear, month: 1, day: 1),
      let last = CivilDate(year: lastYear, month: 1, day: 1)
    else { return nil }
    func offset(at minute: Int32) -> Int32 {
      let date = Date(timeIntervalSince1970: Double(minute) * 60)
      return Int32(rules.secondsFromGMT(for: date) / 60)
    }
    // `nextDaylightSavingTimeTransition` leaves out changes that are not daylight saving, such as
    // Samoa's missing day: look at each day, and halve the day on which the offset changed.
    var transitions: [Zone.Transition] = []
    let minutesPerDay: Int32 = 1440
    var before = first.daysSinceEpoch * minutesPerDay
    let initial = offset(at: before)
    var current = initial
    while before < last.daysSinceEpoch * minutesPerDay {
      let after = before + minutesPerDay
      let next = offset(at: after)
      if next != current {
        var (low, high) = (before, after)
        while high - low > 1 {
          let middle = low + (high - low) / 2
          if offset(at: middle) == current { low = middle } else { high = middle }
        }
        transitions.append(
          Zone.Transition(at: Minute(sinceEpoch: high), offsetMinutes: next))
        current = next
      }
      before = after
    }
    return Zone(name: name, initialOffsetMinutes: initial, transitions: transitions)
  }
}
