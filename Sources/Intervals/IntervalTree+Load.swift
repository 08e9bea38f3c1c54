extension IntervalTree {
  /// A tree of many entries at once, in any order; several of the same count once.
  public init(_ entries: some Sequence<Entry>) {
    self.init(ascending: IntervalTree.ascending(Array(entries)))
  }

  private static func ascending(_ entries: [Entry]) -> [Entry] {
    var sorted = entries
    // What comes from a database is in order already.
    if zip(sorted, sorted.dropFirst()).contains(where: { $0 > $1 }) {
      sorted.sort()
    }
    var unique: [Entry] = []
    unique.reserveCapacity(sorted.count)
    for entry in sorted where entry != unique.last {
      unique.append(entry)
    }
    return unique
  }

  private init(ascending entries: [Entry]) {
    guard !entries.isEmpty else { return }
    if entries.count <= Blocks.leafSlots {
      loadSingleLeaf(entries)
    } else {
      var level = loadLeaves(entries)
      while level.count > 1 {
        level = loadBranches(over: level)
      }
      root = Int32(level[0])
    }
    count = entries.count
    latestEnd = blocks.latestEnd(of: Int(root), level: Int(height))
  }

  private mutating func loadSingleLeaf(_ entries: [Entry]) {
    blocks.takeSmallLeaf(holding: entries.count)
    fill(0, with: entries[...])
  }

  private mutating func loadLeaves(_ entries: [Entry]) -> [Int] {
    let shares = IntervalTree.shares(
      of: entries.count, eachAtMost: Blocks.fullLeaf.loadedSlotsMax)
    // The branches above need fewer than a tenth as many.
    blocks.reserve(shares.count + shares.count / 16 + 1)
    return shares.map { share in
      let block = blocks.take(forLevel: 0)
      fill(block, with: entries[share])
      return block
    }
  }

  private mutating func fill(_ block: Int, with entries: ArraySlice<Entry>) {
    let leaf = blocks.leaf
    for (slot, entry) in entries.enumerated() {
      blocks.setEntry(entry, at: slot, of: block, leaf)
    }
    blocks.setSlotCount(entries.count, of: block)
  }

  private mutating func loadBranches(over children: [Int]) -> [Int] {
    let branch = Blocks.branch
    // What fits in one block becomes the root.
    let eachAtMost = children.count <= branch.slots ? branch.slots : branch.loadedSlotsMax
    let level = IntervalTree.shares(of: children.count, eachAtMost: eachAtMost).map { share in
      let block = blocks.take(forLevel: Int(height) + 1)
      for (slot, child) in children[share].enumerated() {
        blocks.describe(child, at: slot, of: block, childLevel: Int(height))
      }
      blocks.setSlotCount(share.count, of: block)
      return block
    }
    height += 1
    return level
  }

  /// Cuts a number of things into as few runs as can be, all of nearly the same length.
  private static func shares(of total: Int, eachAtMost most: Int) -> [Range<Int>] {
    let runs = (total + most - 1) / most
    return (0..<runs).map { run in run * total / runs..<(run + 1) * total / runs }
  }
}
