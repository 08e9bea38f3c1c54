internal import Foundation

extension RunReport {
  /// The report for a person.
  public var table: String {
    var lines = [
      "seduta-load \(heading.harnessVersion) against \(heading.serverVersion) at"
        + " \(configuration.host):\(configuration.port): \(configurationLine)",
      "", Self.header,
    ]
    lines += calls.map(Self.row)
    if calls.count > 1 { lines.append(Self.row(total)) }
    lines.append("")
    lines += ramp.map(Self.rampLines) ?? []
    lines += calls.compactMap(Self.outcomeLine)
    if let besidePerSecond {
      lines.append("beside it: \(grouped(besidePerSecond)) bookings and cancellations a second")
    }
    if let slowReading { lines.append(slowReading.sentence) }
    if unsent > 0 {
      lines.append("not sent in time: \(unsent) (the server is slower than the rate)")
    }
    for reason in Set(connectionsLost).sorted() {
      let count = connectionsLost.count { $0 == reason }
      lines.append("connections lost: \(count) (\(reason))")
    }
    if readBack > 0 { lines.append("read back: \(readBack) bookings and cancellations") }
    lines.append("client: \(rounded(clientMicroseconds)) µs of processor time a call")
    if violations.count > 0 { lines.append("violations: \(violations.count), the first:") }
    lines += violations.first.prefix(Self.violationsShownMax).map { "  \($0)" }
    lines += verdictLines(checks)
    return lines.joined(separator: "\n")
  }

  /// "95 % search, 5 % book, 20 s, 8 connections, closed loop, 16 in flight on each, …".
  var configurationLine: String {
    let how =
      switch configuration.loop {
      case "closed": "closed loop, \(configuration.pipeline ?? 1) in flight on each"
      case "open": "open loop, \(grouped(configuration.requestsPerSecond ?? 0)) requests/s"
      default: "a ramp"
      }
    let churn = configuration.callsPerConnection.map { ", closed after \($0) calls" } ?? ""
    return "\(configuration.mix), \(rounded(windowSeconds)) s, \(configuration.connections)"
      + " connections\(churn), \(how), \(grouped(Double(configuration.therapists))) therapists,"
      + " seed \(configuration.seed)"
  }

  /// The report as JSON has more.
  private static let violationsShownMax = 5

  private static func outcomeLine(_ calls: Calls) -> String? {
    let others = calls.outcomes.filter { $0.key != "OK" }.sorted { $0.key < $1.key }
    if others.isEmpty { return nil }
    return "\(calls.kind): " + others.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private static func rampLines(_ ramp: RampReport) -> [String] {
    ramp.steps.map { step in
      String(
        format: "%9.0f/s offered  %9.0f/s answered  p99 %9.3f ms  %@", step.requestsPerSecond,
        step.answeredPerSecond, step.p99Ms, step.isKept ? "kept" : "broken")
    } + ["\(ramp.verdict) (\(ramp.condition))"]
  }

  private static let header = columns(
    ["call", "count", "per s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "refused"]
      + ["errors"])

  private static func row(_ calls: Calls) -> String {
    let latency = calls.latencyMs
    let percentiles = [latency.p50, latency.p90, latency.p99, latency.p999, latency.max]
    return columns(
      [calls.kind, "\(calls.count)", String(format: "%.0f", calls.perSecond)]
        + percentiles.map { String(format: "%.3f", $0) } + ["\(calls.refused)", "\(calls.errors)"])
  }
}

extension CheckReport {
  /// The report for a person.
  public var table: String {
    var lines = [
      "seduta-load \(heading.harnessVersion) ci against \(heading.serverVersion):"
        + " \(grouped(Double(therapists))) therapists, medians of \(rounds) rounds",
      "",
      columns([
        "load", "per s", "p50 ms", "p99 ms", "server µs", "client µs", "echo per s", "echo µs",
        "client",
      ]),
    ]
    lines += rows.map { row in
      columns([
        row.scenario, grouped(row.perSecond), rounded(row.p50Ms), rounded(row.p99Ms),
        rounded(row.serverMicroseconds), rounded(row.clientMicroseconds),
        row.echoPerSecond.map(grouped) ?? "", row.echoMicroseconds.map(rounded) ?? "",
        row.echoClientMicroseconds.map(rounded) ?? "",
      ])
    }
    lines.append("")
    lines += ratios.map { ratio in
      let limit =
        ratio.atLeast.map { "at least \(rounded($0))" } ?? "at most \(rounded(ratio.atMost ?? 0))"
      let verdict = heading.title == "goals" ? ("reached", "not yet") : ("kept   ", "BROKEN ")
      return "\(ratio.isKept ? verdict.0 : verdict.1) \(ratio.title): \(rounded(ratio.median))"
        + " (\(rounded(ratio.least)) to \(rounded(ratio.most))), \(limit)"
    }
    return (lines + verdictLines(checks)).joined(separator: "\n")
  }
}

private func verdictLines(_ checks: [Check]) -> [String] {
  let broken = checks.filter { !$0.isKept }
  return broken.isEmpty ? ["passed"] : broken.map { "FAILED: \($0.failure)" }
}

private func columns(_ cells: [String]) -> String {
  let widths = [20, 10, 9, 9, 10, 10, 11, 9, 8, 7]
  return zip(cells, widths).enumerated().map { place, cell in
    let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
    return place == 0 ? cell.0 + padding : padding + cell.0
  }.joined(separator: " ")
}
