internal import Intervals

/// What an interval tree is held against: the same answers from a sorted list, by looking at all.
struct LinearScan {
  private(set) var entries: [IntervalTree.Entry] = []

  init() {}

  init(_ entries: [IntervalTree.Entry]) {
    self.entries = Set(entries).sorted()
  }

  mutating func insert(_ entry: IntervalTree.Entry) -> Bool {
    let place = entries.firstIndex { $0 >= entry } ?? entries.count
    guard place == entries.count || entries[place] != entry else { return false }
    entries.insert(entry, at: place)
    return true
  }

  mutating func remove(_ entry: IntervalTree.Entry) -> Bool {
    guard let place = entries.firstIndex(of: entry) else { return false }
    entries.remove(at: place)
    return true
  }

  func overlaps(_ span: Span) -> [IntervalTree.Entry] {
    entries.filter { $0.span.start < span.end && span.start < $0.span.end }
  }

  /// Tries one minute after the other.
  func nextGap(lastingMinutes length: Int32, from: Minute, until: Minute) -> Minute? {
    var start = from
    while start.advanced(byMinutes: length) <= until {
      if let span = Span(from: start, lastingMinutes: length), overlaps(span).isEmpty {
        return start
      }
      start = start.advanced(byMinutes: 1)
    }
    return nil
  }
}
