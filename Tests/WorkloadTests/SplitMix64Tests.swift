internal import Testing
internal import Workload

struct SplitMix64Tests {
  @Test("the numbers of seed 1234567 are those of the published generator")
  func publishedNumbers() {
    var random = SplitMix64(seed: 1_234_567)
    let drawn = (0..<5).map { _ in random.next() }
    #expect(
      drawn == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("numbers below a bound stay below it and reach every value")
  func below() {
    var random = SplitMix64(seed: 7)
    let drawn = (0..<1_000).map { _ in random.below(5) }
    #expect(Set(drawn) == [0, 1, 2, 3, 4])
    #expect((0..<10).allSatisfy { _ in random.below(1) == 0 })
  }
}
