/// Words of 64 bits, read as one long row of bits from the lowest of the first word on.
///
/// All ranges are of bits, and have been cut to the row before.
enum BitRun {
  /// The first bit that is set in a range.
  @inline(__always)
  static func firstSet(_ range: Range<Int>, in words: UnsafePointer<UInt64>) -> Int? {
    guard !range.isEmpty else { return nil }
    var index = range.lowerBound >> 6
    let last = (range.upperBound - 1) >> 6
    var word = words[index] & (~0 << UInt64(range.lowerBound & 63))
    while word == 0 {
      guard index < last else { return nil }
      index += 1
      word = words[index]
    }
    let bit = index << 6 + word.trailingZeroBitCount
    return bit < range.upperBound ? bit : nil
  }

  /// Calls `body` with each word that has a bit set in a range, other bits cleared.
  @inline(__always)
  static func forEachWord(
    of range: Range<Int>, in words: UnsafePointer<UInt64>, _ body: (_ index: Int, UInt64) -> Void
  ) {
    guard !range.isEmpty else { return }
    let first = range.lowerBound >> 6
    let last = (range.upperBound - 1) >> 6
    var word = words[first] & (~0 << UInt64(range.lowerBound & 63))
    for index in first..<last {
      if word != 0 { body(index, word) }
      word = words[index + 1]
    }
    word &= ~0 >> UInt64(63 - (range.upperBound - 1) & 63)
    if word != 0 { body(last, word) }
  }

  @inline(__always)
  static func clear(_ range: Range<Int>, in words: UnsafeMutablePointer<UInt64>) {
    guard !range.isEmpty else { return }
    let first = range.lowerBound >> 6
    let last = (range.upperBound - 1) >> 6
    let head: UInt64 = ~0 << UInt64(range.lowerBound & 63)
    let tail: UInt64 = ~0 >> UInt64(63 - (range.upperBound - 1) & 63)
    if first == last {
      words[first] &= ~(head & tail)
      return
    }
    words[first] &= ~head
    for index in first + 1..<last { words[index] = 0 }
    words[last] &= ~tail
  }
}
