internal import Accounting
internal import Testing

@Suite struct SharesTests {
  @Test("what does not divide goes to who lost most, and among equals to the first")  // P-9
  func remainders() {
    #expect(Shares.split(100, by: [1, 1, 1]) == [34, 33, 33])
    #expect(Shares.split(-100, by: [1, 1, 1]) == [-34, -33, -33])
    #expect(Shares.split(101, by: [1, 1, 1]) == [34, 34, 33])
    // Exactly 1.4, 1.6 and 7.0.
    #expect(Shares.split(10, by: [14, 16, 70]) == [1, 2, 7])
    #expect(Shares.split(10, by: [0, 5, 0]) == [0, 10, 0])
    #expect(Shares.split(0, by: [3, 4]) == [0, 0])
  }

  @Test("there is no split without weights, by none above 0, or by one below 0")  // P-9
  func noWeights() {
    #expect(Shares.split(5, by: []) == nil)
    #expect(Shares.split(5, by: [0, 0]) == nil)
    #expect(Shares.split(5, by: [3, -1]) == nil)
    #expect(Shares.split(5, by: [.min]) == nil)
  }

  @Test("the largest amounts and weights are split without overflow")  // P-9
  func extremes() {
    #expect(Shares.split(.max, by: [.max]) == [.max])
    #expect(Shares.split(.min, by: [.max]) == [.min])
    #expect(Shares.split(.min, by: [0, 1]) == [0, .min])
    let half: Int64 = 4_611_686_018_427_387_904
    #expect(Shares.split(.max, by: [.max, .max]) == [half, half - 1])
    #expect(Shares.split(.min, by: [.max, .max]) == [-half, -half])
    #expect(
      Shares.split(.max, by: [.max, .max, .max])
        == [3_074_457_345_618_258_603, 3_074_457_345_618_258_602, 3_074_457_345_618_258_602])
  }

  @Test("every small amount by every small set of weights keeps the laws of a split")  // P-9
  func small() {
    for count in 1...4 {
      let shapes = (0..<count).reduce([[Int64]]([[]])) { shapes, _ in
        shapes.flatMap { shape in (Int64(0)...4).map { shape + [$0] } }
      }
      for weights in shapes where weights.contains(where: { $0 > 0 }) {
        for amount in Int64(-13)...13 {
          if let broken = SplitLaws.broken(amount, weights) {
            Issue.record("\(amount) by \(weights): \(broken)")
          }
        }
      }
    }
  }

  @Test("a split of any size keeps the laws of a split", arguments: 1...8)
  func anySize(seed: UInt64) {  // P-9
    var dice = Dice(seed: seed)
    for _ in 0..<3_000 {
      let amount = dice.amount()
      let sizes = dice.one(of: [0, 56])
      let weights = (0...dice.below(9)).map { _ in
        Int64(clamping: dice.amount().magnitude) >> Int64(sizes)
      }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      if let broken = SplitLaws.broken(amount, weights) {
        Issue.record("\(amount) by \(weights), seed \(seed): \(broken)")
      }
    }
  }
}

/// What holds for each split by largest remainder, and for no other split.
private enum SplitLaws {
  /// The law that the split breaks, or nil.
  static func broken(_ amount: Int64, _ weights: [Int64]) -> String? {
    guard let parts = Shares.split(amount, by: weights), parts.count == weights.count else {
      return "no split"
    }
    guard parts.reduce(Int128(0), { $0 + Int128($1) }) == Int128(amount) else { return "the sum" }
    guard parts.allSatisfy({ $0 == 0 || ($0 < 0) == (amount < 0) }) else { return "the sign" }
    if amount != .min, Shares.split(-amount, by: weights) != parts.map({ -$0 }) {
      return "the symmetry"
    }
    let whole = weights.reduce(Int128(0)) { $0 + Int128($1) }
    // How much, in fractions of the whole, each is above its exact share.
    let above = zip(parts, weights).map { part, weight in
      Int128(part.magnitude) * whole - Int128(amount.magnitude) * Int128(weight)
    }
    guard above.allSatisfy({ $0.magnitude < whole.magnitude }) else { return "within one unit" }
    for one in parts.indices {
      for other in parts.indices {
        if weights[one] > weights[other], parts[one].magnitude < parts[other].magnitude {
          return "the heavier gets no less"
        }
        // One was rounded down, the other up.
        guard above[one] < 0, above[other] > 0 else { continue }
        let (lost, otherLost) = (-above[one], whole - above[other])
        if lost > otherLost || (lost == otherLost && one < other) { return "the largest remainder" }
      }
    }
    return nil
  }
}
