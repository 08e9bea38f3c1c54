internal import Intervals

extension Minute {
  /// 2^30 minutes are about 2,041 years.
  static let reckonableMinutes: Int32 = 1 << 30

  /// The same point, or the nearest one that is within some 2,000 years of 1970.
  ///
  /// Callers choose the starts that they ask about. Without this, one near the end of 32 bits would
  /// overflow when a session's length or a zone's offset is added, and bring the server down.
  var reckonable: Minute {
    let bound = Minute.reckonableMinutes
    return Minute(sinceEpoch: min(max(sinceEpoch, -bound), bound))
  }

  /// The last whole minute at or before a reading of a clock, drawn to within reckoning.
  init(reckonableAtOrBefore instant: Instant) {
    let bound = Int64(Minute.reckonableMinutes)
    let rest = instant.msSinceEpoch.remainder(flooredBy: 60_000)
    let minutes = (instant.msSinceEpoch - rest) / 60_000
    self.init(sinceEpoch: Int32(min(max(minutes, -bound), bound)))
  }
}

extension Span {
  /// The same stretch, or what is nearest to it within reckoning.
  var reckonable: Span {
    let start = start.reckonable
    return Span(from: start, to: max(end.reckonable, start.advanced(byMinutes: 1)))!
  }
}
