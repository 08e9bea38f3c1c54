internal import Intervals

/// Tells whether spans are free, one after another in ascending order, and looks into the tree once
/// for many of them.
struct BusySweep {
  private let busy: BusyTimes
  /// Of the spans asked about.
  private let buffers: Buffers
  /// What is taken of the stretch looked into: disjoint, ascending.
  private var taken: ContiguousArray<Span> = []
  private var position = 0
  private var lookedUntil: Minute
  private var lookaheadMinutes = BusySweep.firstLookaheadMinutes

  /// Of most therapists in a search only the first free start is wanted, and it is near.
  private static let firstLookaheadMinutes: Int32 = 720
  private static let lookaheadMinutes: Int32 = 10_080

  /// - Parameters:
  ///   - busy: with only those holds that count.
  ///   - buffers: of the spans that will be asked about.
  init(_ busy: BusyTimes, buffers: Buffers = .none) {
    self.busy = busy
    self.buffers = buffers
    lookedUntil = Minute(sinceEpoch: .min)
  }

  /// Nil when the span is free; else an end of what is in its way, before which nothing that is as
  /// long can start.
  mutating func busyUntil(over span: Span) -> Minute? {
    if busy.isEmpty { return nil }
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
    if busy.isPlain && buffers.isNone {
      busy.sessions.forEachOverlap(stretch) { found.join($0.span) }
    } else {
      lookAround(stretch) { found.join($0) }
    }
    taken = found
  }

  /// Calls `body` with all that is taken of a stretch, by start.
  private func lookAround(_ stretch: Span, _ body: (Span) -> Void) {
    var found: [Span] = []
    busy.sessions.forEachOverlap(stretch.widened(by: buffers)) { found.append(shadow(of: $0.span)) }
    if !busy.isPlain {
      busy.guards.forEachOverlap(stretch) { found.append($0.span) }
      for occupation in busy.held.map(\.occupation) {
        found.append(shadow(of: occupation.span))
        found.append(occupation.span.widened(by: occupation.buffers))
      }
      found.sort()
    }
    for span in found { body(span) }
  }

  /// What a session takes of the spans asked about: one whose buffers reach into it is as little
  /// free as one that does so itself (S-7).
  private func shadow(of session: Span) -> Span {
    session.widened(
      by: Buffers(beforeMinutes: buffers.afterMinutes, afterMinutes: buffers.beforeMinutes))
  }
}

extension ContiguousArray<Span> {
  /// Adds a span that does not start before the last one: as one with it where they overlap or
  /// touch.
  fileprivate mutating func join(_ next: Span) {
    if let last, next.start <= last.end,
      let joined = Span(from: last.start, to: Swift.max(last.end, next.end))
    {
      self[count - 1] = joined
    } else {
      append(next)
    }
  }
}
