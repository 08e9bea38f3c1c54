// How a tree lies in two arrays.
//
// Both are cut into blocks, one for each node: `wordsEach` of `words` and `leafSlots` of `keys`.
// The first word of a block counts its slots in use (in a free block it names the next free one);
// the rest are columns, each with a word for every slot:
//
//     leaf     start, end                              of an entry
//     branch   start, end, latest end, child block     start, end and key are its least entry's
//
// So the least entry below a slot reads alike in both. What lies beyond the slots in use is
// leftover and never read as an entry.
//
// A tree of few entries is one leaf in an array shorter than a block: 16, 32 or 64 words.

/// The nodes of an interval tree. It knows what each block holds, not which one is the root.
struct Blocks: Sendable {
  typealias Entry = IntervalTree.Entry

  // Keys lie apart, so that a search loads only what it compares.
  private(set) var words: ContiguousArray<Int32> = []
  private(set) var keys: ContiguousArray<UInt128> = []

  /// The first of the blocks that are free; each names the next.
  private(set) var firstFree = Blocks.none

  static let wordsEach = 128
  static let leafSlots = 63
  static let branchSlots = 31
  static let smallestLeafWords = 16
  static let none: Int32 = -1

  enum Column {
    static let start = 0
    static let end = 1
    static let latestEnd = 2
    static let child = 3
  }

  /// How the words of a block are shared out.
  struct Shape {
    let slots: Int
    let columns: Int

    /// With fewer slots in use than this, a block (other than the root) is joined with a neighbour
    /// or filled up from it. A third rather than a half: joined blocks have room and evened ones
    /// have something to spare, so that no run of insertions and removals works on them each time.
    var fewestSlots: Int { slots / 3 }

    /// Up to here two neighbours are joined.
    var joinedSlotsMax: Int { fewestSlots * 2 }

    /// A full block gives to a neighbour with at most so many slots in use, rather than split.
    var spillSlotsMax: Int { slots * 3 / 4 }

    /// How many slots a bulk load fills at most, so that what comes next finds room.
    var loadedSlotsMax: Int { slots * 7 / 8 }

    @inline(__always)
    func word(_ column: Int, _ slot: Int) -> Int { 1 + column * slots + slot }
  }
}

extension Blocks {
  static var branch: Shape { Shape(slots: branchSlots, columns: 4) }
  static var fullLeaf: Shape { Shape(slots: leafSlots, columns: 2) }

  var isEmpty: Bool { words.isEmpty }

  /// Whether the whole tree is one leaf in less than a block.
  var isSmall: Bool { words.count < Blocks.wordsEach }

  var leaf: Shape {
    isSmall ? Shape(slots: words.count / 2 - 1, columns: 2) : Blocks.fullLeaf
  }

  func shape(atLevel level: Int) -> Shape { level == 0 ? leaf : Blocks.branch }
}

// Reading a block.
extension Blocks {
  func slotCount(of block: Int) -> Int { Int(words[block * Blocks.wordsEach]) }

  func word(_ column: Int, at slot: Int, of block: Int, _ shape: Shape) -> Int32 {
    words[block * Blocks.wordsEach + shape.word(column, slot)]
  }

  /// The entry at a slot of a leaf; the least one below a slot of a branch.
  func entry(at slot: Int, of block: Int, _ shape: Shape) -> Entry {
    let start = Minute(sinceEpoch: word(Column.start, at: slot, of: block, shape))
    let end = Minute(sinceEpoch: word(Column.end, at: slot, of: block, shape))
    guard let span = Span(from: start, to: end) else {
      preconditionFailure("an entry's span is empty")
    }
    return Entry(span: span, key: keys[block * Blocks.leafSlots + slot])
  }

  func child(at slot: Int, of block: Int) -> Int {
    Int(word(Column.child, at: slot, of: block, Blocks.branch))
  }

  /// The latest end of all entries in a block or below it.
  func latestEnd(of block: Int, level: Int) -> Int32 {
    let shape = shape(atLevel: level)
    let column = level == 0 ? Column.end : Column.latestEnd
    let first = block * Blocks.wordsEach + shape.word(column, 0)
    return words[first..<first + slotCount(of: block)].reduce(Int32.min, max)
  }
}

// Writing a block.
extension Blocks {
  mutating func setSlotCount(_ slots: Int, of block: Int) {
    words[block * Blocks.wordsEach] = Int32(slots)
  }

  mutating func setWord(
    _ column: Int, at slot: Int, of block: Int, _ shape: Shape, to value: Int32
  ) {
    words[block * Blocks.wordsEach + shape.word(column, slot)] = value
  }

  mutating func setEntry(_ entry: Entry, at slot: Int, of block: Int, _ shape: Shape) {
    setWord(Column.start, at: slot, of: block, shape, to: entry.span.start.sinceEpoch)
    setWord(Column.end, at: slot, of: block, shape, to: entry.span.end.sinceEpoch)
    keys[block * Blocks.leafSlots + slot] = entry.key
  }

