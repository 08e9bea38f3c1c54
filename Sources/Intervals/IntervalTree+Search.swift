// Finding what overlaps.
//
// The least entry that overlaps a span is the first one, in order, that ends after the span's
// start, provided that it starts before the span's end: if it does not, nor does any later one. The
// latest ends lead to that entry on a single path from the root.

extension IntervalTree {
  /// Whether any entry overlaps a span.
  public func overlapsAny(_ span: Span) -> Bool {
    guard let place = firstEnding(after: span.start) else { return false }
    return blocks.word(Blocks.Column.start, at: place.slot, of: place.leaf, blocks.leaf)
      < span.end.sinceEpoch
  }

  /// The least entry that overlaps a span.
  public func firstOverlap(_ span: Span) -> Entry? {
    guard let place = firstEnding(after: span.start) else { return nil }
    let entry = blocks.entry(at: place.slot, of: place.leaf, blocks.leaf)
    return entry.span.overlaps(span) ? entry : nil
  }

  /// All entries that overlap a span, in order.
  public func overlaps(_ span: Span) -> [Entry] {
    var found: [Entry] = []
    forEachOverlap(span) { found.append($0) }
    return found
  }

  /// Calls `body` with each entry that overlaps a span, in order.
  public func forEachOverlap(_ span: Span, _ body: (Entry) -> Void) {
    guard span.start.sinceEpoch < latestEnd else { return }
    blocks.visitOverlaps(span, in: Int(root), level: Int(height), body)
  }

  /// The earliest point, from `from` on, at which begins a stretch of so many minutes that overlaps
  /// no entry and ends by `until`; nil when there is none.
  ///
  /// `lengthMinutes` is at least 1.
  public func nextGap(
    lastingMinutes lengthMinutes: Int32, from: Minute, until: Minute
  ) -> Minute? {
    precondition(lengthMinutes >= 1, "a gap lasts at least a minute")
    // Wider than a Minute, so that no sum overflows near the end of time.
    let length = Int64(lengthMinutes)
    let startMax = Int64(until.sinceEpoch) - length
    let leaf = blocks.leaf
    var start = from.sinceEpoch
    while Int64(start) <= startMax {
      // Entries before this one end by `start`. Those that follow it in its leaf are near at hand;
      // from the leaf's end on, the latest ends tell what to skip.
      guard let place = firstEnding(after: Minute(sinceEpoch: start)) else {
        return Minute(sinceEpoch: start)
      }
      for slot in place.slot..<blocks.slotCount(of: place.leaf) {
        let busyStart = blocks.word(Blocks.Column.start, at: slot, of: place.leaf, leaf)
        if Int64(start) + length <= Int64(busyStart) { return Minute(sinceEpoch: start) }
        start = max(start, blocks.word(Blocks.Column.end, at: slot, of: place.leaf, leaf))
        guard Int64(start) <= startMax else { return nil }
      }
    }
    return nil
  }

  /// The first entry, in order, that ends after a point.
  private func firstEnding(after point: Minute) -> (leaf: Int, slot: Int)? {
    guard point.sinceEpoch < latestEnd else { return nil }
    return blocks.firstEnding(after: point.sinceEpoch, root: Int(root), height: Int(height))
  }
}

extension Blocks {
  /// Goes through a block that has something ending after the span's start.
  fileprivate func visitOverlaps(
    _ span: Span, in block: Int, level: Int, _ body: (Entry) -> Void
  ) {
    let shape = shape(atLevel: level)
    let endColumn = level == 0 ? Column.end : Column.latestEnd
    let start = span.start.sinceEpoch
    let first = firstSlot(of: block, level: level, inColumn: endColumn, reaching: start + 1)
    for slot in first..<slotCount(of: block) {
      guard word(Column.start, at: slot, of: block, shape) < span.end.sinceEpoch else { return }
      guard word(endColumn, at: slot, of: block, shape) > start else { continue }
      if level == 0 {
        body(entry(at: slot, of: block, shape))
      } else {
        visitOverlaps(span, in: child(at: slot, of: block), level: level - 1, body)
      }
    }
  }
}

