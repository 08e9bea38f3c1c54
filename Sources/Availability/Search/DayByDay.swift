public import Intervals

/// What a local day is like for someone who wants a session (S-11).
public enum DayAvailability: Hashable, Sendable {
  /// No opening hours begin on it or reach into it.
  case closed
  /// Open, with nothing free.
  case busy
  case free
}

/// Local days of a therapist, one after the other without a gap.
public struct DayByDay: Hashable, Sendable {
  public let firstDay: CivilDate
  public let availability: [DayAvailability]
  /// How many different starts are free on each day.
  public let freeStarts: [Int]
}

extension Evaluator {
  /// What each day is like: from the one that holds the first minute of a range to the one that
  /// holds its last.
  ///
  /// - Parameters:
  ///   - filter: which of the therapist's slots; only the hours of their locations count as open.
  ///   - range: where starts lie; sessions may end after it.
  public func dayByDay(_ filter: SlotFilter, in range: Span) -> DayByDay {
    let zone = therapist.zone
    let range = range.reckonable
    let pairs = filter.matches(therapist) ? filter.pairs(therapist) : []
    let startDays = starts(of: pairs, in: range).map { zone.date(at: $0) }
    // Where clocks are put back over midnight, the days of the range's ends need not be the earliest
    // and the latest.
    let ends = [range.start, range.end.advanced(byMinutes: -1)].map { zone.date(at: $0) }
    let firstDay = startDays.reduce(min(ends[0], ends[1]), min)
    let lastDay = startDays.reduce(max(ends[0], ends[1]), max)
    var freeStarts = [Int](repeating: 0, count: firstDay.days(to: lastDay) + 1)
    for day in startDays { freeStarts[firstDay.days(to: day)] += 1 }
    let locations = Set(pairs.map(\.1.id))
    let isOpen = therapist.profile.openDays(of: locations, from: firstDay, to: lastDay)
    return DayByDay(
      firstDay: firstDay,
      availability: zip(freeStarts, isOpen).map { $0 > 0 ? .free : $1 ? .busy : .closed },
      freeStarts: freeStarts)
  }

  /// All different ones, in no order.
  private func starts(of pairs: [(Offer, Place)], in range: Span) -> Set<Minute> {
    var all: Set<Minute> = []
    for (offer, place) in pairs { all.formUnion(starts(of: offer, at: place, in: range)) }
    return all
  }
}

extension TherapistProfile {
  /// For each day whether any of the locations is open at any time of it. Both days are included.
  fileprivate func openDays(
    of locations: Set<LocationID>, from firstDay: CivilDate, to lastDay: CivilDate
  ) -> [Bool] {
    var isOpen = [Bool](repeating: false, count: firstDay.days(to: lastDay) + 1)
    guard let all = zone.reach(from: firstDay, to: lastDay) else { return isOpen }
    for location in locations {
      guard let hours = hours(at: location) else { continue }
      var openings = Openings(hours, in: zone, around: all)
      while let opening = openings.next() {
        zone.forEachDay(of: opening) { day in
          if firstDay <= day && day <= lastDay { isOpen[firstDay.days(to: day)] = true }
        }
      }
    }
    return isOpen
  }
}

extension Zone {
  /// Calls `body` with each day that a wall clock shows during a span.
  fileprivate func forEachDay(of span: Span, _ body: (CivilDate) -> Void) {
    var start = span.start
    while start < span.end {
      // Only while one offset holds do days follow each other.
      let stretchEnd = rules.end(ofStretch: rules.stretchIndex(at: start.sinceEpoch))
      let end = min(span.end, Minute(sinceEpoch: stretchEnd))
      var day = date(at: start)
      let lastDay = date(at: end.advanced(byMinutes: -1))
      while day <= lastDay {
        body(day)
        day = day.adding(days: 1)
      }
      start = end
    }
  }
}

extension CivilDate {
  /// Negative where the other is earlier.
  func days(to other: CivilDate) -> Int {
    Int(other.daysSinceEpoch) - Int(daysSinceEpoch)
  }
}
