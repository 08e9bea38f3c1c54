// Moving slots within a block and between two of one level.
//
// All of it goes through pointers that are taken once: each access to an array costs a check that
// no copy shares it, and that would be most of an insertion's time.

/// A block's columns, to be changed in place.
struct BlockColumns {
  let words: UnsafeMutablePointer<Int32>
  let keys: UnsafeMutablePointer<UInt128>
  let shape: Blocks.Shape

  var slotCount: Int {
    get { Int(words[0]) }
    nonmutating set { words[0] = Int32(newValue) }
  }

  @inline(__always)
  func column(_ column: Int) -> UnsafeMutablePointer<Int32> { words + shape.word(column, 0) }

  /// Of a leaf.
  @inline(__always)
  var places: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(column(Blocks.Column.place)).assumingMemoryBound(to: UInt8.self)
  }
}

extension Blocks {
  /// Gives a body the columns of two blocks of a level; they may be one.
  mutating func withColumns<Result>(
    of first: Int, and second: Int, _ shape: Shape,
    _ body: (BlockColumns, BlockColumns) -> Result
  ) -> Result {
    words.withUnsafeMutableBufferPointer { words in
      keys.withUnsafeMutableBufferPointer { keys in
        precondition(first >= 0 && second >= 0)
        precondition(max(first, second) * Blocks.wordsEach + shape.words <= words.count)
        precondition(max(first, second) * Blocks.leafSlots + shape.slots <= keys.count)
        func columns(_ block: Int) -> BlockColumns {
          BlockColumns(
            words: words.baseAddress! + block * Blocks.wordsEach,
            keys: keys.baseAddress! + block * Blocks.leafSlots, shape: shape)
        }
        return body(columns(first), columns(second))
      }
    }
  }

  mutating func withBranch(_ block: Int, _ body: (BlockColumns) -> Void) {
    withColumns(of: block, and: block, Blocks.branch) { columns, _ in body(columns) }
  }

  /// Makes each slot's key lie at the place of the same number.
  mutating func resetPlaces(of block: Int, _ shape: Shape) {
    withColumns(of: block, and: block, shape) { leaf, _ in
      for place in 0..<shape.slots { leaf.places[place] = UInt8(place) }
    }
  }

  /// Moves the last slots of a block before the first one of its right neighbour.
  mutating func moveToRight(_ moved: Int, from left: Int, to right: Int, _ shape: Shape) {
    withColumns(of: left, and: right, shape) { left, right in
      let (leftKept, rightUsed) = (left.slotCount - moved, right.slotCount)
      precondition(moved >= 0 && leftKept >= 0 && rightUsed + moved <= shape.slots)
      if shape.isLeaf {
        // The places that the free slots behind the others have become those of the new ones.
        right.exchangePlaces(around: rightUsed, upTo: rightUsed + moved)
      } else {
        right.moveKeys(rightUsed, from: 0, to: moved)
      }
      right.moveWords(rightUsed, from: 0, to: moved)
      right.copy(moved, from: left, at: leftKept, to: 0)
      left.slotCount = leftKept
      right.slotCount = rightUsed + moved
    }
  }

  /// Moves the first slots of a block after the last one of its left neighbour.
  mutating func moveToLeft(_ moved: Int, from right: Int, to left: Int, _ shape: Shape) {
    withColumns(of: left, and: right, shape) { left, right in
      let (leftUsed, rightKept) = (left.slotCount, right.slotCount - moved)
      precondition(moved >= 0 && rightKept >= 0 && leftUsed + moved <= shape.slots)
      left.copy(moved, from: right, at: 0, to: leftUsed)
      if shape.isLeaf {
        right.exchangePlaces(around: moved, upTo: moved + rightKept)
      } else {
        right.moveKeys(rightKept, from: moved, to: 0)
      }
      right.moveWords(rightKept, from: moved, to: 0)
      left.slotCount = leftUsed + moved
      right.slotCount = rightKept
    }
  }
}

extension BlockColumns {
  /// Moves slots of a branch, keys and all.
  func move(_ moved: Int, from slot: Int, to newSlot: Int) {
    precondition(moved >= 0 && slot >= 0 && newSlot >= 0)
    precondition(max(slot, newSlot) + moved <= shape.slots)
    moveWords(moved, from: slot, to: newSlot)
    moveKeys(moved, from: slot, to: newSlot)
  }

  fileprivate func moveWords(_ moved: Int, from slot: Int, to newSlot: Int) {
    for number in 0..<shape.columns {
      let column = column(number)
      (column + newSlot).update(from: column + slot, count: moved)
    }
  }

  fileprivate func moveKeys(_ moved: Int, from slot: Int, to newSlot: Int) {
    (keys + newSlot).update(from: keys + slot, count: moved)
  }

  /// Exchanges the places of the first slots, up to one, with those of the slots from there on.
  fileprivate func exchangePlaces(around slot: Int, upTo end: Int) {
    // Each part turned round, then the whole: no memory is needed besides.
    for part in [0..<slot, slot..<end, 0..<end] {
      var places = UnsafeMutableBufferPointer(start: places + part.lowerBound, count: part.count)
      places.reverse()
    }
  }

  /// Copies slots of another block of the level over slots of this one.
  fileprivate func copy(_ moved: Int, from other: BlockColumns, at slot: Int, to newSlot: Int) {
    for number in 0..<shape.columns {
      (column(number) + newSlot).update(from: other.column(number) + slot, count: moved)
    }
    for offset in 0..<moved {
      let place = shape.isLeaf ? Int(places[newSlot + offset]) : newSlot + offset
      let otherPlace = shape.isLeaf ? Int(other.places[slot + offset]) : slot + offset
      keys[place] = other.keys[otherPlace]
    }
  }

  /// Shifts what a leaf holds from a slot on, and puts an entry there.
  @inline(__always)
  func insert(_ entry: IntervalTree.Entry, at slot: Int) {
    let used = slotCount
    precondition(slot >= 0 && slot <= used && used < shape.slots)
    let place = places[used]
    shiftUp(column(Blocks.Column.start), slot, used, entry.span.start.sinceEpoch)
    shiftUp(column(Blocks.Column.end), slot, used, entry.span.end.sinceEpoch)
    shiftUp(places, slot, used, place)
    precondition(Int(place) < shape.slots)
    keys[Int(place)] = entry.key
    slotCount = used + 1
  }

  /// Takes an entry out of a leaf.
  @inline(__always)
  func remove(at slot: Int) {
    let used = slotCount
    precondition(slot >= 0 && slot < used && used <= shape.slots)
    let place = places[slot]
    shiftDown(column(Blocks.Column.start), slot, used)
    shiftDown(column(Blocks.Column.end), slot, used)
    shiftDown(places, slot, used)
    places[used - 1] = place
    slotCount = used - 1
  }
}

@inline(__always)
private func shiftUp<Value>(
  _ column: UnsafeMutablePointer<Value>, _ slot: Int, _ used: Int, _ value: Value
) {
  (column + slot + 1).update(from: column + slot, count: used - slot)
  column[slot] = value
}

@inline(__always)
private func shiftDown<Value>(_ column: UnsafeMutablePointer<Value>, _ slot: Int, _ used: Int) {
  (column + slot).update(from: column + slot + 1, count: used - slot - 1)
}
