/// What became of the calls of one kind, or of all.
public struct Calls: Encodable, Equatable, Sendable {
  /// So many percent of the calls took no longer.
  public struct Percentile: Encodable, Equatable, Sendable {
    public let percent: Double
    public let ms: Double

    public init(percent: Double, ms: Double) {
      self.percent = percent
      self.ms = ms
    }
  }

  public struct Latency: Encodable, Equatable, Sendable {
    public var mean = 0.0
    public var p50 = 0.0
    public var p90 = 0.0
    public var p99 = 0.0
    public var p999 = 0.0
    public var max = 0.0

    public init() {}
  }

  /// "search"; "all".
  public var kind = ""
  /// That should have been sent in the window, whatever became of them.
  public var count = 0
  /// Answered inside the window, over its length.
  public var perSecond = 0.0
  /// From when a call should have been sent until its reply was read.
  public var latencyMs = Latency()
  /// The same in more places, ascending.
  public var percentiles: [Percentile] = []
  /// Answered that someone else was faster: no error.
  public var refused = 0
  public var errors = 0
  /// By code: the server's own, and MALFORMED, CONNECTION_LOST and NO_REPLY.
  public var outcomes: [String: Int] = [:]

  public init() {}
}

/// How a ramp went.
public struct RampReport: Encodable, Equatable, Sendable {
  public struct Step: Encodable, Equatable, Sendable {
    public let requestsPerSecond: Double
    public let answeredPerSecond: Double
    public let p99Ms: Double
    public let errors: Int
    public let isKept: Bool

    public init(
      requestsPerSecond: Double, answeredPerSecond: Double, p99Ms: Double, errors: Int, isKept: Bool
    ) {
      self.requestsPerSecond = requestsPerSecond
      self.answeredPerSecond = answeredPerSecond
      self.p99Ms = p99Ms
      self.errors = errors
      self.isKept = isKept
    }
  }

  public var steps: [Step] = []
  /// The highest rate that was kept; nil when none was.
  public var keptPerSecond: Double?
  /// The lowest rate that was not kept; nil when all were.
  public var brokenPerSecond: Double?
  /// What a step had to keep: "p99 at most 20 ms, at least 95 % answered".
  public var condition = ""

  public init() {}

  /// "The knee is between 10,000 and 11,000 requests a second".
  public var verdict: String {
    switch (keptPerSecond, brokenPerSecond) {
    case (let kept?, let broken?):
      "the knee is between \(grouped(kept)) and \(grouped(broken)) requests a second"
    case (let kept?, nil): "no knee up to \(grouped(kept)) requests a second"
    case (nil, let broken?): "not even \(grouped(broken)) requests a second were kept"
    case (nil, nil): "no step was run"
    }
  }
}
