/// A set of small numbers, as bits.
struct RowSet: Sendable {
  private(set) var words: ContiguousArray<UInt64> = []

  mutating func set(_ member: Int, to isMember: Bool) {
    let index = member >> 6
    if index >= words.count {
      guard isMember else { return }
      words.append(contentsOf: repeatElement(0, count: index + 1 - words.count))
    }
    let bit: UInt64 = 1 << UInt64(member & 63)
    if isMember { words[index] |= bit } else { words[index] &= ~bit }
  }

  /// Makes room for a new member number: those from it on become one higher.
  mutating func openGap(at member: Int) {
    guard member >> 6 < words.count else { return }
    if words[words.count - 1] >> 63 == 1 { words.append(0) }
    words.withUnsafeMutableBufferPointer { words in
      RowSet.openGap(at: member, in: words)
    }
  }

  /// The top bit of the last word must be clear.
  static func openGap(at member: Int, in words: UnsafeMutableBufferPointer<UInt64>) {
    let first = member >> 6
    guard first < words.count else { return }
    for index in stride(from: words.count - 1, to: first, by: -1) {
      words[index] = words[index] << 1 | words[index - 1] >> 63
    }
    let below: UInt64 = 1 << UInt64(member & 63) - 1
    words[first] = words[first] & below | (words[first] & ~below) << 1
  }
}
