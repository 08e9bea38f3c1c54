internal import Foundation
internal import Workload

/// What a run must keep to pass.
struct PassLimits: Sendable {
  let p99MaxMs: Double?
  let errorsMax: Int
}

/// All workers' results, and what was read back, put together.
struct Findings: Sendable {
  var tally = Tally()
  var windowSeconds = 0.0
  var unsent = 0
  var connectionsLost: [String] = []
  var violations: [Violation] = []
  var violationCount = 0
  var readBack = 0
  var clientProcessorSeconds = 0.0
  /// What went wrong outside the calls that are counted, in words.
  var troubles: [String] = []

  mutating func add(_ result: WorkerResult) {
    tally.add(result.tally)
    windowSeconds = max(
      windowSeconds,
      Double(result.window.endNs - min(result.window.startNs, result.window.endNs)) / 1e9)
    unsent += result.unsent
    connectionsLost += result.connectionsLost
    violations += result.violations
    violationCount += result.violationCount
  }

  mutating func add(_ readBack: ReadBack) {
    self.readBack = readBack.checked
    violations += readBack.violations
    violationCount += readBack.violations.count
  }

  /// Why the run failed; empty: it passed.
  func failures(_ limits: PassLimits) -> [String] {
    let total = tally.total
    let errors = total.errors + connectionsLost.count
    let p99Ms = Double(total.latency.ns(atPercentile: 99)) / 1e6
    var failures = troubles
    if violationCount > 0 { failures.append("\(violationCount) violations") }
    if errors > limits.errorsMax {
      failures.append("\(errors) errors, \(limits.errorsMax) allowed")
    }
    if let maxMs = limits.p99MaxMs, p99Ms > maxMs {
      failures.append(String(format: "p99 is %.3f ms, %.3f allowed", p99Ms, maxMs))
    }
    if total.latency.count == 0 { failures.append("no call was answered in the window") }
    return failures
  }

  func report(
    _ plan: RunPlan, limits: PassLimits, population: Population, serverVersion: String,
    startMs: Int64
  ) -> Report {
    let kinds = CallKind.allCases.filter { tally[$0].count > 0 }
    let start = Date(timeIntervalSince1970: Double(startMs) / 1e3)
    return Report(
      harnessVersion: harnessVersion, serverVersion: serverVersion,
      startTime: start.ISO8601Format(), configuration: Report.Configuration(plan, limits: limits),
      therapists: population.offerings.count, clients: population.clientIDs.count,
      windowSeconds: windowSeconds, clientProcessorSeconds: clientProcessorSeconds,
      total: Report.Calls(tally.total, windowSeconds: windowSeconds),
      calls: Dictionary(
        uniqueKeysWithValues: kinds.map {
          ($0.rawValue, Report.Calls(tally[$0], windowSeconds: windowSeconds))
        }),
      unsent: unsent, connectionsLost: connectionsLost, readBack: readBack,
      violations: Report.Violations(
        count: violationCount,
        first: violations.prefix(Auditor.violationsKeptMax).map(\.description)),
      failures: failures(limits))
  }
}
