import Availability
import Intervals
import Testing

@Suite struct ListEqualsCheckTests {
  @Test("what is listed can be booked, and what can be booked is listed, as a model finds too")
  func listEqualsCheckEqualsModel() {  // S-1, S-5, S-7, S-8, S-9, S-12
    var random = SplitMix64(seed: 5)
    var listedInAll = 0
    for _ in 0..<3_000 {
      let practice = RandomPractice(&random)
      let model = MinuteModel(practice)
      let evaluator = practice.evaluator
      let listed = evaluator.starts(of: practice.offer, at: practice.place, in: practice.range)
      listedInAll += listed.count
      let wishes = practice.minutes.filter(practice.mightStart).map { practice.wish(start: $0) }
      #expect(listed == wishes.filter { evaluator.assess($0).isBookable }.map(\.start))
      #expect(listed == wishes.filter { model.obstacles(to: $0).isEmpty }.map(\.start))
    }
    #expect(listedInAll > 10_000, "the cases are not all empty")
  }

  @Test("the same holds for every minute, on the grid or not")  // S-5
  func everyMinute() {
    var random = SplitMix64(seed: 55)
    for _ in 0..<100 {
      let practice = RandomPractice(&random)
      let evaluator = practice.evaluator
      let listed = evaluator.starts(of: practice.offer, at: practice.place, in: practice.range)
      let bookable = practice.minutes.filter {
        evaluator.assess(practice.wish(start: $0)).isBookable
      }
      #expect(listed == bookable)
    }
  }

  @Test("every discrepancy is what a model that looks at each minute finds, with who is in the way")
  func againstModel() {  // S-4, S-5, S-6, S-7, S-8, S-9, S-12
    var random = SplitMix64(seed: 50)
    var seen: [Int: Int] = [:]
    for _ in 0..<1_000 {
      let practice = RandomPractice(&random)
      let model = MinuteModel(practice)
      let evaluator = practice.evaluator
      for _ in 0..<20 {
        let wish = practice.randomWish(&random)
        let assessment = evaluator.assess(wish)
        let obstacles = model.obstacles(to: wish)
        let mayOverride = practice.moment.role != .client
        let isOverridden = { mayOverride && wish.overrides.names($0) }
        #expect(
          assessment.discrepancies.map(Obstacle.init)
            == obstacles.filter { !isOverridden($0.kind) })
        #expect(
          assessment.overridden.map(Obstacle.init) == obstacles.filter { isOverridden($0.kind) })
        #expect(assessment.room == model.room(of: wish))
        for kind in obstacles.map(\.kind) { seen[kind, default: 0] += 1 }
      }
    }
    #expect(Set(seen.keys) == Set(1...10))
    #expect(seen.values.allSatisfy { $0 > 100 })
  }

  @Test("what stands is what anyone could book once holds, past, notice and horizon are no more")
  func standingWalk() {  // S-1, S-12
    var random = SplitMix64(seed: 56)
    for _ in 0..<1_000 {
      let practice = RandomPractice(&random)
      let model = MinuteModel(practice, holds: [])
      let standing = StandingRules(therapist: practice.entry, occupancy: practice.booked)
        .starts(of: practice.offer, at: practice.place, in: practice.range)
      let passing: Set = [3, 7, 8]
      let expected = practice.minutes.filter(practice.mightStart).filter {
        passing.isSuperset(of: model.obstacles(to: practice.wish(start: $0)).map(\.kind))
      }
      #expect(standing == expected)
    }
  }
}

extension Overrides {
  fileprivate func names(_ kind: Int) -> Bool { rawValue >> UInt16(kind) & 1 == 1 }
}

extension RandomPractice {
  /// Of a minute of the range, with some of all that can be wished.
  fileprivate func randomWish(_ random: inout SplitMix64) -> Wish {
    var overrides: Overrides = []
    for kind in [1, 2, 3, 8, 9, 10] where random.chance(oneIn: 4) {
      overrides.formUnion(Overrides(kind: kind)!)
    }
    return wish(
      start: random.pick(minutes), room: random.pick(place.rooms.map(Optional.some) + [nil]),
      client: random.pick([carlo, nil]), overrides: overrides,
      hold: random.pick([nil] + (100...105).map { HoldID(rawValue: $0) }))
  }
}