// The hot path: every question of whether something collides comes through here.
extension Blocks {
  /// The first entry, in order, that ends after a point. There has to be one: hence each block on
  /// the way has what is looked for, and its leftover words cannot mislead.
  fileprivate func firstEnding(after point: Int32, root: Int, height: Int) -> (leaf: Int, slot: Int)
  {
    let end = point + 1
    let leaf = leaf
    return words.withUnsafeBufferPointer { words in
      let branch = Blocks.branch
      var block = root
      for _ in 0..<height {
        let base = block * Blocks.wordsEach
        precondition(base >= 0 && base + Blocks.wordsEach <= words.count)
        let node = words.baseAddress! + base
        let slot = Blocks.firstSlot(
          reaching: end, from: node + branch.word(Column.latestEnd, 0), branch)
        precondition(slot < Blocks.branchSlots)
        block = Int(node[branch.word(Column.child, slot)])
      }
      let base = block * Blocks.wordsEach
      precondition(base >= 0 && base + leaf.words <= words.count)
      let ends = words.baseAddress! + (base + leaf.word(Column.end, 0))
      let slot = Blocks.firstSlot(reaching: end, from: ends, leaf)
      precondition(slot < leaf.slots)
      return (block, slot)
    }
  }

  /// How many slots of a block hold less than an entry. Slots of a branch hold their least entry.
  ///
  /// Inlined, so that each caller keeps only its level's search: 4 % of an insertion.
  @inline(__always)
  func slots(before entry: Entry, in block: Int, level: Int) -> Int {
    let shape = shape(atLevel: level)
    let used = slotCount(of: block)
    let start = entry.span.start.sinceEpoch
    let first = firstSlot(of: block, level: level, inColumn: Column.start, reaching: start)
    // It may have been found among the leftover words.
    var before = min(first, used)
    while before < used, word(Column.start, at: before, of: block, shape) == start,
      self.entry(at: before, of: block, shape) < entry
    {
      before += 1
    }
    return before
  }

  /// The first slot of a block whose word in a column is at least `bound`. It may lie beyond the
  /// slots in use, and does when none of them is.
  @inline(__always)
  private func firstSlot(
    of block: Int, level: Int, inColumn column: Int, reaching bound: Int32
  ) -> Int {
    let shape = shape(atLevel: level)
    return words.withUnsafeBufferPointer { words in
      let base = block * Blocks.wordsEach
      precondition(base >= 0 && base + shape.words <= words.count)
      let first = words.baseAddress! + (base + shape.word(column, 0))
      return Blocks.firstSlot(reaching: bound, from: first, shape)
    }
  }

  /// The same, in the column that begins at `first`.
  @inline(__always)
  static func firstSlot(
    reaching bound: Int32, from first: UnsafePointer<Int32>, _ shape: Shape
  ) -> Int {
    // The lanes of a column's end read on in the column after it, which every column of starts or
    // ends has.
    switch shape.slots {
    case leafSlots:
      let low = UInt64(lanes(32, of: first, reaching: bound))
      let high = UInt64(lanes(32, of: first + 32, reaching: bound))
      return (high << 32 | low).trailingZeroBitCount
    case ...8: return lanes(8, of: first, reaching: bound).trailingZeroBitCount
    case ...16: return lanes(16, of: first, reaching: bound).trailingZeroBitCount
    default: return lanes(32, of: first, reaching: bound).trailingZeroBitCount
    }
  }

  /// A bit for each of so many words: whether it is at least `bound`. Compiled to vector instructions
  /// without a branch, where leaving the loop at the first would cost a misprediction.
  @inline(__always)
  private static func lanes(
    _ count: Int, of words: UnsafePointer<Int32>, reaching bound: Int32
  ) -> UInt32 {
    var bits: UInt32 = 0
    for lane in 0..<count {
      bits |= (words[lane] >= bound ? 1 : 0) << UInt32(truncatingIfNeeded: lane)
    }
    return bits
  }

  /// Whether a slot of a block holds exactly this entry.
  func holds(_ entry: Entry, at slot: Int, of block: Int, _ shape: Shape) -> Bool {
    // Starts alone tell most entries apart, and leave the keys untouched.
    slot < slotCount(of: block)
      && word(Column.start, at: slot, of: block, shape) == entry.span.start.sinceEpoch
      && self.entry(at: slot, of: block, shape) == entry
  }

  /// The slot of a branch below which an entry is, or belongs.
  func slotToFollow(_ entry: Entry, in block: Int, level: Int) -> Int {
    let branch = Blocks.branch
    let before = slots(before: entry, in: block, level: level)
    return holds(entry, at: before, of: block, branch) ? before : max(0, before - 1)
  }
}
