internal import Foundation
internal import Workload

/// What a run found, as it is written to JSON; the table shows the same.
struct Report: Encodable, Sendable {
  struct Configuration: Encodable, Sendable {
    let host: String
    let port: UInt16
    let loop: String
    let connections: Int
    let threads: Int
    /// Closed loop.
    let pipeline: Int?
    /// Open loop.
    let requestsPerSecond: Double?
    let warmUpSeconds: Double
    let durationSeconds: Double
    let mix: String
    let seed: UInt64
    let p99MaxMs: Double?
    let errorsMax: Int
  }

  struct Percentiles: Encodable, Sendable {
    let mean: Double
    let p50: Double
    let p90: Double
    let p99: Double
    let p999: Double
    let max: Double
  }

  /// Calls of a kind, or all of them.
  struct Calls: Encodable, Sendable {
    /// That should have been sent in the window, whatever became of them.
    let count: Int
    /// Answered inside the window, over its length.
    let perSecond: Double
    /// From when a call should have been sent until its reply was read.
    let latencyMs: Percentiles
    /// Answered that someone else was faster: no error.
    let refused: Int
    let errors: Int
    /// By code: the server's own, and MALFORMED, CONNECTION_LOST and NO_REPLY.
    let outcomes: [String: Int]
  }

  struct Violations: Encodable, Sendable {
    let count: Int
    let first: [String]
  }

  let harnessVersion: String
  let serverVersion: String
  let startTime: String
  let configuration: Configuration
  let therapists: Int
  let clients: Int
  /// How long was measured.
  let windowSeconds: Double
  /// Processor time that this client used, warm-up included.
  let clientProcessorSeconds: Double
  let total: Calls
  let calls: [String: Calls]
  /// Open loop: requests that should have been sent and never were.
  let unsent: Int
  let connectionsLost: [String]
  /// Bookings and cancellations that were read back.
  let readBack: Int
  let violations: Violations
  /// Why the run failed; empty: it passed.
  let failures: [String]

  /// The report as JSON, keys in snake_case.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

extension Report.Calls {
  init(_ tally: KindTally, windowSeconds: Double) {
    let ms = { (ns: UInt64) in Double(ns) / 1e6 }
    count = tally.count
    perSecond = windowSeconds > 0 ? Double(tally.answeredInWindow) / windowSeconds : 0
    latencyMs = Report.Percentiles(
      mean: tally.latency.meanNs / 1e6, p50: ms(tally.latency.ns(atPercentile: 50)),
      p90: ms(tally.latency.ns(atPercentile: 90)), p99: ms(tally.latency.ns(atPercentile: 99)),
      p999: ms(tally.latency.ns(atPercentile: 99.9)), max: ms(tally.latency.maxNs))
    refused = tally.refused
    errors = tally.errors
    var outcomes = tally.ok > 0 ? ["OK": tally.ok] : [:]
    for (outcome, count) in tally.others { outcomes[outcome.name, default: 0] += count }
    self.outcomes = outcomes
  }
}

extension Report.Configuration {
  init(_ plan: RunPlan, limits: PassLimits) {
    host = plan.endpoint.host
    port = plan.endpoint.port
    switch plan.loop {
    case .closed(let pipeline):
      loop = "closed"
      self.pipeline = pipeline
      requestsPerSecond = nil
    case .open(let rate):
      loop = "open"
      pipeline = nil
      requestsPerSecond = rate
    }
    connections = plan.connections
    threads = plan.threads
    warmUpSeconds = Double(plan.warmUpNs) / 1e9
    durationSeconds = Double(plan.durationNs) / 1e9
    mix = plan.mixName
    seed = plan.seed
    p99MaxMs = limits.p99MaxMs
    errorsMax = limits.errorsMax
  }
}
