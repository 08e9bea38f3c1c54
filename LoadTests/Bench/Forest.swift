internal import Intervals
internal import Limits
internal import Workload

/// Trees of sessions of 50 minutes from the full hour, in 60 % of all hours; and the same in the
/// structures that they are compared with.
final class Forest {
  let name: String
  var trees: [IntervalTree]
  let maps: OpaquePointer
  let implicitTrees: OpaquePointer

  /// What is in them from the start, row after row; each row is in order.
  let entries: [IntervalTree.Entry]
  let spans: StableArray<limits_span>
  let rows: StableArray<UInt32>
  let keys: StableArray<UInt64>
  /// Where each row begins, and one more for where the last ends.
  let first: StableArray<UInt32>

  /// Free hours, in no order: to be inserted and removed.
  let freeEntries: [IntervalTree.Entry]
  let freeSpans: StableArray<limits_span>
  let freeRows: StableArray<UInt32>

  /// Anywhere: whether anything overlaps them is asked.
  let askedEntries: [IntervalTree.Entry]
  let askedSpans: StableArray<limits_span>
  let askedRows: StableArray<UInt32>

  static let asked = 131_072
  static let changesPerRound = 8_192
  private static let changes = 65_536

  init(_ name: String, trees count: Int, entriesEach: Int) {
    self.name = name
    let hours = entriesEach * 100 / PopulationW.bookedPercent
    var random = SplitMix64(seed: 5)
    var taken = Sessions()
    var free = Sessions()
    var first: [UInt32] = [0]
    for row in 0..<count {
      for hour in 0..<hours {
        if random.below(100) < PopulationW.bookedPercent {
          taken.append(row, Int32(hour) * 60)
        } else {
          free.append(row, Int32(hour) * 60)
        }
      }
      first.append(UInt32(taken.rows.count))
    }
    free.shuffle(&random)
    free.keepFirst(Forest.changes)
    var asked = Sessions()
    for _ in 0..<Forest.asked {
      asked.append(random.below(count), Int32(random.below(hours * 2)) * 30)
    }
    entries = taken.entries
    spans = StableArray(taken.spans)
    rows = StableArray(taken.rows)
    keys = StableArray([UInt64](repeating: 1, count: taken.rows.count))
    self.first = StableArray(first)
    freeEntries = free.entries
    freeSpans = StableArray(free.spans)
    freeRows = StableArray(free.rows)
    askedEntries = asked.entries
    askedSpans = StableArray(asked.spans)
    askedRows = StableArray(asked.rows)
    trees = (0..<count).map { [entries] row in
      IntervalTree(entries[Int(first[row])..<Int(first[row + 1])])
    }
    maps = limits_span_maps_make(count)
    _ = limits_span_maps_insert(maps, rows.start, spans.start, keys.start, spans.count)
    implicitTrees = limits_implicit_trees_make(spans.start, self.first.start, count)
  }

  deinit {
    limits_span_maps_free(maps)
    limits_implicit_trees_free(implicitTrees)
  }

  func range(of row: Int) -> Range<Int> { Int(first[row])..<Int(first[row + 1]) }

  func insert(_ batch: Range<Int>) -> UInt64 {
    withTrees { trees in
      var inserted: UInt64 = 0
      for number in batch where trees[Int(freeRows[number])].insert(freeEntries[number]) {
        inserted += 1
      }
      return inserted
    }
  }

  func remove(_ batch: Range<Int>) -> UInt64 {
    withTrees { trees in
      var removed: UInt64 = 0
      for number in batch where trees[Int(freeRows[number])].remove(freeEntries[number]) {
        removed += 1
      }
      return removed
    }
  }

  func insertIntoMaps(_ batch: Range<Int>) -> UInt64 {
    limits_span_maps_insert(
      maps, freeRows.at(batch), freeSpans.at(batch), keys.at(batch), batch.count)
  }

  func removeFromMaps(_ batch: Range<Int>) -> UInt64 {
    limits_span_maps_remove(maps, freeRows.at(batch), freeSpans.at(batch), batch.count)
  }

  /// Takes the trees out, so that they are changed in place.
  private func withTrees(_ change: (inout [IntervalTree]) -> UInt64) -> UInt64 {
    var taken: [IntervalTree] = []
    swap(&taken, &trees)
    defer { swap(&taken, &trees) }
    return change(&taken)
  }
}

/// Sessions of rows, as ours and as the limits read them.
private struct Sessions {
  private(set) var rows: [UInt32] = []
  private var starts: [Int32] = []

  mutating func append(_ row: Int, _ start: Int32) {
    rows.append(UInt32(row))
    starts.append(start)
  }

  mutating func shuffle(_ random: inout SplitMix64) {
    for index in rows.indices.dropFirst().reversed() {
      let other = random.below(index + 1)
      rows.swapAt(index, other)
      starts.swapAt(index, other)
    }
  }

  mutating func keepFirst(_ count: Int) {
    rows.removeLast(max(0, rows.count - count))
    starts.removeLast(max(0, starts.count - count))
  }

  var entries: [IntervalTree.Entry] {
    starts.map { start in
      let minute = Minute(sinceEpoch: start)
      let span = Span(from: minute, lastingMinutes: PopulationW.sessionMinutes)!
      return IntervalTree.Entry(span: span, key: UInt128(start))
    }
  }

  var spans: [limits_span] {
    starts.map { limits_span(start: $0, end: $0 + PopulationW.sessionMinutes) }
  }
}