  /// Makes a slot of a branch tell of a child as the child now is.
  mutating func describe(_ child: Int, at slot: Int, of block: Int, childLevel: Int) {
    let branch = Blocks.branch
    let least = entry(at: 0, of: child, shape(atLevel: childLevel))
    let latestEnd = latestEnd(of: child, level: childLevel)
    setEntry(least, at: slot, of: block, branch)
    setWord(Column.latestEnd, at: slot, of: block, branch, to: latestEnd)
    setWord(Column.child, at: slot, of: block, branch, to: Int32(child))
  }

  /// Copies the content of slots in a row, within a block or between two of one shape. Both places
  /// may overlap. Slot counts stay as they are.
  mutating func moveSlots(
    _ moved: Int, from slot: Int, of block: Int, to newSlot: Int, of newBlock: Int, _ shape: Shape
  ) {
    precondition(moved >= 0 && slot >= 0 && newSlot >= 0)
    precondition(slot + moved <= shape.slots && newSlot + moved <= shape.slots)
    words.withUnsafeMutableBufferPointer { words in
      let from = block * Blocks.wordsEach
      let to = newBlock * Blocks.wordsEach
      precondition(max(from, to) + shape.word(shape.columns, 0) <= words.count)
      for column in 0..<shape.columns {
        let source = words.baseAddress! + (from + shape.word(column, slot))
        let target = words.baseAddress! + (to + shape.word(column, newSlot))
        target.update(from: source, count: moved)
      }
    }
    keys.withUnsafeMutableBufferPointer { keys in
      let from = block * Blocks.leafSlots + slot
      let to = newBlock * Blocks.leafSlots + newSlot
      precondition(max(from, to) + moved <= keys.count)
      (keys.baseAddress! + to).update(from: keys.baseAddress! + from, count: moved)
    }
  }
}

// Filling a leaf.
extension Blocks {
  /// Shifts what a leaf holds from a slot on, and puts an entry there.
  ///
  /// Most of an insertion's time goes here. So it is one access to each array: each costs a check
  /// that no copy shares it.
  mutating func openSlot(_ slot: Int, of block: Int, for entry: Entry) {
    let leaf = leaf
    let used = slotCount(of: block)
    precondition(slot >= 0 && slot <= used && used < leaf.slots)
    words.withUnsafeMutableBufferPointer { words in
      let base = block * Blocks.wordsEach
      precondition(base + leaf.word(leaf.columns, 0) <= words.count)
      let start = words.baseAddress! + (base + leaf.word(Column.start, slot))
      let end = words.baseAddress! + (base + leaf.word(Column.end, slot))
      (start + 1).update(from: start, count: used - slot)
      (end + 1).update(from: end, count: used - slot)
      start.pointee = entry.span.start.sinceEpoch
      end.pointee = entry.span.end.sinceEpoch
      words[base] = Int32(used + 1)
    }
    keys.withUnsafeMutableBufferPointer { keys in
      let base = block * Blocks.leafSlots
      precondition(base + used < keys.count)
      let key = keys.baseAddress! + (base + slot)
      (key + 1).update(from: key, count: used - slot)
      key.pointee = entry.key
    }
  }
}

// Taking and freeing blocks.
extension Blocks {
  /// A block without slots in use: one that was freed, or a new one.
  mutating func take() -> Int {
    if firstFree != Blocks.none {
      let block = Int(firstFree)
      firstFree = words[block * Blocks.wordsEach]
      setSlotCount(0, of: block)
      return block
    }
    let block = words.count / Blocks.wordsEach
    if words.capacity - words.count < Blocks.wordsEach
      || keys.capacity - keys.count < Blocks.leafSlots
    {
      // By a quarter, not to the double: there are many trees, and most grow slowly.
      reserve(block + max(1, block / 4))
    }
    words.append(contentsOf: repeatElement(0, count: Blocks.wordsEach))
    keys.append(contentsOf: repeatElement(0, count: Blocks.leafSlots))
    return block
  }

  mutating func reserve(_ blocks: Int) {
    words.reserveCapacity(blocks * Blocks.wordsEach)
    keys.reserveCapacity(blocks * Blocks.leafSlots)
  }

  mutating func free(_ block: Int) {
    words[block * Blocks.wordsEach] = firstFree
    firstFree = Int32(block)
  }

  /// The single leaf of a tree that has no block yet: the smallest that holds so many slots.
  mutating func takeSmallLeaf(holding slots: Int) {
    var wordCount = Blocks.smallestLeafWords
    while wordCount / 2 - 1 < slots { wordCount *= 2 }
    words = ContiguousArray(repeating: 0, count: wordCount)
    keys = ContiguousArray(repeating: 0, count: leaf.slots)
  }

  /// The single leaf of a small tree gets twice the words.
  mutating func enlargeSmallLeaf() {
    let old = leaf
    let new = Shape(slots: words.count - 1, columns: old.columns)
    var enlarged = ContiguousArray<Int32>(repeating: 0, count: words.count * 2)
    enlarged[0] = words[0]
    for column in 0..<old.columns {
      for slot in 0..<old.slots {
        enlarged[new.word(column, slot)] = words[old.word(column, slot)]
      }
    }
    words = enlarged
    keys.reserveCapacity(new.slots)
    keys.append(contentsOf: repeatElement(0, count: new.slots - old.slots))
  }
}
