internal import Intervals
internal import Testing

/// Every small shape, and every place at which a block can split or be joined.
struct IntervalTreeShapeTests {
  @Test("every set of spans within four minutes answers every question as a scan does")
  func everySet() {
    let spans = allSpans(within: 4)
    let asked = allSpans(within: 6).map { span($0.start.sinceEpoch - 1, $0.end.sinceEpoch - 1) }
    for set in 0..<(1 << spans.count) {
      let chosen = spans.indices.filter { set >> $0 & 1 == 1 }
      let entries = chosen.map { IntervalTree.Entry(span: spans[$0], key: UInt128($0 % 3)) }
      expectSame(IntervalTree(entries), LinearScan(entries), asked: asked)
      expectSameGaps(IntervalTree(entries), LinearScan(entries), upTo: 6)
    }
  }

  @Test("the order of insertion makes no difference, nor does that of removal")
  func everyOrder() {
    let pool =
      allSpans(within: 3).map { IntervalTree.Entry(span: $0, key: 1) } + [
        entry(0, 2, key: 2), entry(1, 2, key: 0),
      ]
    for number in 0...4 {
      for chosen in choices(of: number, from: pool[...]) {
        for order in permutations(chosen) {
          var tree = IntervalTree()
          for entry in order {
            #expect(tree.insert(entry) == true)
            #expect(tree.insert(entry) == false)
          }
          #expect(tree.entries == chosen.sorted())
          for (removed, entry) in order.enumerated() {
            #expect(tree.remove(entry) == true)
            #expect(tree.remove(entry) == false)
            #expect(tree.entries == order[(removed + 1)...].sorted())
            #expect(tree.violations().isEmpty)
          }
        }
      }
    }
  }

  @Test(
    "one more entry, at any place of a tree of any fill, is found there and can be removed again",
    arguments: [1, 6, 7, 13, 14, 28, 29, 48, 49, 55, 56, 57, 63, 64, 97, 98, 111, 112, 200])
  func insertionAtEveryPlace(size: Int) {
    let entries = (0..<Int32(size)).map { entry($0 * 10, $0 * 10 + 10) }
    for built in [IntervalTree(entries), grown(entries), grown(entries.reversed())] {
      for place in -1...Int32(size) {
        var tree = built
        let added = entry(place * 10 + 5, place * 10 + 15)
        #expect(tree.insert(added) == true)
        #expect(tree.violations().isEmpty)
        #expect(tree.entries == (entries + [added]).sorted())
        #expect(tree.remove(added) == true)
        #expect(tree.violations().isEmpty)
        #expect(tree.entries == entries)
      }
    }
  }

  @Test(
    "any entry of a tree of any fill can be removed, and all the others stay",
    arguments: [1, 2, 6, 7, 13, 14, 28, 29, 49, 50, 55, 56, 57, 98, 111, 112, 150, 300])
  func removalAtEveryPlace(size: Int) {
    let entries = (0..<Int32(size)).map { entry($0 * 10, $0 * 10 + ($0 % 7 == 0 ? 95 : 10)) }
    for built in [IntervalTree(entries), grown(entries), grown(entries.reversed())] {
      for place in entries.indices {
        var tree = built
        #expect(tree.remove(entries[place]) == true)
        #expect(tree.violations().isEmpty)
        #expect(tree.entries == Array(entries[..<place] + entries[(place + 1)...]))
      }
    }
  }

  @Test(
    "a tree is emptied from either end or from the middle, sound all along",
    arguments: [64, 300, 2_500])
  func emptied(size: Int) {
    let entries = (0..<Int32(size)).map { entry($0 * 10, $0 * 10 + 10) }
    let middleFirst = entries[(size / 2)...] + entries[..<(size / 2)]
    for order in [entries, entries.reversed(), Array(middleFirst)] {
      var tree = grown(entries)
      for (removed, entry) in order.enumerated() {
        #expect(tree.remove(entry) == true)
        #expect(!tree.overlapsAny(entry.span))
        #expect(tree.count == size - removed - 1)
        if removed % 37 == 0 {
          #expect(tree.violations().isEmpty)
        }
      }
      #expect(tree.isEmpty)
      #expect(tree.violations().isEmpty)
    }
  }

  @Test(
    "a bulk load of any number of entries is sound and holds each once, in order",
    arguments: [0, 1, 6, 7, 56, 57, 98, 99, 1_519, 1_520, 1_736, 1_737, 46_000])
  func bulkLoad(size: Int) {
    let entries = (0..<Int32(size)).map { entry($0, $0 + 2, key: UInt128($0)) }
    let doubled = entries.reversed() + entries
    let tree = IntervalTree(doubled)
    #expect(tree.violations().isEmpty)
    #expect(tree.count == size)
    #expect(tree.entries == entries)
  }

  @Test("entries that share one span are told apart by their keys, through all levels")
  func sharedSpan() {
    let shared = span(100, 150)
    var tree = IntervalTree()
    var keys = (0..<5_000).map { UInt128($0) << 64 }
    var generator = SplitMix64(seed: 7)
    keys.shuffle(using: &generator)
    for key in keys {
      #expect(tree.insert(IntervalTree.Entry(span: shared, key: key)) == true)
    }
    #expect(tree.violations().isEmpty)
    #expect(tree.overlaps(shared).map(\.key) == keys.sorted())
    for key in keys.dropLast(10) {
      #expect(tree.remove(IntervalTree.Entry(span: shared, key: key)) == true)
    }
    #expect(tree.violations().isEmpty)
    #expect(tree.entries.map(\.key) == keys.suffix(10).sorted())
  }

  private func grown(_ entries: [IntervalTree.Entry]) -> IntervalTree {
    var tree = IntervalTree()
    for entry in entries {
      tree.insert(entry)
    }
    return tree
  }
}
