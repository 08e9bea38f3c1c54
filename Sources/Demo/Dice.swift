internal import Availability
internal import Intervals

/// Numbers that look random and follow from a seed alone (SplitMix64).
///
/// The standard library's generators would do, but how it draws from them may change with its
/// version, and with that every demo.
struct Dice {
  private var state: UInt64

  /// - Parameter stream: different streams of one seed have nothing to do with each other.
  init(seed: UInt64, stream: Int) {
    state = seed
    state = next() ^ UInt64(truncatingIfNeeded: stream)
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// 0 up to, not including, a bound that is at least 1.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  mutating func happens(percent: Int) -> Bool {
    below(100) < percent
  }

  /// - Parameter choices: at least one.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[below(choices.count)]
  }

  /// So many different ones, in their order in `choices`; all of them when there are fewer.
  mutating func pick<Choice>(_ count: Int, of choices: [Choice]) -> [Choice] {
    var picked: [Choice] = []
    for (index, choice) in choices.enumerated() {
      let remaining = choices.count - index
      if below(remaining) < count - picked.count { picked.append(choice) }
    }
    return picked
  }

  mutating func shuffle<Card>(_ cards: inout [Card]) {
    for index in cards.indices.dropFirst().reversed() { cards.swapAt(index, below(index + 1)) }
  }

  /// An id as the server would make one at that time.
  mutating func id<Kind>(at time: Instant) -> ID<Kind> {
    ID(at: time.msSinceEpoch, entropy: UInt128(next()) << 64 | UInt128(next()))
  }
}
