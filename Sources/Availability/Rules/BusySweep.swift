internal import Intervals

/// Tells whether spans are free, one after another in ascending order, and looks into the tree once
/// for many of them.
struct BusySweep {
  private let tree: IntervalTree
  /// What is taken of the stretch looked into: disjoint, ascending.
  private var taken: ContiguousArray<Span> = []
  private var position = 0
  private var lookedUntil: Minute
  private var lookaheadMinutes = BusySweep.firstLookaheadMinutes

  /// Of most therapists in a search only the first free start is wanted, and it is near.
  private static let firstLookaheadMinutes: Int32 = 720
  private static let lookaheadMinutes: Int32 = 10_080

  init(_ tree: IntervalTree) {
    self.tree = tree
    lookedUntil = Minute(sinceEpoch: .min)
  }

  /// Nil when the span is free; else an end of what is in its way, before which nothing that is as
  /// long can start.
  mutating func busyUntil(over span: Span) -> Minute? {
    if tree.isEmpty { return nil }
    if span.end > lookedUntil { look(from: span) }
    while position < taken.count && taken[position].end <= span.start { position += 1 }
    guard position < taken.count, taken[position].start < span.end else { return nil }
    return taken[position].end
  }

  private mutating func look(from span: Span) {
    lookedUntil = max(span.end, span.start.advanced(byMinutes: lookaheadMinutes))
    lookaheadMinutes = BusySweep.lookaheadMinutes
    position = 0
    taken.removeAll(keepingCapacity: true)
    guard let stretch = Span(from: span.start, to: lookedUntil) else { return }
    var found = taken
    taken = []
    tree.forEachOverlap(stretch) { entry in
      if let last = found.last, entry.span.start <= last.end,
        let joined = Span(from: last.start, to: max(last.end, entry.span.end))
      {
        found[found.count - 1] = joined
      } else {
        found.append(entry.span)
      }
    }
    taken = found
  }
}
