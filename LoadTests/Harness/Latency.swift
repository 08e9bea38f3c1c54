internal import Histogram

/// How long calls took, in nanoseconds, to three digits.
struct Latency: Sendable {
  private static let highestNs: UInt64 = 60_000_000_000

  private var histogram: Histogram<UInt64>

  init() {
    histogram = Histogram(
      highestTrackableValue: Self.highestNs, numberOfSignificantValueDigits: .three)
    // A stall longer than a minute is worth its memory.
    histogram.autoResize = true
  }

  var count: Int { Int(histogram.totalCount) }
  var meanNs: Double { count == 0 ? 0 : histogram.mean }
  var maxNs: UInt64 { count == 0 ? 0 : histogram.max }

  mutating func record(ns: UInt64) { histogram.record(ns) }
  mutating func add(_ other: Latency) { histogram.add(other.histogram) }
  mutating func reset() { histogram.reset() }

  /// The latency that `percent` of the calls did not exceed; 0 when there were none.
  func ns(atPercentile percent: Double) -> UInt64 {
    count == 0 ? 0 : histogram.valueAtPercentile(percent)
  }
}
