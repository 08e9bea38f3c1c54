extension RunReport {
  /// A summary for a CI's page.
  public var markdown: String {
    let all = calls.count > 1 ? calls + [total] : calls
    let rows = all.map { calls in
      [calls.kind, "\(grouped(Double(calls.count)))", grouped(calls.perSecond)]
        + [calls.latencyMs.p50, calls.latencyMs.p99, calls.latencyMs.p999].map(rounded)
        + ["\(calls.refused)", "\(calls.errors)"]
    }
    let facts = [ramp.map { "Ramp: \($0.verdict)." }, slowReading?.sentence].compactMap { $0 }
    return markdownPage(
      heading, passed: hasPassed, checks: checks,
      facts: facts
        + ["\(configurationLine). This client needed \(rounded(clientMicroseconds)) µs a call."],
      header: ["call", "count", "per s", "p50 ms", "p99 ms", "p99.9 ms", "refused", "errors"],
      rows: rows)
  }
}

extension CheckReport {
  /// A summary for a CI's page.
  public var markdown: String {
    let rows = self.rows.map { row in
      [
        row.scenario, grouped(row.perSecond), rounded(row.p50Ms), rounded(row.p99Ms),
        rounded(row.serverMicroseconds), rounded(row.clientMicroseconds),
        row.echoPerSecond.map(grouped) ?? "", row.echoMicroseconds.map(rounded) ?? "",
      ]
    }
    return markdownPage(
      heading, passed: hasPassed, checks: checks,
      facts: [
        "\(rounds) rounds on \(grouped(Double(therapists))) therapists; medians. \(heading.machine)"
      ],
      header: [
        "load", "per s", "p50 ms", "p99 ms", "server µs", "client µs", "echo per s", "echo µs",
      ],
      rows: rows)
  }
}

extension RunReport.SlowReading {
  /// What became of them.
  var sentence: String {
    "Of \(connections) slow readers \(pushedBack) were pushed back and \(cut) cut; the others kept"
      + " \(rounded(othersShare * 100)) % of their throughput."
  }
}

private func markdownPage(
  _ heading: Heading, passed: Bool, checks: [Check], facts: [String], header: [String],
  rows: [[String]]
) -> String {
  var lines = [
    "## \(passed ? "✅" : "❌") seduta-load \(cell(heading.title))", "", cell(heading.summary), "",
  ]
  lines += checks.filter { !$0.isKept }.map { "- **\(cell($0.failure))**" }
  if !passed { lines.append("") }
  lines += facts.flatMap { [cell($0), ""] }
  lines += table(header, rows)
  lines.append("")
  lines += table(
    ["", "check", "reached", "allowed"],
    checks.map { [$0.isKept ? "✅" : "❌", cell($0.name), cell($0.reached), cell($0.limit)] })
  lines += [
    "",
    "seduta-load \(heading.harnessVersion), server \(cell(heading.serverVersion)),"
      + " \(heading.startTime), \(rounded(heading.seconds)) s", "",
  ]
  return lines.joined(separator: "\n")
}

private func table(_ header: [String], _ rows: [[String]]) -> [String] {
  let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
  let rule = header.enumerated().map { $0.offset == 0 ? "---" : "---:" }
  return [line(header), line(rule)] + rows.map(line)
}

/// Text that neither ends a table's cell nor begins markup.
private func cell(_ text: String) -> String {
  text.replacing("\n", with: " ").replacing("|", with: "\\|").replacing("<", with: "&lt;")
}
