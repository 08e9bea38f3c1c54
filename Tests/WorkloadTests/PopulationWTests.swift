internal import Testing
internal import Workload

/// Tests of what the performance goals call population W.
struct PopulationWTests {
  /// 2026-11-25, a Wednesday.
  static let firstDay: Int32 = 20_782
  private let population = PopulationW(therapistCount: 100, seed: 7, firstDay: firstDay)
  private let noOffset: WallClock = { local, _ in local }

  @Test("60 % of 910 hours are booked: some 546 sessions of 50 minutes a therapist")
  func bookedShare() {
    let counts = (0..<100).map { population.bookings(of: $0, inUTC: noOffset).count }
    #expect(counts.allSatisfy { (460...630).contains($0) })
    #expect((54_000...55_200).contains(counts.reduce(0, +)))
  }

  @Test(
    "sessions lie within Monday to Friday, 9 to 12 and 13 to 17, for 26 weeks, and never overlap")
  func hours() {
    for therapist in 0..<100 {
      let bookings = population.bookings(of: therapist, inUTC: noOffset)
      for booking in bookings {
        let (day, minute) = booking.start.quotientAndRemainder(dividingBy: 1_440)
        #expect((Self.firstDay..<Self.firstDay + 182).contains(day))
        #expect((day + 3) % 7 < 5)
        #expect([540, 600, 660, 780, 840, 900, 960].contains(minute))
        #expect(booking.end - booking.start == 50)
      }
      #expect(zip(bookings, bookings.dropFirst()).allSatisfy { $0.end <= $1.start })
    }
  }

  @Test("a month has some 77 starts that are free on the grid of 30 minutes")
  func freeStarts() {
    var free = 0
    for therapist in 0..<100 {
      let taken = Set(population.bookings(of: therapist, inUTC: noOffset).map(\.start))
      for day in Self.firstDay..<Self.firstDay + 30 where (day + 3) % 7 < 5 {
        for (opens, closes) in [(540, 720), (780, 1_020)] {
          for start in stride(from: opens, through: closes - 50, by: 30) {
            let at = day * 1_440 + Int32(start)
            if [at - 30, at, at + 30].allSatisfy({ !taken.contains($0) }) { free += 1 }
          }
        }
      }
    }
    #expect((7_200...8_200).contains(free))
  }

  @Test("wall clocks are read in the therapist's zone, of which there are five")
  func zones() {
    let offsets: [Int32] = [60, 120, 180, 240, -180]
    for therapist in 0..<10 {
      let local = population.bookings(of: therapist, inUTC: noOffset)
      let utc = population.bookings(of: therapist) { local, zone in local - offsets[zone] }
      #expect(zip(local, utc).allSatisfy { $0.start - $1.start == offsets[therapist % 5] })
      #expect(local.count == utc.count)
    }
  }

  @Test("a therapist's bookings depend on the seed and the therapist alone")
  func determinism() {
    let larger = PopulationW(therapistCount: 100_000, seed: 7, firstDay: Self.firstDay)
    let other = PopulationW(therapistCount: 100, seed: 8, firstDay: Self.firstDay)
    #expect(
      population.bookings(of: 42, inUTC: noOffset) == larger.bookings(of: 42, inUTC: noOffset))
    #expect(
      population.bookings(of: 42, inUTC: noOffset) != other.bookings(of: 42, inUTC: noOffset))
    #expect(
      population.bookings(of: 42, inUTC: noOffset).map(\.start)
        != population.bookings(of: 43, inUTC: noOffset).map(\.start))
  }

  @Test("a client has some 20 bookings, all with one therapist; numbers are unique and ascend")
  func clients() {
    var previous = -1
    for therapist in 0..<100 {
      var bookingsByClient: [Int: Int] = [:]
      for booking in population.bookings(of: therapist, inUTC: noOffset) {
        #expect(booking.number > previous)
        previous = booking.number
        bookingsByClient[booking.client, default: 0] += 1
      }
      #expect(bookingsByClient.count == 27)
      #expect(bookingsByClient.keys.allSatisfy { population.therapist(of: $0) == therapist })
      #expect(bookingsByClient.values.allSatisfy { (16...24).contains($0) })
    }
    #expect(population.clientCount == 2_700)
  }

  @Test("ids have Seduta's form, ascend with their numbers, and lead back to them")
  func ids() {
    #expect(PopulationW.id(.therapist, 0) == "thr_01kdvdna000000000000000000")
    #expect(PopulationW.id(.room, 33) == "room_01kdvdna000000000000000011")
    for kind in PopulationW.Kind.allCases {
      let ids = [0, 1, 31, 32, 54_600_000].map { PopulationW.id(kind, $0) }
      #expect(ids == ids.sorted())
      #expect(ids.map { PopulationW.number(of: $0, kind) } == [0, 1, 31, 32, 54_600_000])
    }
    #expect(PopulationW.number(of: "thr_01kdvdna000000000000000000", .client) == nil)
    #expect(PopulationW.number(of: "thr_11kdvdna000000000000000000", .therapist) == nil)
    #expect(PopulationW.number(of: "thr_01kdvdna00000000000000000u", .therapist) == nil)
    #expect(PopulationW.number(of: "", .therapist) == nil)
  }
}
