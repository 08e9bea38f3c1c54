extension IntervalTree {
  /// Removes an entry. False, and no change, when it is not there.
  @discardableResult
  public mutating func remove(_ entry: Entry) -> Bool {
    guard !isEmpty,
      blocks.removeDirectly(entry, root: Int(root), height: Int(height))
        ?? blocks.remove(entry, below: Int(root), level: Int(height))
    else { return false }
    guard count > 1 else {
      self = IntervalTree()
      return true
    }
    count -= 1
    while height > 0, blocks.slotCount(of: Int(root)) == 1 {
      let top = Int(root)
      root = Int32(blocks.child(at: 0, of: top))
      height -= 1
      blocks.free(top)
    }
    if entry.span.end.sinceEpoch == latestEnd {
      latestEnd = blocks.latestEnd(of: Int(root), level: Int(height))
    }
    return true
  }
}

extension Blocks {
  fileprivate mutating func remove(_ entry: Entry, below block: Int, level: Int) -> Bool {
    guard level > 0 else { return remove(entry, fromLeaf: block) }
    let slot = slotToFollow(entry, in: block, level: level)
    let child = child(at: slot, of: block)
    guard remove(entry, below: child, level: level - 1) else { return false }
    if slotCount(of: child) < shape(atLevel: level - 1).fewestSlots {
      fillUp(slot, of: block, level: level)
    } else {
      narrow(slot, of: block, level: level, without: entry)
    }
    return true
  }

  private mutating func remove(_ entry: Entry, fromLeaf block: Int) -> Bool {
    let slot = slots(before: entry, in: block, level: 0)
    guard holds(entry, at: slot, of: block, leaf) else { return false }
    withColumns(of: block, and: block, leaf) { leaf, _ in leaf.remove(at: slot) }
    return true
  }

  /// Makes a slot of a branch cover no more than what is left below it.
  private mutating func narrow(_ slot: Int, of block: Int, level: Int, without entry: Entry) {
    let branch = Blocks.branch
    // Most entries are neither the least nor the last to end, and cost no look at the child.
    if entry.span.end.sinceEpoch == word(Column.latestEnd, at: slot, of: block, branch)
      || holds(entry, at: slot, of: block, branch)
    {
      describe(child(at: slot, of: block), at: slot, of: block, childLevel: level - 1)
    }
  }

  /// Joins the child at a slot, which holds too little, with a neighbour, or fills it up from there.
  private mutating func fillUp(_ slot: Int, of block: Int, level: Int) {
    let pair = max(0, slot - 1)
    let left = child(at: pair, of: block)
    let right = child(at: pair + 1, of: block)
    let joined = slotCount(of: left) + slotCount(of: right)
    if joined <= shape(atLevel: level - 1).joinedSlotsMax {
      join(pair, of: block, level: level)
    } else {
      evenOut(pair, of: block, level: level)
    }
  }

  /// Moves all that the child at the next slot holds into the one at this slot.
  private mutating func join(_ slot: Int, of block: Int, level: Int) {
    let left = child(at: slot, of: block)
    let right = child(at: slot + 1, of: block)
    moveToLeft(slotCount(of: right), from: right, to: left, shape(atLevel: level - 1))
    free(right)
    describe(left, at: slot, of: block, childLevel: level - 1)
    closeSlot(slot + 1, ofBranch: block)
  }
}
