/// Finds rows by id. Ids are added and never removed.
///
/// A dictionary hashes 128 bits for protection against chosen keys, which takes as long as all else
/// that a search of one therapist does. Here the bits are mixed only; whoever chooses ids that
/// collide slows down their own partner's searches, and a bulk import is bounded.
struct RowFinder: Sendable {
  private struct Slot {
    var id: UInt128 = 0
    /// Negative where the slot is free.
    var row: Int32 = -1
  }

  private var slots: ContiguousArray<Slot>
  private var count = 0

  /// - Parameter count: of ids; more can be added.
  init(expecting count: Int = 0) {
    var slotCount = 16
    while slotCount < 2 * (count + 1) { slotCount *= 2 }
    slots = ContiguousArray(repeating: Slot(), count: count == 0 ? 1 : slotCount)
  }

  @inline(__always)
  func row(of id: UInt128) -> Int? {
    let mask = slots.count - 1
    var index = RowFinder.place(of: id) & mask
    while true {
      let slot = slots[index]
      if slot.row < 0 { return nil }
      if slot.id == id { return Int(slot.row) }
      index = (index + 1) & mask
    }
  }

  /// - Parameter id: not added before.
  mutating func add(_ id: UInt128, row: Int) {
    if 2 * (count + 1) > slots.count { grow() }
    insert(Slot(id: id, row: Int32(row)))
    count += 1
  }

  private mutating func grow() {
    let old = slots
    slots = ContiguousArray(repeating: Slot(), count: max(16, old.count * 2))
    for slot in old where slot.row >= 0 { insert(slot) }
  }

  private mutating func insert(_ slot: Slot) {
    let mask = slots.count - 1
    var index = RowFinder.place(of: slot.id) & mask
    while slots[index].row >= 0 { index = (index + 1) & mask }
    slots[index] = slot
  }

  /// A multiplication carries upwards only, so its upper half is what is mixed.
  @inline(__always)
  private static func place(of id: UInt128) -> Int {
    let folded = UInt64(truncatingIfNeeded: id) ^ UInt64(truncatingIfNeeded: id >> 64)
    let product = (folded ^ folded >> 32).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
