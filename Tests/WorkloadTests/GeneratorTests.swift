internal import Testing
internal import Workload

struct GeneratorTests {
  private static let dayMs: Int64 = 86_400_000
  private static let nowMs: Int64 = 20_000 * dayMs + 5

  @Test("the same seed asks for the same, another for something else")
  func seeded() {
    #expect(searches(seed: 1) == searches(seed: 1))
    #expect(searches(seed: 1) != searches(seed: 2))
  }

  @Test("a search is of a month that ends in 180 days at the latest")  // S-2
  func months() {
    for search in searches(seed: 3) {
      #expect(search.untilMs - search.fromMs == 30 * Self.dayMs)
      #expect(search.fromMs >= 20_001 * Self.dayMs)
      #expect(search.untilMs <= 20_181 * Self.dayMs)
    }
  }

  @Test("of a mixed load some 5 % are bookings and 5 % searches across therapists")
  func shares() {
    var generator = generator(.mixed)
    var counts: [CallKind: Int] = [:]
    for number in 0..<10_000 {
      // Starts are offered faster than they are booked, two hours apart.
      generator.offered(slot(therapist: number % 50, hour: Int64(number) * 2))
      let wish = generator.next()
      counts[wish.kind, default: 0] += 1
      if case .book(let slot, let client) = wish {
        generator.bookingRefused(slot, client: client)
      }
    }
    #expect(abs((counts[.book] ?? 0) - 500) < 100)
    #expect(abs((counts[.searchMany] ?? 0) - 500) < 100)
    #expect(counts[.cancel] == nil)
  }

  @Test("only what was offered is booked, and a load of bookings without offers searches")
  func booksOffers() throws {
    var generator = generator(.book)
    #expect(generator.next().kind == .search)
    #expect(generator.offersWanted > 0)
    let offered = slot(therapist: 7, hour: 3)
    generator.offered(offered)
    let wish = try #require(booked(generator.next()))
    #expect(wish.slot == offered)
    #expect(generator.next().kind == .search)
  }

  @Test("nothing is asked for that would overlap what this run asked for or holds")  // S-10
  func avoidsItself() throws {
    var generator = generator(.book, clients: 1)
    generator.offered(slot(therapist: 7, hour: 3))
    let first = try #require(booked(generator.next()))
    generator.offered(slot(therapist: 7, hour: 3))
    #expect(generator.next().kind == .search, "the therapist is taken")
    generator.offered(slot(therapist: 8, hour: 3))
    #expect(generator.next().kind == .search, "the only client is taken")
    generator.bookingRefused(first.slot, client: first.client)
    generator.offered(slot(therapist: 7, hour: 3))
    #expect(booked(generator.next()) != nil, "the refusal took nothing")
  }

  @Test("above what it may hold the oldest booking is cancelled, and its slot booked again")
  func cancelsOldest() throws {
    var limits = Generator.Limits()
    limits.heldMax = 2
    var generator = generator(.book, limits: limits)
    var made: [Booking] = []
    for number in 0..<3 {
      generator.offered(slot(therapist: number, hour: Int64(number)))
      let wish = try #require(booked(generator.next()))
      made.append(
        Booking(appointmentID: "apt_\(number)", slot: wish.slot, client: wish.client, clientID: ""))
      generator.booked(made[number])
    }
    guard case .cancel(let oldest) = generator.next() else {
      Issue.record("three are held, two allowed")
      return
    }
    #expect(oldest == made[0])
    #expect(generator.next().kind == .search, "one cancellation is enough")
    generator.cancelled(oldest)
    #expect(booked(generator.next())?.slot == made[0].slot)
  }

  @Test("bookings are cancelled in the order in which they were made, however many")
  func cancelsInOrder() {
    var limits = Generator.Limits()
    limits.heldMax = 0
    var generator = generator(.book, limits: limits)
    let made = (0..<100).map { number in
      Booking(
        appointmentID: "apt_\(number)", slot: slot(therapist: 0, hour: Int64(number)), client: 0,
        clientID: "")
    }
    for booking in made { generator.booked(booking) }
    let cancelled = made.indices.compactMap { _ in
      if case .cancel(let booking) = generator.next() { booking.appointmentID } else { nil }
    }
    #expect(cancelled == made.map(\.appointmentID))
  }

  @Test(
    "candidates are different therapists, as many as asked for or as there are",
    arguments: [1, 50, 500])
  func candidates(therapists: Int) {
    let sets = Generator(
      seed: 1, mix: .searchMany, therapists: therapists, clients: 0, nowMs: Self.nowMs
    ).candidateSets
    #expect(sets.count == 64)
    for set in sets {
      #expect(Set(set).count == min(200, therapists))
      #expect(set.count == min(200, therapists))
      #expect(set.allSatisfy { (0..<therapists).contains($0) })
    }
  }

  private struct Search: Equatable {
    let therapist: Int
    let fromMs: Int64
    let untilMs: Int64
  }

  private func searches(seed: UInt64) -> [Search] {
    var generator = generator(.search, seed: seed)
    return (0..<500).compactMap { _ in
      guard case .search(let therapist, let fromMs, let untilMs) = generator.next() else {
        return nil
      }
      return Search(therapist: therapist, fromMs: fromMs, untilMs: untilMs)
    }
  }

  private func generator(
    _ mix: Mix, seed: UInt64 = 1, clients: Int = 20, limits: Generator.Limits = Generator.Limits()
  ) -> Generator {
    Generator(
      seed: seed, mix: mix, therapists: 50, clients: clients, nowMs: Self.nowMs, limits: limits)
  }

  private func booked(_ wish: Wish) -> (slot: Slot, client: Int)? {
    if case .book(let slot, let client) = wish { (slot, client) } else { nil }
  }

  private func slot(therapist: Int, hour: Int64) -> Slot {
    Slot(
      therapist: therapist, therapistID: "thr_\(therapist)", serviceID: "svc", locationID: "loc",
      startMs: hour * 3_600_000, endMs: (hour + 1) * 3_600_000)
  }
}
