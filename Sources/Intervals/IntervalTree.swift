/// Spans in order, each with a key, that answers quickly what overlaps a span and where there is
/// room.
///
/// Entries may overlap, and may share a span under different keys. Inserting and removing take a
/// time that grows with the logarithm of `count`; so do finding whether anything overlaps, the
/// first that does, and each further one.
///
/// It is a value: a copy stays as it was. An empty tree allocates nothing, a small one little
/// (some 250 bytes for up to six entries), a large one some 25 bytes an entry divided by how full
/// its blocks are: 7/8 after a bulk load, some 3/4 after insertions in no order.
public struct IntervalTree: Sendable {
  /// A span and whose it is.
  public struct Entry: Hashable, Sendable {
    public let span: Span
    public let key: UInt128

    @inlinable
    public init(span: Span, key: UInt128) {
      self.span = span
      self.key = key
    }
  }

  /// A B+ tree's nodes; Blocks.swift tells how they are laid out.
  var blocks = Blocks()

  /// How many entries there are.
  public internal(set) var count = 0

  /// The block at the top. Without meaning while there are no entries.
  var root: Int32 = 0

  /// How many levels of branches lie above the leaves.
  var height: Int32 = 0

  /// The latest end of all entries, so that a search beyond it touches no block.
  var latestEnd = Int32.min

  /// A tree without entries.
  public init() {}

  public var isEmpty: Bool { count == 0 }

  /// All entries in order.
  public var entries: [Entry] {
    var all: [Entry] = []
    all.reserveCapacity(count)
    if !isEmpty {
      blocks.appendEntries(of: Int(root), level: Int(height), to: &all)
    }
    return all
  }
}

extension Blocks {
  fileprivate func appendEntries(of block: Int, level: Int, to all: inout [Entry]) {
    let shape = shape(atLevel: level)
    for slot in 0..<slotCount(of: block) {
      if level == 0 {
        all.append(entry(at: slot, of: block, shape))
      } else {
        appendEntries(of: child(at: slot, of: block), level: level - 1, to: &all)
      }
    }
  }
}

extension IntervalTree.Entry: Comparable {
  /// By span, then by key.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.span != right.span ? left.span < right.span : left.key < right.key
  }
}
