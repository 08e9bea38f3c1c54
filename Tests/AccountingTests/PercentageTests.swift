internal import Accounting
internal import Testing

@Suite struct PercentageTests {
  @Test("a half goes up, away from zero on both sides")  // A-6 P-10
  func halves() {
    #expect(Percentage.of(1, basisPoints: 5_000) == 1)
    #expect(Percentage.of(-1, basisPoints: 5_000) == -1)
    #expect(Percentage.of(1, basisPoints: 4_999) == 0)
    #expect(Percentage.of(-1, basisPoints: 4_999) == 0)
    #expect(Percentage.of(7_001, basisPoints: 5_000) == 3_501)
    #expect(Percentage.of(-7_001, basisPoints: 5_000) == -3_501)
    #expect(Percentage.of(7_000, basisPoints: 250) == 175)
    #expect(Percentage.of(333, basisPoints: 3_333) == 111)
  }

  @Test("nothing, all of it and the largest amounts are exact")  // P-10
  func ends() {
    for amount in [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max] {
      #expect(Percentage.of(amount, basisPoints: 0) == 0)
      #expect(Percentage.of(amount, basisPoints: 10_000) == amount)
    }
    #expect(Percentage.of(.max, basisPoints: 5_000) == 4_611_686_018_427_387_904)
    #expect(Percentage.of(.min, basisPoints: 5_000) == -4_611_686_018_427_387_904)
    #expect(Percentage.of(10, basisPoints: 15_000) == 15)
    #expect(Percentage.of(10, basisPoints: -2_500) == -3)
  }

  /// Whether no other whole number is nearer to the fraction, nor as near and further from zero.
  private func isRounded(_ result: Int64, _ amount: Int64, _ basisPoints: Int32) -> Bool {
    let exact = Int128(amount) * Int128(basisPoints)
    let off = (Int128(result) * 10_000 - exact) * 2
    if off.magnitude == 10_000 { return (Int128(result) * 10_000).magnitude > exact.magnitude }
    return off.magnitude < 10_000
  }

  @Test("every percentage of every small amount is the nearest whole one")  // A-6 P-10
  func small() {
    for amount in Int64(-21)...21 {
      for basisPoints in Int32(0)...10_000
      where !isRounded(
        Percentage.of(amount, basisPoints: basisPoints), amount, basisPoints)
      {
        Issue.record("\(basisPoints) basis points of \(amount)")
      }
    }
  }

  @Test("an amount of any size is rounded right, and the same on both sides", arguments: 1...8)
  func anySize(seed: UInt64) {  // A-6 P-10
    var dice = Dice(seed: seed)
    for _ in 0..<10_000 {
      let amount = dice.amount()
      // Chance alone would hardly ever come to a half.
      let basisPoints = Int32(dice.one(of: [dice.below(10_001), 5_000, 2_500, 1_250, 1]))
      let result = Percentage.of(amount, basisPoints: basisPoints)
      let isSymmetric =
        amount == .min || Percentage.of(-amount, basisPoints: basisPoints) == -result
      if !isRounded(result, amount, basisPoints) || !isSymmetric
        || result.magnitude > amount.magnitude
      {
        Issue.record("\(basisPoints) basis points of \(amount): \(result), seed \(seed)")
      }
    }
  }
}
