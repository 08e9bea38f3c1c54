import Availability
import Intervals
import Testing

/// Many wishes, one after the other, against an index that holds what became of them.
@Suite struct DryRunTests {
  private var random: SplitMix64
  private var index = AvailabilityIndex()
  private var standing: [Occupation] = []
  private var holds: [HeldTime] = []
  private var now = utc("2026-11-23T00:00Z").instant
  private let rooms = place(rooms: [redRoom, blueRoom])
  private let therapists = (1...3).map { TherapistID(rawValue: $0) }

  init() {
    random = SplitMix64(seed: 12)
    for id in therapists {
      index.adopt(
        therapist(
          id, windows: everyDay("08:00", "20:00"), places: [rooms],
          caps: SessionCaps(daily: 9, weekly: 40)))
    }
  }

  @Test("what a check finds bookable is taken, and then found taken; what it refuses is not free")
  mutating func checkThenBook() {  // S-5, S-7, S-10, S-12
    var booked = 0
    for number in UInt128(1)...4_000 {
      now = now.advanced(byMs: Int64(random.int32(in: 0...60_000)))
      sweep()
      let therapist = random.pick(therapists)
      let wish = wish()
      let before = assess(wish, of: therapist)
      #expect(before == assess(wish, of: therapist))
      let occupation = Occupation(
        occupant: .appointment(appointment(number)),
        span: Span(from: wish.start, lastingMinutes: wish.offer.durationMinutes)!,
        buffers: wish.offer.buffers, therapist: therapist, room: before.room, client: wish.client)
      guard before.isBookable else { continue }
      booked += 1
      release(wish.hold)
      take(occupation, number)
      let after = assess(wish, of: therapist)
      #expect(after.discrepancies.contains { $0.names(occupation) })
      vacateSome()
    }
    #expect(index.violations().isEmpty)
    #expect(booked > 500)
  }

  private func assess(_ wish: Wish, of therapist: TherapistID) -> Assessment {
    Evaluator(
      therapist: index.therapist(therapist)!, moment: Moment(now: now, role: .staff),
      occupancy: index
    ).assess(wish)
  }

  private mutating func wish() -> Wish {
    let offer = offer(
      minutes: random.int32(in: 2...9) * 10,
      buffers: random.chance(oneIn: 2)
        ? .none : Buffers(beforeMinutes: random.int32(in: 0...3) * 5, afterMinutes: 10))
    let start = utc("2026-11-24T07:00Z").advanced(
      byMinutes: random.int32(in: 0...13) * 1_440 + random.int32(in: 0...22) * 30)
    return Wish(
      offer: offer, place: rooms, room: random.pick([nil, nil, redRoom, blueRoom]), start: start,
      client: ClientID(rawValue: UInt128(random.int32(in: 1...20))),
      hold: random.chance(oneIn: 2) ? nil : holds.randomElement(using: &random)?.id)
  }

  /// Books, or only holds.
  private mutating func take(_ occupation: Occupation, _ number: UInt128) {
    if random.chance(oneIn: 3) {
      let hold = HeldTime(
        occupation: Occupation(
          occupant: .hold(HoldID(rawValue: number)), span: occupation.span,
          buffers: occupation.buffers, therapist: occupation.therapist, room: occupation.room,
          client: occupation.client),
        expiresAt: now.advanced(byMs: 600_000))
      #expect(index.apply(.hold(hold)) == true)
      holds.append(hold)
    } else {
      #expect(index.apply(.occupy(occupation)) == true)
      standing.append(occupation)
    }
  }

  private mutating func release(_ id: HoldID?) {
    guard let id, let place = holds.firstIndex(where: { $0.id == id }) else { return }
    #expect(index.apply(.release(holds.remove(at: place))) == true)
  }

  /// Those that have lapsed go now and then only: nobody may depend on it.
  private mutating func sweep() {
    guard random.chance(oneIn: 50) else { return }
    let now = now
    for hold in holds where !hold.holds(at: now) { release(hold.id) }
  }

  private mutating func vacateSome() {
    guard random.chance(oneIn: 3), !standing.isEmpty else { return }
    let gone = standing.remove(at: random.int(in: 0...standing.count - 1))
    #expect(index.apply(.vacate(gone)) == true)
  }
}

extension HeldTime {
  fileprivate var id: HoldID? {
    guard case .hold(let id) = occupation.occupant else { return nil }
    return id
  }
}

extension Discrepancy {
  /// Whether it says that just this takes the therapist.
  fileprivate func names(_ occupation: Occupation) -> Bool {
    guard case .therapistBusy(let collisions) = self else { return false }
    return collisions.contains {
      $0.occupant.number == occupation.number && $0.span == occupation.span
    }
  }
}
