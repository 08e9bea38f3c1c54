internal import Intervals
internal import Testing

struct IntervalTreeTests {
  @Test("entries are in order of start, then end, then key")
  func order() {
    let inOrder = [
      entry(0, 5, key: 9), entry(0, 6, key: 1), entry(0, 6, key: 2), entry(0, 6, key: 1 << 127),
      entry(1, 2, key: 0),
    ]
    #expect(IntervalTree(inOrder.reversed()).entries == inOrder)
    #expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $0 < $1 && !($1 < $0) })
  }

  @Test("spans that only touch do not overlap")
  func touching() {
    let tree = IntervalTree([entry(10, 20), entry(20, 30)])
    #expect(!tree.overlapsAny(span(5, 10)))
    #expect(!tree.overlapsAny(span(30, 40)))
    #expect(tree.overlaps(span(15, 20)) == [entry(10, 20)])
    #expect(tree.overlaps(span(20, 21)) == [entry(20, 30)])
    #expect(tree.overlaps(span(19, 21)) == [entry(10, 20), entry(20, 30)])
  }

  @Test("the first overlap is the least entry that overlaps, not the nearest")
  func firstOverlap() {
    let tree = IntervalTree([entry(0, 100), entry(10, 20), entry(30, 40)])
    #expect(tree.firstOverlap(span(32, 33)) == entry(0, 100))
    #expect(tree.firstOverlap(span(100, 101)) == nil)
  }

  @Test("an entry across all of a large tree is found from everywhere, until it is removed")
  func longEntry() {
    var tree = IntervalTree((0..<Int32(5_000)).map { entry($0 * 10, $0 * 10 + 5) })
    let long = entry(-1, 60_000, key: 1)
    #expect(!tree.overlapsAny(span(25_006, 25_009)))
    #expect(tree.insert(long) == true)
    #expect(tree.overlaps(span(25_006, 25_009)) == [long])
    #expect(tree.overlapsAny(span(59_999, 60_001)))
    #expect(tree.remove(long) == true)
    #expect(!tree.overlapsAny(span(25_006, 25_009)))
    #expect(!tree.overlapsAny(span(59_999, 60_001)))
    #expect(tree.violations().isEmpty)
  }

  @Test("the first and last minutes of time are minutes like others")
  func endsOfTime() {
    let tree = IntervalTree([entry(.min, .min + 1), entry(.max - 1, .max)])
    #expect(tree.violations().isEmpty)
    #expect(tree.overlapsAny(span(.min, .min + 1)))
    #expect(!tree.overlapsAny(span(.min + 1, .max - 1)))
    #expect(tree.overlaps(span(.min, .max)).count == 2)
  }

  @Test("an entry that is there is not inserted twice, and one that is not is not removed")
  func refusals() {
    var tree = IntervalTree([entry(0, 5, key: 1)])
    #expect(tree.insert(entry(0, 5, key: 1)) == false)
    #expect(tree.insert(entry(0, 5, key: 2)) == true)
    #expect(tree.remove(entry(0, 5, key: 3)) == false)
    #expect(tree.remove(entry(0, 6, key: 1)) == false)
    #expect(tree.count == 2)
    #expect(tree.remove(entry(0, 5, key: 1)) == true)
    #expect(tree.entries == [entry(0, 5, key: 2)])
  }

  @Test("nothing overlaps in an empty tree, and nothing can be removed from it")
  func empty() {
    var tree = IntervalTree()
    #expect(tree.isEmpty)
    #expect(tree.count == 0)
    #expect(tree.entries == [])
    #expect(!tree.overlapsAny(span(.min, .max)))
    #expect(tree.firstOverlap(span(0, 1)) == nil)
    #expect(tree.overlaps(span(0, 1)) == [])
    #expect(tree.remove(entry(0, 1)) == false)
    #expect(tree.violations() == [])
  }

