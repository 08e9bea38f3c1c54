internal import Intervals

/// Which starts of each of a therapist's streams are free, kept as bitmaps, so that a search reads
/// bits instead of walking through hours and bookings.
///
/// A bit is set where `Evaluator.standingWalk` gives a start: hours, grid, bookings, rooms and caps
/// are in it. What changes by itself is not, and is reckoned in by who asks: the past, the notice,
/// the horizon, and holds. The interval trees and the evaluator stay the truth: the bits are made
/// from them, and a test holds them against each other.
struct StartTable: Hashable, Sendable {
  /// Where the bits of a stream are.
  private struct Section {
    let ruler: StartRuler
    /// Index of the first word of the starts that are free. Those that hours and grid allow follow.
    let firstWord: Int32
  }

  /// Nil keeps nothing.
  let coverage: Span?
  /// A section for each stream, two words each; then their bits. One array, because each further
  /// one would cost a search another miss of the cache.
  private var words: ContiguousArray<UInt64>

  /// Keeps nothing.
  init() {
    coverage = nil
    words = []
  }

  /// A table with no start in it.
  init(_ rulers: some Collection<StartRuler>, over coverage: Span) {
    self.coverage = coverage
    var sections: [Section] = []
    var end = rulers.count * StartTable.wordsPerSection
    for ruler in rulers {
      sections.append(Section(ruler: ruler, firstWord: Int32(end)))
      end += 2 * ruler.wordCount
    }
    words = ContiguousArray(repeating: 0, count: end)
    words.withUnsafeMutableBytes { bytes in
      for (index, section) in sections.enumerated() {
        bytes.storeBytes(
          of: section, toByteOffset: index * MemoryLayout<Section>.stride, as: Section.self)
      }
    }
  }

  private static var wordsPerSection: Int { MemoryLayout<Section>.stride / 8 }

  @inline(__always)
  private func withFree<Result>(
    _ stream: Int, _ body: (StartRuler, UnsafePointer<UInt64>) -> Result
  ) -> Result {
    words.withUnsafeBufferPointer { words in
      precondition((stream + 1) * StartTable.wordsPerSection <= words.count, "no such stream")
      let base = words.baseAddress!
      let section = UnsafeRawPointer(base).load(
        fromByteOffset: stream * MemoryLayout<Section>.stride, as: Section.self)
      return body(section.ruler, base + Int(section.firstWord))
    }
  }

  @inline(__always)
  private mutating func withFreeAndOpen<Result>(
    _ stream: Int,
    _ body: (
      StartRuler, _ free: UnsafeMutablePointer<UInt64>, _ open: UnsafeMutablePointer<UInt64>
    ) -> Result
  ) -> Result {
    words.withUnsafeMutableBufferPointer { words in
      precondition((stream + 1) * StartTable.wordsPerSection <= words.count, "no such stream")
      let base = words.baseAddress!
      let section = UnsafeRawPointer(base).load(
        fromByteOffset: stream * MemoryLayout<Section>.stride, as: Section.self)
      let free = base + Int(section.firstWord)
      return body(section.ruler, free, free + section.ruler.wordCount)
    }
  }
}

// MARK: Asking

extension StartTable {
  /// The first free start in a range that is covered.
  @inline(__always)
  func first(of stream: Int, in range: Span) -> Minute? {
    withFree(stream) { ruler, free in
      let bits = ruler.bits(in: range)
      return BitRun.firstSet(bits, in: free).map { Minute(sinceEpoch: ruler.minute(ofBit: $0)) }
    }
  }

  /// Appends the free starts in a range that is covered, ascending.
  @inline(__always)
  func append(_ stream: Int, in range: Span, to starts: inout StartList) {
    withFree(stream) { ruler, free in
      let bits = ruler.bits(in: range)
      starts.append(countMax: bits.count) { out in
        var next = out
        BitRun.forEachWord(of: bits, in: free) { index, word in
          let origin = ruler.minute(ofBit: index << 6)
          var word = word
          while word != 0 {
            let bit = Int32(truncatingIfNeeded: word.trailingZeroBitCount)
            next.pointee = Minute(sinceEpoch: origin &+ bit &* ruler.stepMinutes)
            next += 1
            word &= word &- 1
          }
        }
        return next - out
      }
    }
  }

  /// Calls `body` with the free starts in a range that is covered, ascending, until it says false.
  @inline(__always)
  func forEach(_ stream: Int, in range: Span, _ body: (Minute) -> Bool) {
    withFree(stream) { ruler, free in
      let bits = ruler.bits(in: range)
      var bit = bits.lowerBound
      while let found = BitRun.firstSet(bit..<bits.upperBound, in: free) {
        guard body(Minute(sinceEpoch: ruler.minute(ofBit: found))) else { return }
        bit = found + 1
        if bit >= bits.upperBound { return }
      }
    }
  }

  /// Whether any start in a range is free.
  func hasAny(of stream: Int, in range: Span) -> Bool {
    withFree(stream) { ruler, free in BitRun.firstSet(ruler.bits(in: range), in: free) != nil }
  }
}

// MARK: Changing

extension StartTable {
  /// Says that hours and grid allow a start, and whether it is free. Others of the grid stay.
  mutating func open(_ start: Minute, of stream: Int, isFree: Bool) {
    withFreeAndOpen(stream) { ruler, free, open in
      guard let bit = ruler.bit(at: start.sinceEpoch) else { return }
      let mask: UInt64 = 1 << UInt64(bit & 63)
      open[bit >> 6] |= mask
      if isFree { free[bit >> 6] |= mask }
    }
  }

  /// Takes all starts of a range.
  @inline(__always)
  mutating func take(_ range: Span, of stream: Int) {
    withFreeAndOpen(stream) { ruler, free, _ in
      BitRun.clear(ruler.bits(in: range), in: free)
    }
  }

  /// Asks anew of each start in a range that hours and grid allow whether it is free.
  @inline(__always)
  mutating func refresh(_ range: Span, of stream: Int, isFree: (Minute) -> Bool) {
    withFreeAndOpen(stream) { ruler, free, open in
      BitRun.forEachWord(of: ruler.bits(in: range), in: open) { index, word in
        var rest = word
        var nowFree: UInt64 = 0
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          if isFree(Minute(sinceEpoch: ruler.minute(ofBit: index << 6 + bit))) {
            nowFree |= 1 << UInt64(bit)
          }
          rest &= rest &- 1
        }
        free[index] = free[index] & ~word | nowFree
      }
    }
  }
}

extension StartRuler {
  /// The bits of the minutes in a range.
  @inline(__always)
  func bits(in range: Span) -> Range<Int> {
    let first = firstBit(atOrAfter: range.start.sinceEpoch)
    return first..<max(first, firstBit(atOrAfter: range.end.sinceEpoch))
  }
}
