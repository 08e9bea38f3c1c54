internal import Intervals

/// A start that a stream of starts gave.
struct StreamStart: Comparable {
  let start: Minute
  let stream: Int

  static func < (left: StreamStart, right: StreamStart) -> Bool {
    left.start != right.start ? left.start < right.start : left.stream < right.stream
  }
}

/// A binary heap: the earliest start of many streams, ties in their order.
struct StreamHeap {
  private var items: ContiguousArray<StreamStart> = []

  var first: StreamStart? { items.first }

  mutating func insert(_ item: StreamStart) {
    var index = items.count
    items.append(item)
    while index > 0, case let parent = (index - 1) / 2, items[index] < items[parent] {
      items.swapAt(index, parent)
      index = parent
    }
  }

  /// Cheaper than removing and inserting. The heap is not empty.
  mutating func replaceFirst(with item: StreamStart) {
    items[0] = item
    siftDown()
  }

  /// The heap is not empty.
  mutating func removeFirst() {
    items.swapAt(0, items.count - 1)
    items.removeLast()
    siftDown()
  }

  private mutating func siftDown() {
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == index { return }
      items.swapAt(index, least)
      index = least
    }
  }
}
