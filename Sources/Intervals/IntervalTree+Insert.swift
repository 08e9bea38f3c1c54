// Inserting makes room on the way down: no block that it enters is full, so a split never has to be
// carried back up.

extension IntervalTree {
  /// Inserts an entry. False, and no change, when exactly this entry is there already.
  @discardableResult
  public mutating func insert(_ entry: Entry) -> Bool {
    guard blocks.insertDirectly(entry, root: Int(root), height: Int(height)) || insertSlowly(entry)
    else { return false }
    latestEnd = max(latestEnd, entry.span.end.sinceEpoch)
    count += 1
    return true
  }

  private mutating func insertSlowly(_ entry: Entry) -> Bool {
    if blocks.isEmpty {
      blocks.takeSmallLeaf(holding: 1)
    } else if blocks.isFull(Int(root), level: Int(height)) {
      makeRoomAtTop()
    }
    var block = Int(root)
    for level in stride(from: Int(height), to: 0, by: -1) {
      var slot = blocks.slotToFollow(entry, in: block, level: level)
      if blocks.isFull(blocks.child(at: slot, of: block), level: level - 1) {
        blocks.makeRoom(below: slot, of: block, level: level)
        slot = blocks.slotToFollow(entry, in: block, level: level)
      }
      blocks.widen(slot, of: block, toHold: entry)
      block = blocks.child(at: slot, of: block)
    }
    return blocks.insert(entry, intoLeaf: block)
  }

  /// Relieves the full root: below a new one, unless its block can grow.
  private mutating func makeRoomAtTop() {
    guard !blocks.isSmall else {
      blocks.enlargeSmallLeaf()
      return
    }
    let below = Int(root)
    let top = blocks.take(forLevel: Int(height) + 1)
    blocks.describe(below, at: 0, of: top, childLevel: Int(height))
    blocks.setSlotCount(1, of: top)
    root = Int32(top)
    height += 1
    blocks.makeRoom(below: 0, of: top, level: Int(height))
  }
}

extension Blocks {
  fileprivate mutating func insert(_ entry: Entry, intoLeaf block: Int) -> Bool {
    let slot = slots(before: entry, in: block, level: 0)
    guard !holds(entry, at: slot, of: block, leaf) else { return false }
    withColumns(of: block, and: block, leaf) { leaf, _ in leaf.insert(entry, at: slot) }
    return true
  }

  fileprivate func isFull(_ block: Int, level: Int) -> Bool {
    slotCount(of: block) == shape(atLevel: level).slots
  }

  /// Makes a slot of a branch cover an entry that goes below it. One that turns out to be there
  /// already is covered, so nothing changes then.
  fileprivate mutating func widen(_ slot: Int, of block: Int, toHold entry: Entry) {
    let branch = Blocks.branch
    // An entry goes to the right of every slot that holds less, so it can only lower the first.
    if slot == 0, entry < self.entry(at: slot, of: block, branch) {
      setEntry(entry, at: slot, of: block, branch)
    }
    if entry.span.end.sinceEpoch > word(Column.latestEnd, at: slot, of: block, branch) {
      setWord(
        Column.latestEnd, at: slot, of: block, branch, to: entry.span.end.sinceEpoch)
    }
  }

  /// Relieves the full child at a slot of a branch that is not full itself.
  fileprivate mutating func makeRoom(below slot: Int, of block: Int, level: Int) {
    let spillSlotsMax = shape(atLevel: level - 1).spillSlotsMax
    if slot > 0, slotCount(of: child(at: slot - 1, of: block)) <= spillSlotsMax {
      evenOut(slot - 1, of: block, level: level)
    } else if slot + 1 < slotCount(of: block),
      slotCount(of: child(at: slot + 1, of: block)) <= spillSlotsMax
    {
      evenOut(slot, of: block, level: level)
    } else {
      split(slot, of: block, level: level)
    }
  }

  /// Gives the upper half of a child to a new one, at the slot that follows.
  fileprivate mutating func split(_ slot: Int, of block: Int, level: Int) {
    let left = child(at: slot, of: block)
    let right = take(forLevel: level - 1)
    openSlot(slot + 1, ofBranch: block)
    let used = slotCount(of: left)
    moveToRight(used - used / 2, from: left, to: right, shape(atLevel: level - 1))
    describe(left, at: slot, of: block, childLevel: level - 1)
    describe(right, at: slot + 1, of: block, childLevel: level - 1)
  }
}

extension Blocks {
  /// Shares what the children at a slot and the next one hold equally between both.
  mutating func evenOut(_ slot: Int, of block: Int, level: Int) {
    let shape = shape(atLevel: level - 1)
    let left = child(at: slot, of: block)
    let right = child(at: slot + 1, of: block)
    let leftUsed = slotCount(of: left)
    let leftKept = (leftUsed + slotCount(of: right)) / 2
    if leftKept < leftUsed {
      moveToRight(leftUsed - leftKept, from: left, to: right, shape)
    } else {
      moveToLeft(leftKept - leftUsed, from: right, to: left, shape)
    }
    describe(left, at: slot, of: block, childLevel: level - 1)
    describe(right, at: slot + 1, of: block, childLevel: level - 1)
  }
}
