internal import Accounting
internal import Availability
internal import Booking
internal import Foundation
internal import Intervals

/// The facts of a letter with the forms that its reader expects.
struct Scene {
  let facts: LetterFacts
  let tongue: Tongue
  let times: TimeFormat
  let sums: MoneyFormat

  /// - Parameter locale: of days and sums.
  init(_ facts: LetterFacts, in tongue: Tongue, locale: Locale) {
    self.facts = facts
    self.tongue = tongue
    times = TimeFormat(
      locale: locale, words: tongue.words, hasHalfDays: locale.identifier == "en_US",
      zone: facts.reader.zone)
    sums = MoneyFormat(
      locale: locale, groupsThousands: tongue.groupsThousands && locale.region?.identifier != "CH",
      names: tongue.currencyNames)
  }

  /// Of days and sums, in BCP 47: "de-AT".
  var language: String { times.locale.identifier.replacing("_", with: "-") }

  /// Whether a time has to say whose clock it is on: the reader's shows something else than the session's.
  func namesZone(at minute: Minute) -> Bool {
    guard let session = facts.session else { return false }
    return session.zone.offsetMinutes(at: minute) != facts.reader.zone.offsetMinutes(at: minute)
  }

  func told(_ span: Span) -> String {
    times.span(span, namingZone: namesZone(at: span.start))
  }

  func told(_ minute: Minute) -> String {
    times.moment(minute, namingZone: namesZone(at: minute))
  }

  func told(_ instant: Instant) -> String? { Minute(atOrBefore: instant).map(told) }

  var when: String? { facts.session.map { told($0.span) } }

  /// Empty for an appointment by itself.
  var starts: [String] {
    guard let session = facts.session, session.starts.count > 1 else { return [] }
    return session.starts.compactMap { start in
      Span(from: start, lastingMinutes: session.span.lengthMinutes).map(told)
    }
  }

  var address: [String] {
    guard case .inPerson(let address, _) = facts.session?.place else { return [] }
    return address.filter { !$0.isEmpty }
  }

  var room: String? {
    guard case .inPerson(_, let room) = facts.session?.place else { return nil }
    return room
  }

  /// The last day on which the package holds.
  var validUntil: String? {
    guard let end = facts.package?.expiresAt,
      let last = Minute(atOrBefore: end.advanced(byMs: -1))
    else { return nil }
    return times.date(times.zone.date(at: last))
  }
}

extension Minute {
  /// The last whole minute at or before an instant; nil when out of range.
  init?(atOrBefore instant: Instant) {
    guard let next = Minute(atOrAfter: instant) else { return nil }
    self = next.instant == instant ? next : next.advanced(byMinutes: -1)
  }
}
