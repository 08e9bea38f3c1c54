/// What a load measured of one server, in one round.
public struct Sample: Equatable, Sendable {
  /// Calls answered a second.
  public let callsPerSecond: Double
  /// Half of the calls took no longer, and 99 of 100.
  public let p50Ms: Double
  public let p99Ms: Double
  /// Processor time of each side for each call, in microseconds.
  public let serverMicroseconds: Double
  public let clientMicroseconds: Double

  public init(
    callsPerSecond: Double, p50Ms: Double, p99Ms: Double, serverMicroseconds: Double,
    clientMicroseconds: Double
  ) {
    self.callsPerSecond = callsPerSecond
    self.p50Ms = p50Ms
    self.p99Ms = p99Ms
    self.serverMicroseconds = serverMicroseconds
    self.clientMicroseconds = clientMicroseconds
  }

  func value(of measure: Threshold.Measure) -> Double {
    switch measure {
    case .throughput: callsPerSecond
    case .medianLatency: p50Ms
    case .serverTime: serverMicroseconds
    }
  }
}

/// What a server must reach, as a ratio of two loads of the same round: machines differ, and drift by
/// more than a server ever gets slower in one change.
public struct Threshold: Equatable, Sendable {
  /// What is compared.
  public enum Measure: String, CaseIterable, Sendable {
    case throughput
    case medianLatency = "median_latency"
    case serverTime = "server_time"
  }

  /// What it is compared with.
  public enum Baseline: Equatable, Sendable {
    /// The same load on a server that only echoes frames of the same sizes.
    case echo
    /// Another scenario on the same server.
    case scenario(String)
  }

  public enum Bound: Equatable, Sendable {
    case atLeast(Double)
    case atMost(Double)
  }

  public let scenario: String
  public let measure: Measure
  public let baseline: Baseline
  public let bound: Bound
  /// Why this number, and what it means when it is not kept.
  public let reason: String

  /// "q1 throughput / echo".
  public var title: String {
    let other =
      switch baseline {
      case .echo: "echo"
      case .scenario(let name): name
      }
    return "\(scenario) \(measure.rawValue.replacing("_", with: " ")) / \(other)"
  }

  /// The loads on the server that it needs.
  public var scenarios: [String] {
    switch baseline {
    case .echo: [scenario]
    case .scenario(let other): [scenario, other]
    }
  }

  /// "at least 0.5".
  public var limit: String {
    switch bound {
    case .atLeast(let least): "at least \(least)"
    case .atMost(let most): "at most \(most)"
    }
  }

  /// Holds it against what was measured; nil where a load that it needs is missing in every round.
  public func judge(_ rounds: [Round]) -> Judgement? {
    let ratios = rounds.compactMap(ratio)
    guard let median = Thresholds.median(ratios), let least = ratios.min(), let most = ratios.max()
    else {
      return nil
    }
    let isKept =
      switch bound {
      case .atLeast(let bound): median >= bound
      case .atMost(let bound): median <= bound
      }
    return Judgement(threshold: self, median: median, least: least, most: most, isKept: isKept)
  }

  private func ratio(in round: Round) -> Double? {
    let other =
      switch baseline {
      case .echo: round.echo[scenario]
      case .scenario(let name): round.server[name]
      }
    guard let one = round.server[scenario]?.value(of: measure),
      let base = other?.value(of: measure), base > 0
    else { return nil }
    return one / base
  }
}

/// The middle one, or the mean of the two in the middle; nil of none. One round that went wrong does not
/// count.
public func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

/// What one round measured, by the scenario's name.
public struct Round: Equatable, Sendable {
  public var server: [String: Sample] = [:]
  public var echo: [String: Sample] = [:]

  public init() {}
}

/// A threshold, and what was reached.
public struct Judgement: Equatable, Sendable {
  public let threshold: Threshold
  /// Of the ratios of all rounds.
  public let median: Double
  public let least: Double
  public let most: Double
  public let isKept: Bool

  /// "0.52 (0.48 to 0.55)".
  public var reached: String {
    "\(Self.shown(median)) (\(Self.shown(least)) to \(Self.shown(most)))"
  }

  /// Three digits are more than a ratio is worth.
  private static func shown(_ ratio: Double) -> String {
    let factor = ratio < 0.1 ? 10_000.0 : ratio < 10 ? 1_000 : 10
    return "\((ratio * factor).rounded() / factor)"
  }
}
