internal import Intervals

/// The earliest slots of all that were shown to it: by start, then therapist, service, location.
struct SlotSelection {
  /// Numbers only: slots move about much until the search ends.
  private struct Entry {
    let start: Minute
    /// Index into `candidates`.
    let candidate: Int32
    /// Index into the profile's streams.
    let stream: Int32
  }

  struct Slot {
    let start: Minute
    let profile: TherapistProfile
    let stream: Int
  }

  private let limit: Int
  /// A binary heap: no slot is before the ones below it, so the last of all is on top.
  private var heap: ContiguousArray<Entry> = []
  /// Of whom slots were taken, some more than once.
  private var candidates: ContiguousArray<TherapistProfile> = []
  private var ids: ContiguousArray<TherapistID> = []

  /// - Parameter limit: at least 1.
  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 64))
  }

  private var isFull: Bool { heap.count == limit }

  /// No slot that starts later is taken any more; nil while there is room.
  var lastStart: Minute? { isFull ? heap[0].start : nil }

  /// Whether a slot of a therapist at a start might be taken.
  @inline(__always)
  func wants(_ start: Minute, of therapist: TherapistID) -> Bool {
    guard isFull else { return true }
    let last = heap[0].start
    return start < last || start == last && therapist <= ids[Int(heap[0].candidate)]
  }

  /// False when it comes after all that are kept; then so do later slots of the same stream.
  @inline(__always)
  mutating func offer(_ start: Minute, _ profile: TherapistProfile, stream: Int) -> Bool {
    if let lastStart, start > lastStart { return false }
    guard wants(start, of: profile.id) else { return false }
    let isNewest = candidates.last === profile
    let slot = Entry(
      start: start, candidate: Int32(isNewest ? candidates.count - 1 : candidates.count),
      stream: Int32(stream))
    if isFull, ids[Int(heap[0].candidate)] == profile.id, heap[0].start == start,
      heap[0].stream <= slot.stream
    {
      return false
    }
    if !isNewest {
      candidates.append(profile)
      ids.append(profile.id)
    }
    if isFull { sink(slot) } else { rise(slot) }
    return true
  }

  /// In order.
  consuming func sorted() -> ContiguousArray<Slot> {
    let (entries, ids) = (heap, ids)
    return ContiguousArray(
      entries.sorted { SlotSelection.isOrdered($0, $1, ids) }.map {
        Slot(start: $0.start, profile: candidates[Int($0.candidate)], stream: Int($0.stream))
      })
  }

  @inline(__always)
  private static func isOrdered(
    _ left: Entry, _ right: Entry, _ ids: borrowing ContiguousArray<TherapistID>
  ) -> Bool {
    if left.start != right.start { return left.start < right.start }
    let (leftID, rightID) = (ids[Int(left.candidate)], ids[Int(right.candidate)])
    return leftID != rightID ? leftID < rightID : left.stream < right.stream
  }

  private mutating func rise(_ slot: Entry) {
    var index = heap.count
    heap.append(slot)
    while index > 0, case let parent = (index - 1) / 2,
      SlotSelection.isOrdered(heap[parent], heap[index], ids)
    {
      heap.swapAt(index, parent)
      index = parent
    }
  }

  /// Takes the place of the last one.
  private mutating func sink(_ slot: Entry) {
    heap[0] = slot
    var index = 0
    while true {
      var latest = index
      for child in 2 * index + 1...2 * index + 2
      where child < heap.count && SlotSelection.isOrdered(heap[latest], heap[child], ids) {
        latest = child
      }
      if latest == index { return }
      heap.swapAt(index, latest)
      index = latest
    }
  }
}
