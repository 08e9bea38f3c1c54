internal import Accounting
internal import Testing

@Suite struct CommissionTests {
  @Test("a share is rounded half up, a fixed sum ends at the price")  // P-10
  func amounts() {
    #expect(Commission.none.of(price: 7_000) == 0)
    #expect(Commission.share(basisPoints: 1_500).of(price: 7_000) == 1_050)
    #expect(Commission.share(basisPoints: 1_250).of(price: 100) == 13)
    #expect(Commission.share(basisPoints: 10_000).of(price: .max) == .max)
    #expect(Commission.fixed(minorUnits: 500).of(price: 7_000) == 500)
    #expect(Commission.fixed(minorUnits: 500).of(price: 500) == 500)
    #expect(Commission.fixed(minorUnits: 500).of(price: 499) == 499)
    #expect(Commission.fixed(minorUnits: 500).of(price: 0) == 0)
  }

  @Test("the limits are 0 to 10 000 basis points, and no sum below 0")  // P-10
  func limits() {
    let within: [Commission] = [
      .none, .share(basisPoints: 0), .share(basisPoints: 10_000), .fixed(minorUnits: 0),
      .fixed(minorUnits: .max),
    ]
    let beyond: [Commission] = [
      .share(basisPoints: -1), .share(basisPoints: 10_001), .fixed(minorUnits: -1),
    ]
    for commission in within { #expect(commission.isWithinLimits, "\(commission)") }
    for commission in beyond { #expect(!commission.isWithinLimits, "\(commission)") }
  }

  @Test("a commission is never more than the price and never below 0", arguments: 1...4)
  func bounds(seed: UInt64) {  // P-10
    var dice = Dice(seed: seed)
    for _ in 0..<5_000 {
      let commission: Commission = dice.one(of: [
        .none, .share(basisPoints: Int32(truncatingIfNeeded: dice.next())),
        .share(basisPoints: Int32(dice.below(10_001))), .fixed(minorUnits: dice.amount()),
      ])
      let price = dice.amount()
      let kept = commission.of(price: price)
      if kept < 0 || kept > max(0, price) {
        Issue.record("\(commission) of \(price): \(kept), seed \(seed)")
      }
    }
  }
}
