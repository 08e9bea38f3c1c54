import Availability
import Intervals
import Testing

/// What an index keeps of free starts, against what hours and trees say.
@Suite struct KeptStartsTests {
  /// A month around a random change of the clock; searches reach beyond it.
  private static let coverage = span("2026-11-10T00:00Z", "2026-12-10T00:00Z")
  private static let locations = (1...3).map { LocationID(rawValue: $0) }
  private static let allRooms = (1...4).map { RoomID(rawValue: $0) }

  private struct Drill {
    var random: SplitMix64
    /// One that keeps starts, and one that walks: both learn the same.
    var kept = AvailabilityIndex(keepingStartsIn: KeptStartsTests.coverage)
    var walking = AvailabilityIndex()
    var standing: [Occupation] = []
    var held: [HeldTime] = []
    var number: UInt128 = 0
    let therapists: [TherapistID]

    init(seed: UInt64, therapists count: UInt128) {
      random = SplitMix64(seed: seed)
      therapists = (1...count).map { TherapistID(rawValue: $0) }
      for id in therapists.shuffled(using: &random) { apply(.therapist(profile(id))) }
    }

    @discardableResult
    mutating func apply(_ change: IndexChange) -> Bool {
      let done = kept.apply(change)
      #expect(walking.apply(change) == done)
      return done
    }

    mutating func profile(_ id: TherapistID) -> TherapistProfile {
      let zone =
        random.chance(oneIn: 3)
        ? random.pick([rome, kathmandu, lordHowe])
        : randomZone(near: utc("2026-11-25T00:00Z").sinceEpoch, &random)
      let middle = day("2026-11-25")
      let offers = (1...UInt128(random.int32(in: 1...2))).map { number in
        offer(
          ServiceID(rawValue: id.rawValue * 10 + number), kind: random.pick(["one", "two"]),
          minutes: random.int32(in: 5...120),
          grid: Grid(stepMinutes: random.pick(Grid.allSteps), fullHoursOnly: false)!,
          at: locations.filter { _ in random.chance(oneIn: 2) },
          buffers: random.chance(oneIn: 2)
            ? .none
            : Buffers(
              beforeMinutes: random.int32(in: 0...30), afterMinutes: random.int32(in: 0...30)),
          policy: BookingPolicy(
            horizons: .standard,
            minimumNoticeMinutes: random.chance(oneIn: 2) ? 0 : random.int32(in: 1...3_000)))
      }
      return TherapistProfile(
        id: id, partner: partner, zone: zone, languages: [random.pick(["it", "de"])],
        specialities: [], insurers: [],
        windows: RandomPractice.windows(around: middle, at: locations, &random),
        exceptions: RandomPractice.exceptions(around: middle, at: locations, &random),
        holidays: random.chance(oneIn: 2) ? [] : [middle.adding(days: random.int(in: -9...9))],
        offers: offers,
        places: locations.map { place($0) },
        caps: random.chance(oneIn: 3)
          ? SessionCaps(daily: Int(random.int32(in: 1...4)), weekly: 9) : .none)
    }

    mutating func place(_ id: LocationID) -> Place {
      let rooms = allRooms.shuffled(using: &random).prefix(Int(random.int32(in: 0...2)))
      return AvailabilityTests.place(id, city: random.pick(["Roma", "Wien"]), rooms: Array(rooms))
    }

    mutating func step() {
      number += 1
      if random.chance(oneIn: 3), !standing.isEmpty {
        let gone = standing.remove(at: Int.random(in: 0..<standing.count, using: &random))
        #expect(apply(.vacate(gone)))
      } else if random.chance(oneIn: 30) {
        apply(.therapist(profile(random.pick(therapists))))
      } else if random.chance(oneIn: 30) {
        apply(.place(place(random.pick(locations))))
      } else if random.chance(oneIn: 20), !held.isEmpty {
        let gone = held.remove(at: Int.random(in: 0..<held.count, using: &random))
        #expect(apply(.release(gone)))
      } else if random.chance(oneIn: 20) {
        let new = HeldTime(
          occupation: occupation(.hold(HoldID(rawValue: number))),
          expiresAt: utc("2026-11-20T00:00Z").advanced(byMinutes: random.int32(in: 0...3_000))
            .instant)
        if apply(.hold(new)) { held.append(new) }
      } else {
        let new = occupation(.appointment(AppointmentID(rawValue: number)))
        if apply(.occupy(new)) { standing.append(new) }
      }
    }

    mutating func occupation(_ occupant: Occupant) -> Occupation {
      let coverage = KeptStartsTests.coverage
      let start = coverage.start.advanced(byMinutes: random.int32(in: -3_000...46_000))
      return Occupation(
        occupant: occupant, span: Span(from: start, lastingMinutes: random.int32(in: 5...120))!,
        buffers: random.chance(oneIn: 2)
          ? .none
          : Buffers(
            beforeMinutes: random.int32(in: 0...30), afterMinutes: random.int32(in: 0...30)),
        therapist: random.pick(therapists),
        room: random.chance(oneIn: 3) ? nil : random.pick(allRooms),
        client: ClientID(rawValue: UInt128(random.int32(in: 1...8))))
    }

