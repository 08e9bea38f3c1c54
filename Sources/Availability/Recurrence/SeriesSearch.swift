internal import Intervals

extension Evaluator {
  /// The times at which a service is free for all occurrences of a rule, or all but a few: those with
  /// the fewest misses first, then by start, then by location.
  ///
  /// A time is a first start within the query's range: on a day that the rule names, at a minute of
  /// the day at which the service is free at least once, on the grid, not in the past. An occurrence
  /// is free when a search would list it, and the client is free: they could book it now. Beyond the horizon none is,
  /// so that a series longer than that has misses (S-2). Earlier occurrences count towards the weekly cap
  /// of later ones.
  ///
  /// What is free is gathered once; then each time is looked up.
  public func seriesTimes(_ query: SeriesQuery) -> [SeriesTime] {
    let profile = therapist.profile
    guard let count = query.rule.count, let offer = profile.offer(query.service),
      var days = SeriesDays(
        query, at: moment, until: horizonEnd(of: offer.policy), in: profile.zone)
    else { return [] }
    let places = profile.places.filter {
      offer.locations.contains($0.id) && query.location ?? $0.id == $0.id
    }
    let counted =
      query.rule.mayRepeatInWeek
      ? SessionCount(therapist.busy.reckoned(at: moment.now, but: nil), of: profile) : nil
    var found: [Candidate] = []
    var readings: [FreeReadings] = []
    for (index, place) in places.enumerated() {
      let free = FreeReadings(
        starts(of: offer, at: place, in: days.stretch, for: query.client), on: offer.grid,
        in: profile.zone,
        besides: counted)
      readings.append(free)
      for list in days.lists.indices {
        for minute in free.minutesOfDay {
          let local = LocalMinute(date: days.lists[list].first, minuteOfDay: minute)
          let first = profile.zone.resolve(local)
          guard !first.isGap, days.firstStarts.contains(first.start),
            let misses = days.lists[list].misses(
              at: minute, free, in: profile.zone, among: count, atMost: query.missesMax)
          else { continue }
          found.append(
            Candidate(misses: misses, start: first.start, place: index, list: list, local: local))
        }
      }
    }
    return found.sorted().prefix(query.limit).map { candidate in
      let group = SlotGroup(of: offer, at: places[candidate.place], by: therapist)
      return time(
        candidate, group, count, &days.lists[candidate.list], readings[candidate.place])
    }
  }

  /// Those at which the client is free, too.
  private func starts(
    of offer: Offer, at place: Place, in range: Span, for client: ClientID?
  ) -> [Minute] {
    let starts = starts(of: offer, at: place, in: range)
    guard let client else { return starts }
    let busy = occupancy.busy(of: client).reckoned(at: moment.now, but: nil)
    return starts.filter { start in
      busy.collisions(
        with: start.span(lastingMinutes: offer.durationMinutes), of: .client(client)
      ).isEmpty
    }
  }

  private func time(
    _ candidate: Candidate, _ group: SlotGroup, _ count: Int, _ list: inout SeriesDays.List,
    _ free: FreeReadings
  ) -> SeriesTime {
    var (missed, gaps, position) = ([Occurrence](), [LocalMinute](), 0)
    list.forEach(at: candidate.local.minuteOfDay, free, in: therapist.zone) { local, fate in
      switch fate {
      case .free: position += 1
      case .missed(let start):
        missed.append(Occurrence(localStart: local, start: start, position: position))
        position += 1
      case .gap: gaps.append(local)
      }
      return position < count
    }
    return SeriesTime(
      group: group, localStart: candidate.local, start: candidate.start, missed: missed,
      gaps: gaps, freeCount: count - missed.count)
  }
}

extension RecurrenceRule {
  /// Whether a week may have several of its days.
  fileprivate var mayRepeatInWeek: Bool {
    switch frequency {
    case .daily: interval < 7
    case .weekly: days.count > 1
    case .monthly: !days.isEmpty
    }
  }
}

extension AvailabilityIndex {
  /// The times at which a therapist is free for all occurrences of a rule, or all but a few. Nil when
  /// the partner has no such therapist here.
  public func seriesTimes(
    _ query: SeriesQuery, of therapist: TherapistID, _ partner: PartnerID, at moment: Moment
  ) -> [SeriesTime]? {
    guard let row = row(of: therapist), rows[row].partner == partner else { return nil }
    return Evaluator(therapist: rows[row], moment: moment, occupancy: self).seriesTimes(query)
  }
}

/// A time that is found. Ordered as times are given.
private struct Candidate: Comparable {
  let misses: Int
  let start: Minute
  /// Indices of the place and of the list of days.
  let place: Int
  let list: Int
  let local: LocalMinute

  static func < (left: Candidate, right: Candidate) -> Bool {
    (left.misses, left.start, left.place) < (right.misses, right.start, right.place)
  }
}
