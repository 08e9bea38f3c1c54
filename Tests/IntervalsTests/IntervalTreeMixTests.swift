internal import Intervals
internal import Testing

/// Long runs of insertions, removals and questions, from a seed.
struct IntervalTreeMixTests {
  /// How a run draws its spans.
  struct Mix: CustomTestStringConvertible, Sendable {
    let seed: UInt64
    let steps: Int
    /// Starts are drawn from so many minutes.
    let minutes: Int32
    let lengthMinutesMax: Int32
    let keys: UInt64
    /// Of a hundred changes, how many insert while the tree grows; as many remove while it shrinks.
    let bias: Int

    var testDescription: String { "seed \(seed), \(steps) steps in \(minutes) minutes" }

    func drawEntry(using generator: inout SplitMix64) -> IntervalTree.Entry {
      let start = Int32.random(in: 0..<minutes, using: &generator)
      // Mostly short, now and then one that reaches across many blocks.
      let longest = Int.random(in: 0..<50, using: &generator) == 0 ? minutes : lengthMinutesMax
      let length = Int32.random(in: 1...longest, using: &generator)
      let key = UInt128(UInt64.random(in: 0..<keys, using: &generator)) << 60
      return entry(start, start + length, key: key)
    }
  }

  @Test(
    "a long mix of insertions, removals and questions agrees with a scan",
    arguments: [
      Mix(seed: 1, steps: 20_000, minutes: 40, lengthMinutesMax: 5, keys: 2, bias: 60),
      Mix(seed: 2, steps: 20_000, minutes: 400, lengthMinutesMax: 50, keys: 3, bias: 70),
      Mix(seed: 3, steps: 12_000, minutes: 20_000, lengthMinutesMax: 60, keys: 1, bias: 80),
      Mix(seed: 4, steps: 12_000, minutes: 5_000, lengthMinutesMax: 5_000, keys: 9, bias: 90),
      Mix(seed: 5, steps: 12_000, minutes: 3, lengthMinutesMax: 2, keys: 4_000, bias: 75),
    ])
  func mix(_ mix: Mix) {
    var generator = SplitMix64(seed: mix.seed)
    var tree = IntervalTree()
    var scan = LinearScan()
    for step in 0..<mix.steps {
      let grows = step / (mix.steps / 4) % 2 == 0
      let inserts = Int.random(in: 0..<100, using: &generator) < (grows ? mix.bias : 100 - mix.bias)
      if inserts {
        let entry = mix.drawEntry(using: &generator)
        #expect(tree.insert(entry) == scan.insert(entry))
      } else {
        let present = scan.entries.randomElement(using: &generator)
        let entry = present ?? mix.drawEntry(using: &generator)
        #expect(tree.remove(entry) == scan.remove(entry))
      }
      if step % 10 == 0 {
        expectSameOverlaps(tree, scan, with: mix.drawEntry(using: &generator).span)
      }
      if step % 500 == 0 {
        expectSame(tree, scan, asked: [])
      }
    }
    expectSame(tree, scan, asked: (0..<200).map { _ in mix.drawEntry(using: &generator).span })
  }

  @Test("a tree of four levels splits and joins, and stays sound and in order")
  func manyEntries() {
    var generator = SplitMix64(seed: 11)
    var starts = Array(Int32(0)..<120_000)
    starts.shuffle(using: &generator)
    var tree = IntervalTree(starts[..<60_000].map { entry($0 * 3, $0 * 3 + 2) })
    for start in starts[60_000...] {
      #expect(tree.insert(entry(start * 3, start * 3 + 2)) == true)
    }
    #expect(tree.violations().isEmpty)
    #expect(tree.count == 120_000)
    #expect(tree.overlaps(span(0, 360_000)) == tree.entries)

    for start in starts[..<118_000] {
      #expect(tree.remove(entry(start * 3, start * 3 + 2)) == true)
      #expect(!tree.overlapsAny(span(start * 3, start * 3 + 3)))
    }
    #expect(tree.violations().isEmpty)
    #expect(tree.entries == starts[118_000...].sorted().map { entry($0 * 3, $0 * 3 + 2) })

    for start in starts[..<118_000] {
      #expect(tree.insert(entry(start * 3, start * 3 + 2)) == true)
    }
    #expect(tree.violations().isEmpty)
    #expect(tree.count == 120_000)
  }

  @Test("gaps agree with a search minute by minute")
  func gaps() {
    var generator = SplitMix64(seed: 21)
    for _ in 0..<20 {
      let entries = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in
        let start = Int32.random(in: 0..<1_500, using: &generator)
        return entry(start, start + Int32.random(in: 1...8, using: &generator))
      }
      let tree = IntervalTree(entries)
      let scan = LinearScan(entries)
      for _ in 0..<10 {
        let from = minute(Int32.random(in: -5..<1_500, using: &generator))
        let until = from.advanced(byMinutes: Int32.random(in: 0...300, using: &generator))
        let length = Int32.random(in: 1...12, using: &generator)
        let found = tree.nextGap(lastingMinutes: length, from: from, until: until)
        #expect(found == scan.nextGap(lastingMinutes: length, from: from, until: until))
      }
    }
  }
}
