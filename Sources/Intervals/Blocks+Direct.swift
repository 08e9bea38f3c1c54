// The usual insertion and removal: one way down, in which no block has to give or take anything.
//
// Both leave to the general way whatever is not usual: a full block, one that would become too
// small, a start that is there twice.

extension Blocks {
  /// Inserts an entry where it can be done without more ado. False when it was not: no more has
  /// changed then than that slots cover the entry which are going to hold it, or hold it already.
  mutating func insertDirectly(_ entry: Entry, root: Int, height: Int) -> Bool {
    guard !isEmpty else { return false }
    let start = entry.span.start.sinceEpoch
    let end = entry.span.end.sinceEpoch
    let leafShape = leaf
    return withNodes { nodes in
      var block = root
      for level in stride(from: height, to: 0, by: -1) {
        let node = nodes.branch(block)
        let used = node.slotCount
        let starts = node.column(Column.start)
        let first = min(Blocks.firstSlot(reaching: start, from: starts, node.shape), used)
        if first < used && starts[first] == start { return false }
        let slot = max(0, first - 1)
        let child = Int(node.column(Column.child)[slot])
        let room = level > 1 ? Blocks.branchSlots : leafShape.slots
        if nodes.slotCount(of: child) == room { return false }
        if first == 0 {
          starts[0] = start
          node.column(Column.end)[0] = end
          node.keys[0] = entry.key
        }
        let latestEnds = node.column(Column.latestEnd)
        latestEnds[slot] = max(latestEnds[slot], end)
        block = child
      }
      let leaf = nodes.leaf(block, leafShape)
      let used = leaf.slotCount
      let starts = leaf.column(Column.start)
      let slot = min(Blocks.firstSlot(reaching: start, from: starts, leafShape), used)
      if used == leafShape.slots || slot < used && starts[slot] == start { return false }
      leaf.insert(entry, at: slot)
      return true
    }
  }

  /// Removes an entry where it can be done without more ado. False when it is not there; nil, and no
  /// change, when the general way has to be gone.
  mutating func removeDirectly(_ entry: Entry, root: Int, height: Int) -> Bool? {
    let start = entry.span.start.sinceEpoch
    let end = entry.span.end.sinceEpoch
    let leafShape = leaf
    return withNodes { nodes in
      var block = root
      for _ in 0..<height {
        let node = nodes.branch(block)
        let used = node.slotCount
        let starts = node.column(Column.start)
        let first = min(Blocks.firstSlot(reaching: start, from: starts, node.shape), used)
        if first < used && starts[first] == start { return nil }
        let slot = max(0, first - 1)
        if node.column(Column.latestEnd)[slot] == end { return nil }
        block = Int(node.column(Column.child)[slot])
      }
      let leaf = nodes.leaf(block, leafShape)
      let used = leaf.slotCount
      if height > 0 && used <= leafShape.fewestSlots { return nil }
      let starts = leaf.column(Column.start)
      let slot = Blocks.firstSlot(reaching: start, from: starts, leafShape)
      guard slot < used, starts[slot] == start else { return false }
      guard leaf.column(Column.end)[slot] == end,
        leaf.keys[Int(leaf.places[slot])] == entry.key
      else { return nil }
      leaf.remove(at: slot)
      return true
    }
  }

  @inline(__always)
  private mutating func withNodes<Result>(_ body: (Nodes) -> Result) -> Result {
    words.withUnsafeMutableBufferPointer { words in
      keys.withUnsafeMutableBufferPointer { keys in body(Nodes(words: words, keys: keys)) }
    }
  }
}

/// All blocks, to be changed in place.
private struct Nodes {
  let words: UnsafeMutableBufferPointer<Int32>
  let keys: UnsafeMutableBufferPointer<UInt128>

  @inline(__always)
  func slotCount(of block: Int) -> Int {
    precondition(block >= 0 && block * Blocks.wordsEach < words.count)
    return Int(words[block * Blocks.wordsEach])
  }

  @inline(__always)
  func branch(_ block: Int) -> BlockColumns { columns(block, Blocks.branch) }

  @inline(__always)
  func leaf(_ block: Int, _ shape: Blocks.Shape) -> BlockColumns { columns(block, shape) }

  @inline(__always)
  private func columns(_ block: Int, _ shape: Blocks.Shape) -> BlockColumns {
    precondition(block >= 0 && block * Blocks.wordsEach + shape.words <= words.count)
    precondition(block * Blocks.leafSlots + shape.slots <= keys.count)
    return BlockColumns(
      words: words.baseAddress! + block * Blocks.wordsEach,
      keys: keys.baseAddress! + block * Blocks.leafSlots, shape: shape)
  }
}
