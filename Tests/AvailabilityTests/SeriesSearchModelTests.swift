import Availability
import Intervals
import Testing

/// The search for series against every start of every minute, each of whose occurrences is checked.
@Suite struct SeriesSearchModelTests {
  private func randomRule(_ random: inout SplitMix64) throws -> RecurrenceRule {
    let frequency = random.pick([RecurrenceRule.Frequency.daily, .daily, .weekly, .monthly])
    let days = Weekday.allCases.filter { _ in random.chance(oneIn: 2) }
    return try RecurrenceRule(
      frequency, interval: random.int(in: 1...2), end: .count(random.int(in: 1...5)),
      days: random.chance(oneIn: 2) ? [] : days.map { RecurrenceRule.Day($0) })
  }

  fileprivate struct Found: Equatable {
    let location: LocationID
    let localStart: LocalMinute
    let start: Minute
    let missed: [Occurrence]
    let gaps: [LocalMinute]
    let freeCount: Int
  }

  private func model(
    _ query: SeriesQuery, _ practice: RandomPractice, _ entry: TherapistEntry
  ) throws -> [Found] {
    var found: [Found] = []
    for start in practice.minutes where practice.mightStart(at: start) {
      if start.instant < practice.moment.now || practice.zone.isSecondPass(start) { continue }
      let local = practice.zone.local(start)
      guard
        let series = try? Recurrence(query.rule, from: local, in: practice.zone)
      else { continue }
      for (offer, place) in SlotFilter(service: query.service).pairs(entry) {
        let missed = missed(series, query, offer, place, practice, entry)
        if missed.count > query.missesMax { continue }
        found.append(
          Found(
            location: place.id, localStart: local, start: start, missed: missed,
            gaps: series.gaps, freeCount: series.occurrences.count - missed.count))
      }
    }
    return found.sorted {
      ($0.missed.count, $0.start, $0.location) < ($1.missed.count, $1.start, $1.location)
    }
  }

  /// Each that is free is taken before the next one is looked at, where that may matter to it.
  private func missed(
    _ series: Recurrence, _ query: SeriesQuery, _ offer: Offer, _ place: Place,
    _ practice: RandomPractice, _ entry: TherapistEntry
  ) -> [Occurrence] {
    var index = AvailabilityIndex()
    index.adopt(entry)
    return series.occurrences.enumerated().filter { number, occurrence in
      let evaluator = Evaluator(
        therapist: index.therapist(entry.id)!, moment: practice.moment, occupancy: practice.booked)
      let wish = Wish(
        offer: offer, place: place, room: nil, start: occurrence.start, client: query.client)
      guard evaluator.assess(wish).isBookable else { return true }
      if practice.caps.weekly != nil {
        let taken = index.apply(
          .occupy(
            Occupation(
              appointment: AppointmentID(rawValue: 90_000 + UInt128(number)),
              span: Span(from: occurrence.start, lastingMinutes: offer.durationMinutes)!,
              therapist: entry.id, room: nil, client: nil)))
        #expect(taken)
      }
      return false
    }.map(\.element)
  }

  @Test("the times found are those whose every occurrence but a few can be booked")
  func againstModel() throws {  // B-8, S-2, S-4, S-5, S-9
    var random = SplitMix64(seed: 8)
    var clients = SplitMix64(seed: 9)
    var (found, missed, gaps, kept) = (0, 0, 0, 0)
    for _ in 0..<4_000 {
      let practice = RandomPractice(&random)
      let rule = try randomRule(&random)
      let query = try #require(
        SeriesQuery(
          rule, service: individual, client: clients.chance(oneIn: 4) ? carlo : nil,
          firstStarts: practice.range,
          missesMax: random.int(in: 0...(rule.count! - 1)),
          limit: random.pick([1, 7, 1_000])))
      var entry = practice.entry
      if practice.holds.isEmpty, random.chance(oneIn: 2) {
        kept += 1
        let around = practice.range.start.advanced(byMinutes: -10_000)
        entry = entry.layingOutStarts(
          over: Span(from: around, lastingMinutes: random.pick([12_000, 300_000]))!,
          rooms: practice.booked)
      }
      let times = Evaluator(
        therapist: entry, moment: practice.moment, occupancy: practice.booked
      ).seriesTimes(query)
      let expected = try model(query, practice, entry).prefix(query.limit)
      #expect(times.map(Found.init) == Array(expected))
      found += times.count
      missed += times.count { !$0.missed.isEmpty }
      gaps += times.count { !$0.gaps.isEmpty }
    }
    #expect(
      found > 5_000 && missed > 3_000 && gaps > 500 && kept > 1_000, "\(found) \(missed) \(gaps)")
  }
}

extension SeriesSearchModelTests.Found {
  fileprivate init(_ time: SeriesTime) {
    location = time.group.location
    localStart = time.localStart
    start = time.start
    missed = time.missed
    gaps = time.gaps
    freeCount = time.freeCount
  }
}
