/// Steele, Lea and Flood's generator: one word of state, and the same numbers everywhere for a seed.
/// A run can be repeated only because every choice in it is drawn from one of these.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number from 0 up to, but not including, `bound`, which is above 0.
  ///
  /// Not `Int.random(in:using:)`: the standard library may change how it maps words to ranges, and
  /// a seed would then mean another run. The high half of the product favours no number by more
  /// than `bound` / 2^64.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "there is no number below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
