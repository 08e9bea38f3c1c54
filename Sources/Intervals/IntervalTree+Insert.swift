// Inserting makes room on the way down: no block that it enters is full, so a split never has to be
// carried back up.

extension IntervalTree {
  /// Inserts an entry. False, and no change, when exactly this entry is there already.
  @discardableResult
  public mutating func insert(_ entry: Entry) -> Bool {
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
    guard blocks.insert(entry, intoLeaf: block) else { return false }
    latestEnd = max(latestEnd, entry.span.end.sinceEpoch)
    count += 1
    return true
  }

  /// Relieves the full root: below a new one, unless its block can grow.
  private mutating func makeRoomAtTop() {
    guard !blocks.isSmall else {
      blocks.enlargeSmallLeaf()
      return
    }
    let below = Int(root)
    let top = blocks.take()
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
    openSlot(slot, of: block, for: entry)
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
    let branch = Blocks.branch
    let used = slotCount(of: block)
    let left = child(at: slot, of: block)
    let right = take()
    moveSlots(used - slot - 1, from: slot + 1, of: block, to: slot + 2, of: block, branch)
    setSlotCount(used + 1, of: block)

    let shape = shape(atLevel: level - 1)
    let kept = slotCount(of: left) / 2
    let given = slotCount(of: left) - kept
    moveSlots(given, from: kept, of: left, to: 0, of: right, shape)
    setSlotCount(kept, of: left)
    setSlotCount(given, of: right)
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
    let rightUsed = slotCount(of: right)
    let leftKept = (leftUsed + rightUsed) / 2
    if leftKept < leftUsed {
      let moved = leftUsed - leftKept
      moveSlots(rightUsed, from: 0, of: right, to: moved, of: right, shape)
      moveSlots(moved, from: leftKept, of: left, to: 0, of: right, shape)
    } else {
      let moved = leftKept - leftUsed
      moveSlots(moved, from: 0, of: right, to: leftUsed, of: left, shape)
      moveSlots(rightUsed - moved, from: moved, of: right, to: 0, of: right, shape)
    }
    setSlotCount(leftKept, of: left)
    setSlotCount(leftUsed + rightUsed - leftKept, of: right)
    describe(left, at: slot, of: block, childLevel: level - 1)
    describe(right, at: slot + 1, of: block, childLevel: level - 1)
  }
}
