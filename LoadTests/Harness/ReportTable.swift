internal import Foundation
internal import Workload

extension Report {
  /// The report for a person.
  var table: String {
    var lines = [summary, "", Self.header]
    for kind in CallKind.allCases {
      if let calls = calls[kind.rawValue] { lines.append(Self.row(kind.rawValue, calls)) }
    }
    if calls.count > 1 { lines.append(Self.row("all", total)) }
    lines.append("")
    lines += outcomeLines
    if unsent > 0 {
      lines.append("not sent in time: \(unsent) (the server is slower than the rate)")
    }
    for reason in Set(connectionsLost).sorted() {
      let count = connectionsLost.count { $0 == reason }
      lines.append("connections lost: \(count) (\(reason))")
    }
    if readBack > 0 { lines.append("read back: \(readBack) bookings and cancellations") }
    if violations.count > 0 { lines.append("violations: \(violations.count), the first:") }
    lines += violations.first.prefix(Self.violationsShownMax).map { "  \($0)" }
    lines.append(failures.isEmpty ? "passed" : "FAILED: " + failures.joined(separator: "; "))
    return lines.joined(separator: "\n")
  }

  /// The report as JSON has more.
  private static let violationsShownMax = 5

  private var summary: String {
    let how =
      if let rate = configuration.requestsPerSecond {
        String(format: "open loop, %.0f requests/s", rate)
      } else {
        "closed loop, \(configuration.pipeline ?? 1) in flight on each"
      }
    let length = String(format: "%.1f s", windowSeconds)
    return "seduta-load \(harnessVersion) against \(serverVersion) at \(configuration.host):"
      + "\(configuration.port): \(configuration.mix), \(length), \(configuration.connections)"
      + " connections, \(how), \(therapists) therapists, seed \(configuration.seed)"
  }

  private var outcomeLines: [String] {
    calls.sorted { $0.key < $1.key }.compactMap { name, calls in
      let others = calls.outcomes.filter { $0.key != "OK" }.sorted { $0.key < $1.key }
      if others.isEmpty { return nil }
      return "\(name): " + others.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  private static let header = row(
    ["call", "count", "per s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "refused"]
      + ["errors"])

  private static func row(_ name: String, _ calls: Calls) -> String {
    let latency = calls.latencyMs
    let percentiles = [latency.p50, latency.p90, latency.p99, latency.p999, latency.max]
    return row(
      [name, "\(calls.count)", String(format: "%.0f", calls.perSecond)]
        + percentiles.map { String(format: "%.3f", $0) } + ["\(calls.refused)", "\(calls.errors)"])
  }

  private static func row(_ cells: [String]) -> String {
    let widths = [11, 10, 9, 9, 9, 9, 9, 9, 8, 7]
    return zip(cells, widths).enumerated().map { place, cell in
      let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return place == 0 ? cell.0 + padding : padding + cell.0
    }.joined(separator: " ")
  }
}
