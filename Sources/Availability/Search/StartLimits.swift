internal import Intervals

/// From when to when one may book at a moment. Reckons each horizon once for all therapists of a
/// zone.
struct StartLimits {
  private struct Horizon {
    let rules: ZoneRules
    let months: Int
    let end: Minute
  }

  private let moment: Moment
  private let firstStart: Minute
  /// Few: one for each zone and number of months.
  private var horizons: ContiguousArray<Horizon> = []

  init(at moment: Moment) {
    self.moment = moment
    firstStart = moment.firstStart
  }

  /// What of a range may be booked; nil when nothing of it may.
  @inline(__always)
  mutating func bookable(under policy: BookingPolicy, in zone: Zone, of range: Span) -> Span? {
    let earliest = firstStart.advanced(byMinutes: policy.minimumNoticeMinutes)
    let months = policy.horizons.months(for: moment.role)
    let start = max(range.start, earliest)
    // A month has 28 days at least; two days make up for zones, whichever they are.
    let surelyBefore = firstStart.advanced(byMinutes: Int32(28 * months - 2) * LocalMinute.perDay)
    if range.end <= surelyBefore { return Span(from: start, to: range.end) }
    return Span(from: start, to: min(range.end, horizonEnd(policy.horizons, months, in: zone)))
  }

  private mutating func horizonEnd(
    _ policy: HorizonPolicy, _ months: Int, in zone: Zone
  ) -> Minute {
    for horizon in horizons where horizon.rules === zone.rules && horizon.months == months {
      return horizon.end
    }
    let end = moment.horizonEnd(under: policy, in: zone)
    horizons.append(Horizon(rules: zone.rules, months: months, end: end))
    return end
  }
}