    mutating func query(after: SlotCursor? = nil) -> SlotQuery {
      let now = utc("2026-11-20T00:00Z").advanced(byMinutes: random.int32(in: -500...4_000))
      let from = now.advanced(byMinutes: random.int32(in: -500...20_000))
      let wanted = therapists.filter { _ in random.chance(oneIn: 3) }
      return SlotQuery(
        range: Span(
          from: from,
          lastingMinutes: random.int32(in: 1...(random.chance(oneIn: 2) ? 2_000 : 40_000)))!,
        filter: SlotFilter(
          therapists: random.chance(oneIn: 2) ? [] : wanted,
          service: random.chance(oneIn: 8) ? ServiceID(rawValue: 11) : nil,
          serviceKind: random.chance(oneIn: 3) ? "one" : nil,
          location: random.chance(oneIn: 8) ? random.pick(locations) : nil,
          language: random.chance(oneIn: 4) ? "it" : nil,
          city: random.chance(oneIn: 4) ? "Wien" : nil),
        limit: Int(random.int32(in: 1...(random.chance(oneIn: 2) ? 30 : 800))), after: after,
        moment: Moment(
          now: now.instant.advanced(byMs: Int64(random.int32(in: 0...1))),
          role: random.pick([.staff, .client])))
    }

    /// The same query asked of both; and on from page to page.
    mutating func compareSearches() {
      var query = query()
      for _ in 0..<3 {
        let page = kept.search(query, of: partner)
        let walked = walking.search(query, of: partner)
        #expect(page.groups == walked.groups)
        #expect(page.slots.map(\.start) == walked.slots.map(\.start))
        #expect(page.slots.map(\.group) == walked.slots.map(\.group))
        #expect(page.next == walked.next)
        guard let next = page.next else { return }
        query = SlotQuery(
          range: query.range, filter: query.filter, limit: query.limit, after: next,
          moment: query.moment)
      }
    }

    /// The same lookups asked of both.
    mutating func compareLookups() {
      let query = query()
      var gathering = FirstFreeGathering(query.filter, in: query.range, at: query.moment)
      for id in therapists { #expect(kept.gather(id, of: partner, into: &gathering)) }
      let found = gathering.starts(occupancy: kept)
      for (id, start) in zip(therapists, found) {
        let asKept = evaluator(of: id, in: kept, at: query.moment)
        let walked = evaluator(of: id, in: walking, at: query.moment)
        #expect(start == walked.firstFree(query.filter, in: query.range))
        #expect(
          asKept.dayByDay(query.filter, in: query.range)
            == walked.dayByDay(query.filter, in: query.range))
      }
    }

    private func evaluator(
      of id: TherapistID, in index: AvailabilityIndex, at moment: Moment
    ) -> Evaluator<AvailabilityIndex> {
      Evaluator(therapist: index.therapist(id)!, moment: moment, occupancy: index)
    }
  }

  @Test(
    "whatever was booked, held and changed, what is kept finds what walking finds",
    arguments: 1...40)  // S-1, S-3, S-7, S-10, S-11, S-12
  func drill(seed: UInt64) {
    var drill = Drill(seed: seed, therapists: seed % 4 == 0 ? 100 : 4)
    for _ in 0..<6 {
      for _ in 0..<50 { drill.step() }
      #expect(drill.kept.violations() == [])
      for _ in 0..<20 { drill.compareSearches() }
      for _ in 0..<2 { drill.compareLookups() }
    }
    #expect(!drill.standing.isEmpty)
  }

  @Test("a single therapist's starts are found at once where one page holds them all")  // S-1
  func single() {
    var drill = Drill(seed: 7, therapists: 20)
    for _ in 0..<300 { drill.step() }
    var found = TherapistStarts()
    var foundCount = 0
    for _ in 0..<500 {
      let any = drill.query()
      let id = drill.random.pick(drill.therapists)
      let query = SlotQuery(
        range: any.range, filter: SlotFilter(therapists: [id]), limit: 1_000, after: nil,
        moment: any.moment)
      guard drill.kept.gather(id, of: partner, query, into: &found) else { continue }
      foundCount += 1
      let page = drill.walking.search(query, of: partner)
      #expect(page.next == nil)
      #expect((0..<found.groupCount).map(found.group) == page.groups)
      var first = 0
      for group in 0..<found.groupCount {
        let expected = page.slots.filter { $0.group == group }.map(\.start)
        let starts = found.starts.withStarts(from: first) {
          Array($0.prefix(found.startCount(ofGroup: group)))
        }
        #expect(starts == expected)
        first += expected.count
      }
      #expect(first == found.starts.count)
    }
    #expect(foundCount > 100)
  }
}
