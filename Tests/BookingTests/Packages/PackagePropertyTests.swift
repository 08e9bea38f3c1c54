internal import Testing

struct PackagePropertyTests {
  private static let steps = 400

  @Test(
    "whatever is done, sessions are conserved, the benefit has what is left, and none is booked beyond it",
    arguments: 1...8 as ClosedRange<UInt64>)  // K-6 K-7 K-4
  func conserved(_ seed: UInt64) {
    var world = PackageWorld(seed: seed)
    for _ in 0..<PackagePropertyTests.steps where world.violations.isEmpty { world.step() }
    #expect(world.violations == [])
    for deed in [
      "link", "book", "schedule", "attend", "cancel", "move", "edit", "renew", "delete", "expire",
    ] {
      #expect(world.deeds[deed, default: 0] > 0, "\(deed) is never done")
    }
  }

  @Test(
    "a balance that is lost, a benefit that is, or a session counted twice is found",
    arguments: [PackageWorld.Fault.balanceLost, .benefitLost, .bookedTwice])  // K-6
  func found(_ fault: PackageWorld.Fault) {
    var world = PackageWorld(seed: 1, fault: fault)
    for _ in 0..<PackagePropertyTests.steps where world.violations.isEmpty { world.step() }
    #expect(world.violations != [])
  }
}