  @Test("a copy stays as it was while the other changes", arguments: [5, 63, 64, 3_000])
  func copies(size: Int) {
    let entries = (0..<Int32(size)).map { entry($0 * 10, $0 * 10 + 10) }
    var tree = IntervalTree(entries)
    let before = tree
    for place in 0..<Int32(size) {
      tree.insert(entry(place * 10 + 3, place * 10 + 6, key: 1))
    }
    let between = tree
    let betweenEntries = tree.entries
    for entry in entries {
      tree.remove(entry)
    }
    #expect(before.entries == entries)
    #expect(before.violations().isEmpty)
    #expect(between.entries == betweenEntries)
    #expect(between.count == 2 * size)
    #expect(between.violations().isEmpty)
    #expect(tree.count == size)
    #expect(!tree.overlapsAny(span(0, 3)))
    #expect(before.overlapsAny(span(0, 3)))
  }
}

struct IntervalTreeGapTests {
  private let tree = IntervalTree([entry(10, 20), entry(25, 40), entry(30, 35), entry(40, 50)])

  private func gap(of length: Int32, from: Int32, until: Int32) -> Minute? {
    tree.nextGap(lastingMinutes: length, from: minute(from), until: minute(until))
  }

  @Test("a gap may fill the room between two entries exactly, and no more")
  func exactFit() {
    #expect(gap(of: 5, from: 10, until: 100) == minute(20))
    #expect(gap(of: 6, from: 10, until: 100) == minute(50))
  }

  @Test("a gap may end at `until` but not after it")
  func untilIsTheEnd() {
    #expect(gap(of: 10, from: 45, until: 60) == minute(50))
    #expect(gap(of: 10, from: 45, until: 59) == nil)
    #expect(gap(of: 5, from: 12, until: 24) == nil)
    #expect(gap(of: 5, from: 12, until: 25) == minute(20))
  }

  @Test("a gap begins at `from` when that is free, and after the entry that covers it when not")
  func fromIsTheEarliest() {
    #expect(gap(of: 3, from: 21, until: 100) == minute(21))
    #expect(gap(of: 3, from: 22, until: 100) == minute(22))
    #expect(gap(of: 3, from: 23, until: 100) == minute(50))
    #expect(gap(of: 10, from: 0, until: 100) == minute(0))
    #expect(gap(of: 10, from: 1, until: 100) == minute(50))
  }

  @Test("an entry inside a longer one does not end what is busy")
  func nested() {
    #expect(gap(of: 1, from: 26, until: 100) == minute(50))
  }

  @Test("there is no gap in a stretch that is shorter, empty or reversed")
  func noRoom() {
    #expect(gap(of: 10, from: 60, until: 69) == nil)
    #expect(gap(of: 1, from: 60, until: 60) == nil)
    #expect(gap(of: 1, from: 70, until: 60) == nil)
  }

  @Test("an empty tree has a gap at once")
  func emptyTree() {
    let found = IntervalTree().nextGap(
      lastingMinutes: 50, from: minute(7), until: minute(57))
    #expect(found == minute(7))
  }

  @Test("a gap is sought up to the ends of time without overflow")
  func endsOfTime() {
    #expect(gap(of: .max, from: .min, until: .max) == minute(.min))
    #expect(gap(of: .max, from: 0, until: .max) == nil)
    #expect(gap(of: 10, from: .max - 10, until: .max) == minute(.max - 10))
    #expect(gap(of: 10, from: .max - 9, until: .max) == nil)
    let last = IntervalTree([entry(.max - 20, .max)])
    #expect(last.nextGap(lastingMinutes: 1, from: minute(.max - 20), until: minute(.max)) == nil)
  }

  @Test("a gap beyond thousands of back-to-back entries is found")
  func farAway() {
    var busy = IntervalTree((0..<Int32(4_000)).map { entry($0 * 10, $0 * 10 + 10) })
    #expect(
      busy.nextGap(lastingMinutes: 10, from: minute(5), until: minute(50_000)) == minute(40_000))
    #expect(busy.remove(entry(30_000, 30_010)) == true)
    #expect(
      busy.nextGap(lastingMinutes: 10, from: minute(5), until: minute(50_000)) == minute(30_000))
    #expect(busy.insert(entry(0, 45_000, key: 1)) == true)
    #expect(
      busy.nextGap(lastingMinutes: 10, from: minute(5), until: minute(50_000)) == minute(45_000))
  }
}
