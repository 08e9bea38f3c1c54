internal import Testing
internal import Workload

/// Tests of what the performance goals call Q1 to Q6.
struct QueriesWTests {
  private static let firstDay = PopulationWTests.firstDay
  private let population = PopulationW(therapistCount: 2_000, seed: 7, firstDay: firstDay)
  private let offset: WallClock = { local, zone in local - Int32(zone) * 60 }
  private var days: Range<Int32> { Self.firstDay * 1_440..<(Self.firstDay + 182) * 1_440 }

  @Test("Q1 asks for 30 days within the 26 weeks, and every first day is reached")
  func month() {
    var queries = QueriesW(of: population, seed: 1)
    let drawn = (0..<5_000).map { _ in queries.month() }
    #expect(drawn.allSatisfy { $0.range.count == 30 * 1_440 })
    #expect(drawn.allSatisfy { days.contains($0.range.lowerBound) })
    #expect(drawn.allSatisfy { $0.range.upperBound <= days.upperBound })
    #expect(Set(drawn.map(\.range.lowerBound)).count == 153)
    #expect(drawn.allSatisfy { (0..<2_000).contains($0.therapist) })
  }

  @Test("Q2 asks for 20 starts of 200 different therapists in the first 7 days")
  func firstStarts() {
    var queries = QueriesW(of: population, seed: 1)
    let query = queries.firstStarts()
    #expect(Set(query.candidates).count == 200)
    #expect(query.candidates == query.candidates.sorted())
    #expect(query.range == days.lowerBound..<days.lowerBound + 7 * 1_440)
    #expect(query.limit == 20)
    #expect(queries.firstStarts().candidates != query.candidates)
  }

  @Test("Q2+ lets pass everyone, or a fifth of all therapists")
  func filtered() {
    var queries = QueriesW(of: population, seed: 1)
    let (some, all) = (queries.filtered(), queries.unfiltered())
    #expect((0..<2_000).filter { some.passes($0, of: population) }.count == 400)
    #expect((0..<2_000).filter { all.passes($0, of: population) }.count == 2_000)
  }

  @Test("Q3 asks about sessions on the grid within the hours, some of which are free")
  func collision() {
    var queries = QueriesW(of: population, seed: 1)
    var colliding = 0
    for _ in 0..<1_000 {
      let query = queries.collision(inUTC: offset)
      #expect(query.session.count == 50)
      let local = query.session.lowerBound + Int32(query.therapist % 5) * 60
      #expect((540..<1_020).contains(local % 1_440) && !(720..<780).contains(local % 1_440))
      #expect((local / 1_440 + 3) % 7 < 5 && days.contains(local))
      let taken = population.bookings(of: query.therapist, inUTC: offset).contains {
        $0.start < query.session.upperBound && query.session.lowerBound < $0.end
      }
      colliding += taken ? 1 : 0
    }
    #expect((600...800).contains(colliding))
  }

  @Test("Q4 books what is free, under numbers that the population does not use")
  func booking() {
    var queries = QueriesW(of: population, seed: 1)
    var numbers: Set<Int> = []
    for _ in 0..<200 {
      let query = queries.booking(inUTC: offset)
      let bookings = population.bookings(of: query.therapist, inUTC: offset)
      #expect(!bookings.contains { $0.start == query.session.lowerBound })
      #expect(population.therapist(of: query.client) == query.therapist)
      #expect(query.session.count == 50)
      numbers.insert(query.number)
    }
    #expect(numbers.count == 200)
    #expect(numbers.min()! >= 2_000 * 910)
  }

  @Test("Q5 asks for a thousand different therapists, or all where there are fewer")
  func firstFree() {
    var queries = QueriesW(of: population, seed: 1)
    #expect(Set(queries.firstFree().therapists).count == 1_000)
    let few = PopulationW(therapistCount: 10, seed: 7, firstDay: Self.firstDay)
    var ofFew = QueriesW(of: few, seed: 1)
    #expect(ofFew.firstFree().therapists == Array(0..<10))
  }

  @Test("Q6 asks for 12 weeks from the first day")
  func weeklyTimes() {
    var queries = QueriesW(of: population, seed: 1)
    let query = queries.weeklyTimes()
    #expect(query.weeks == 12 && query.firstDay == Self.firstDay)
  }

  @Test("the same seed draws the same questions")
  func determinism() {
    var one = QueriesW(of: population, seed: 1)
    var same = QueriesW(of: population, seed: 1)
    #expect((0..<10).allSatisfy { _ in one.month() == same.month() })
    #expect(one.collision(inUTC: offset) == same.collision(inUTC: offset))
    #expect(one.booking(inUTC: offset) == same.booking(inUTC: offset))
    #expect(one.firstFree() == same.firstFree())
  }
}
