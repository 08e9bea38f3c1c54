internal import Reports

/// How a run went, stretch by stretch.
struct Timeline {
  private static let momentsMax: UInt64 = 120
  private static let shortestNs: UInt64 = 200_000_000

  private let everyNs: UInt64
  private var recent = Board.Recent()
  private var lastNs: UInt64 = 0
  private(set) var moments: [RunReport.Moment] = []

  init(wholeNs: UInt64) {
    everyNs = max(wholeNs / Self.momentsMax, Self.shortestNs)
  }

  /// Takes in what workers saw.
  mutating func add(_ news: Board.Recent, sinceStartNs: UInt64) {
    recent.add(news)
    guard sinceStartNs >= lastNs + everyNs else { return }
    moments.append(
      RunReport.Moment(
        seconds: Double(sinceStartNs) / 1e9,
        perSecond: Double(recent.answered) * 1e9 / Double(sinceStartNs - lastNs),
        p50Ms: Double(recent.latency.ns(atPercentile: 50)) / 1e6,
        p99Ms: Double(recent.latency.ns(atPercentile: 99)) / 1e6))
    recent = Board.Recent()
    lastNs = sinceStartNs
  }
}
