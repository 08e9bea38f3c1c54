public import Availability
public import Intervals

/// The time and the randomness that a decision may use: given to it, so that it stays a function.
public struct Stamp: Hashable, Sendable {
  /// When the command took its turn.
  public let at: Instant
  /// Random; all ids that the decision makes come from it.
  public let seed: UInt64
  /// Which of its millisecond's commands it is: ids sort in the order of the turns.
  public let turn: UInt16

  public init(at: Instant, seed: UInt64, turn: UInt16 = 0) {
    self.at = at
    self.seed = seed
    self.turn = turn
  }

  /// The id for the `ordinal`-th thing that a decision makes.
  public func id<Kind>(_ ordinal: Int) -> ID<Kind> {
    let entropy =
      UInt128(turn) << 64 | UInt128(Stamp.mixed(seed &+ UInt64(truncatingIfNeeded: ordinal)))
    return ID(at: at.msSinceEpoch, entropy: entropy)
  }

  // SplitMix64's output function: neighbouring seeds give unrelated ids.
  private static func mixed(_ seed: UInt64) -> UInt64 {
    var bits = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
