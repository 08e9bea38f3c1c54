extension IntervalTree {
  /// What is wrong with the tree's structure; empty when it is sound. Looks at everything, so it is
  /// for tests.
  public func violations() -> [String] {
    if isEmpty {
      return blocks.isEmpty && blocks.keys.isEmpty && height == 0 && latestEnd == Int32.min
        && blocks.firstFree == Blocks.none ? [] : ["an empty tree keeps something"]
    }
    var check = SoundnessCheck(tree: self)
    check.run()
    return check.violations
  }
}

/// A walk over all blocks of a tree that is not empty.
private struct SoundnessCheck {
  let tree: IntervalTree
  private(set) var violations: [String] = []
  private var seen: Set<Int> = []
  private var last: IntervalTree.Entry?
  private var entryCount = 0

  init(tree: IntervalTree) {
    self.tree = tree
  }

  mutating func run() {
    guard sizesFit() else { return }
    let latestEnd = walk(Int(tree.root), level: Int(tree.height))
    demand(latestEnd == tree.latestEnd, "the tree's latest end is wrong")
    demand(entryCount == tree.count, "count is not the number of entries")
    walkFreeBlocks()
    demand(tree.blocks.isSmall || seen.count == blockCount, "a block is neither in use nor free")
  }

  private var blockCount: Int { max(1, tree.blocks.words.count / Blocks.wordsEach) }

  private mutating func demand(_ holds: Bool, _ otherwise: @autoclosure () -> String) {
    if !holds { violations.append(otherwise()) }
  }

  /// Without this nothing else can be read.
  private mutating func sizesFit() -> Bool {
    if tree.blocks.isSmall {
      demand([16, 32, 64].contains(tree.blocks.words.count), "a small leaf has odd words")
      demand(tree.blocks.keys.count == tree.blocks.leaf.slots, "a small leaf has odd keys")
      demand(tree.height == 0 && tree.root == 0, "a small tree has branches")
    } else {
      demand(tree.blocks.words.count == blockCount * Blocks.wordsEach, "words are not whole blocks")
      demand(tree.blocks.keys.count == blockCount * Blocks.leafSlots, "keys are not whole blocks")
    }
    return violations.isEmpty
  }

  /// Checks a block and all below it; returns their latest end.
  private mutating func walk(_ block: Int, level: Int) -> Int32 {
    guard visit(block) else { return Int32.min }
    let shape = tree.blocks.shape(atLevel: level)
    let used = tree.blocks.slotCount(of: block)
    let isRoot = block == Int(tree.root)
    let fewest = isRoot ? (level == 0 ? 1 : 2) : shape.fewestSlots
    guard (fewest...shape.slots).contains(used) else {
      violations.append("block \(block) at level \(level) has \(used) slots in use")
      return Int32.min
    }
    if level == 0 {
      let places = (0..<shape.slots).map { tree.blocks.place(at: $0, of: block, shape) }
      demand(Set(places) == Set(0..<shape.slots), "leaf \(block) has a key's place twice")
    }
    var latestEnd = Int32.min
    for slot in 0..<used {
      let end =
        level == 0
        ? walkEntry(at: slot, of: block, shape)
        : walkChild(at: slot, of: block, level: level)
      latestEnd = max(latestEnd, end)
    }
    return latestEnd
  }

  private mutating func walkEntry(
    at slot: Int, of block: Int, _ shape: Blocks.Shape
  ) -> Int32 {
    let start = tree.blocks.word(Blocks.Column.start, at: slot, of: block, shape)
    let end = tree.blocks.word(Blocks.Column.end, at: slot, of: block, shape)
    guard start < end else {
      violations.append("slot \(slot) of leaf \(block) has an empty span")
      return end
    }
    let entry = tree.blocks.entry(at: slot, of: block, shape)
    if let last {
      demand(last < entry, "slot \(slot) of leaf \(block) is out of order")
    }
    last = entry
    entryCount += 1
    return end
  }

  private mutating func walkChild(at slot: Int, of block: Int, level: Int) -> Int32 {
    let branch = Blocks.branch
    let child = tree.blocks.child(at: slot, of: block)
    let latestEnd = walk(child, level: level - 1)
    let place = "slot \(slot) of branch \(block)"
    if (0..<blockCount).contains(child) {
      let least = tree.blocks.entry(at: 0, of: child, tree.blocks.shape(atLevel: level - 1))
      demand(
        tree.blocks.entry(at: slot, of: block, branch) == least, "\(place) has another least entry")
    }
    demand(
      tree.blocks.word(Blocks.Column.latestEnd, at: slot, of: block, branch) == latestEnd,
      "\(place) has another latest end")
    return latestEnd
  }

  private mutating func walkFreeBlocks() {
    var next = tree.blocks.firstFree
    while next != Blocks.none, visit(Int(next)) {
      next = tree.blocks.words[Int(next) * Blocks.wordsEach]
    }
  }

  /// Whether a block exists and comes up for the first time.
  private mutating func visit(_ block: Int) -> Bool {
    guard (0..<blockCount).contains(block), seen.insert(block).inserted else {
      violations.append("block \(block) does not exist or comes up twice")
      return false
    }
    return true
  }
}
