// How a tree lies in two arrays.
//
// Both are cut into blocks, one for each node: `wordsEach` of `words` and `leafSlots` of `keys`.
// The first word of a block counts its slots in use (in a free block it names the next free one);
// the rest are columns, each with a word for every slot:
//
//     leaf     start, end, and a byte for the place of the key          of an entry
//     branch   start, end, latest end, child block                      start, end and key are its
//                                                                       least entry's
//
// What lies beyond the slots in use is leftover and never read as an entry. But for a leaf's places:
// slots in use and free ones together name each place once. So an insertion takes the first free
// slot's place, and no key is ever moved within its block: keys are two thirds of the memory.
//
// A tree of few entries is one leaf in an array shorter than a block: 16, 32 or 64 words.

/// The nodes of an interval tree. It knows what each block holds, not which one is the root.
struct Blocks: Sendable {
  typealias Entry = IntervalTree.Entry

  // Keys lie apart, so that a search loads only what it compares.
  var words: ContiguousArray<Int32> = []
  var keys: ContiguousArray<UInt128> = []

  /// The first of the blocks that are free; each names the next.
  private(set) var firstFree = Blocks.none

  static let wordsEach = 128
  static let leafSlots = 56
  static let branchSlots = 31
  static let smallestLeafWords = 16
  static let none: Int32 = -1

  enum Column {
    static let start = 0
    static let end = 1
    /// Of a leaf: bytes.
    static let place = 2
    static let latestEnd = 2
    static let child = 3
  }

  /// How the words of a block are shared out.
  struct Shape {
    let slots: Int
    let isLeaf: Bool

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

    /// Of columns of words: all of a branch, the first two of a leaf.
    var columns: Int { isLeaf ? 2 : 4 }

    @inline(__always)
    func word(_ column: Int, _ slot: Int) -> Int { 1 + column * slots + slot }

    /// How many words it takes.
    var words: Int { word(columns, 0) + (isLeaf ? (slots + 3) / 4 : 0) }

    /// The leaf that fits in so many words: an entry takes two words and a byte.
    static func leaf(inWords words: Int) -> Shape {
      Shape(slots: (words - 1) * 4 / 9, isLeaf: true)
    }
  }
}

extension Blocks {
  static var branch: Shape { Shape(slots: branchSlots, isLeaf: false) }
  static var fullLeaf: Shape { Shape(slots: leafSlots, isLeaf: true) }

  var isEmpty: Bool { words.isEmpty }

  /// Whether the whole tree is one leaf in less than a block.
  var isSmall: Bool { words.count < Blocks.wordsEach }

  var leaf: Shape { isSmall ? Shape.leaf(inWords: words.count) : Blocks.fullLeaf }

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
    return Entry(span: span, key: keys[keyIndex(of: slot, of: block, shape)])
  }

  /// Where in `keys` a slot's key is.
  func keyIndex(of slot: Int, of block: Int, _ shape: Shape) -> Int {
    block * Blocks.leafSlots + (shape.isLeaf ? place(at: slot, of: block, shape) : slot)
  }

  /// Where among its block's keys a leaf's slot has its key, or would have it.
  func place(at slot: Int, of block: Int, _ shape: Shape) -> Int {
    precondition(slot >= 0 && slot < shape.slots)
    return words.withUnsafeBytes { bytes in
      Int(bytes[(block * Blocks.wordsEach + shape.word(Column.place, 0)) * 4 + slot])
    }
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
    keys[keyIndex(of: slot, of: block, shape)] = entry.key
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

  /// Opens a gap at a slot of a branch, for a child to be described in.
  mutating func openSlot(_ slot: Int, ofBranch block: Int) {
    let used = slotCount(of: block)
    withBranch(block) { $0.move(used - slot, from: slot, to: slot + 1) }
    setSlotCount(used + 1, of: block)
  }

  /// Takes a slot out of a branch.
  mutating func closeSlot(_ slot: Int, ofBranch block: Int) {
    let used = slotCount(of: block)
    withBranch(block) { $0.move(used - slot - 1, from: slot + 1, to: slot) }
    setSlotCount(used - 1, of: block)
  }
}

// Taking and freeing blocks.
extension Blocks {
  /// A block without slots in use: one that was freed, or a new one.
  mutating func take(forLevel level: Int) -> Int {
    let block = takeAny()
    setSlotCount(0, of: block)
    if level == 0 { resetPlaces(of: block, Blocks.fullLeaf) }
    return block
  }

  private mutating func takeAny() -> Int {
    if firstFree != Blocks.none {
      let block = Int(firstFree)
      firstFree = words[block * Blocks.wordsEach]
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
    while Shape.leaf(inWords: wordCount).slots < slots { wordCount *= 2 }
    words = ContiguousArray(repeating: 0, count: wordCount)
    keys = ContiguousArray(repeating: 0, count: leaf.slots)
    resetPlaces(of: 0, leaf)
  }

  /// The single leaf of a small tree gets twice the words.
  mutating func enlargeSmallLeaf() {
    let old = self
    let used = old.slotCount(of: 0)
    takeSmallLeaf(holding: old.leaf.slots + 1)
    for slot in 0..<used { setEntry(old.entry(at: slot, of: 0, old.leaf), at: slot, of: 0, leaf) }
    setSlotCount(used, of: 0)
  }
}
