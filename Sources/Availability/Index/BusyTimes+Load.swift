public import Intervals

extension BusyTimes {
  /// What many appointments take, at once.
  /// - Parameters:
  ///   - booked: with the appointments' raw ids as keys, in any order, each once.
  ///   - buffers: by the same keys; those that are missing have none.
  /// - Returns: nil when one is in another's way.
  public init?(booked: [IntervalTree.Entry], buffers: [UInt128: Buffers] = [:]) {
    var ordered = booked
    ordered.sort()
    func isClear(_ one: IntervalTree.Entry, _ next: IntervalTree.Entry) -> Bool {
      if buffers.isEmpty { return one.span.end <= next.span.start }
      let gap = max(
        buffers[one.key]?.afterMinutes ?? 0, buffers[next.key]?.beforeMinutes ?? 0)
      return one.span.end.advanced(byMinutes: gap) <= next.span.start
    }
    // Where each is clear of the next, it is clear of all after it.
    for (one, next) in zip(ordered, ordered.dropFirst()) where !isClear(one, next) { return nil }
    let guards = ordered.compactMap { entry in
      buffers[entry.key].map {
        IntervalTree.Entry(span: entry.span.widened(by: $0), key: entry.key)
      }
    }
    self.init(sessions: IntervalTree(ordered), guards: IntervalTree(guards))
  }
}
