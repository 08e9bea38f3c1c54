internal import Accounting

/// SplitMix64: the same numbers for the same seed, on every machine.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 0 up to, but not, the bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func one<Element>(of all: [Element]) -> Element { all[below(all.count)] }

  /// Of any size, each about as often; now and then an extreme, or what is beside it.
  mutating func amount() -> Int64 {
    if below(8) == 0 { return one(of: [0, 1, -1, .max, .max - 1, .min, .min + 1]) }
    return Int64(bitPattern: next()) >> Int64(below(64))
  }
}
