extension RunReport {
  /// A page with plots of latency by percentile and of throughput and latency over time.
  public var html: String {
    var sections: [String] = []
    sections += ramp.map { [Self.rampSection($0)] } ?? []
    sections.append(callsSection)
    sections.append(Page.section(percentilePlot))
    sections += moments.count > 1 ? [throughputPlot, latencyPlot].map(Page.section) : []
    if violations.count > 0 {
      let list = violations.first.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n")
      sections.append(Page.section("\(violations.count) violations, the first", "<ol>\(list)</ol>"))
    }
    let facts = [
      configurationLine + ".", slowReading?.sentence,
      besidePerSecond.map { "Beside it: \(grouped($0)) bookings and cancellations a second." },
      "This client needed \(rounded(clientMicroseconds)) µs of processor time a call.",
    ]
    return Page(
      heading: heading, passed: hasPassed, checks: checks, facts: facts.compactMap(\.self),
      sections: sections
    ).html
  }

  private var callsSection: String {
    let rows = (calls.count > 1 ? calls + [total] : calls).map { calls in
      let latency = calls.latencyMs
      return [escaped(calls.kind), grouped(Double(calls.count)), grouped(calls.perSecond)]
        + [latency.p50, latency.p90, latency.p99, latency.p999, latency.max].map(rounded)
        + ["\(calls.refused)", "\(calls.errors)"]
    }
    return Page.section(
      "Calls",
      Page.table(
        [
          "call", "count", "per s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "refused",
          "errors",
        ], rows))
  }

  /// Ever rarer calls have as much room as the many: nine tenths, nine tenths of the rest, and so on.
  private var percentilePlot: Plot {
    let lines = calls.map { calls in
      let shown = calls.percentiles.filter { $0.percent < 100 && $0.ms > 0 }
      return Plot.Line(
        name: calls.kind, points: shown.map { (1 / (1 - $0.percent / 100), $0.ms) })
    }
    let rarest = lines.flatMap(\.points).map(\.x).max() ?? 1
    let ticks =
      [(1.0, "0"), (2, "50 %"), (10, "90 %"), (100, "99 %"), (1e3, "99.9 %")]
      + [(1e4, "99.99 %"), (1e5, "99.999 %")]
    return Plot(
      title: "Latency by percentile",
      x: .init(
        title: "so many calls took no longer", scale: .logarithmic,
        ticks: ticks.filter { $0.0 <= rarest * 1.001 }),
      y: .init(title: "ms", scale: .logarithmic), lines: lines)
  }

  private var throughputPlot: Plot {
    Plot(
      title: "Throughput over time", x: .init(title: "seconds, warm-up included", scale: .linear),
      y: .init(title: "calls a second", scale: .linear),
      lines: [Plot.Line(name: "answered", points: moments.map { ($0.seconds, $0.perSecond) })])
  }

  private var latencyPlot: Plot {
    Plot(
      title: "Latency over time", x: .init(title: "seconds, warm-up included", scale: .linear),
      y: .init(title: "ms", scale: .logarithmic),
      lines: [
        Plot.Line(
          name: "p50", points: moments.filter { $0.p50Ms > 0 }.map { ($0.seconds, $0.p50Ms) }),
        Plot.Line(
          name: "p99", points: moments.filter { $0.p99Ms > 0 }.map { ($0.seconds, $0.p99Ms) }),
      ])
  }

  private static func rampSection(_ ramp: RampReport) -> String {
    let steps = ramp.steps.sorted { $0.requestsPerSecond < $1.requestsPerSecond }
    let rate = Plot.Axis(title: "offered requests a second", scale: .linear)
    let answered = Plot(
      title: "Answered", x: rate, y: .init(title: "answered a second", scale: .linear),
      lines: [
        Plot.Line(
          name: "offered", points: steps.map { ($0.requestsPerSecond, $0.requestsPerSecond) }),
        Plot.Line(
          name: "answered", points: steps.map { ($0.requestsPerSecond, $0.answeredPerSecond) }),
      ], marksPoints: true)
    let latency = Plot(
      title: "p99", x: rate, y: .init(title: "p99, ms", scale: .logarithmic),
      lines: [Plot.Line(name: "p99", points: steps.map { ($0.requestsPerSecond, $0.p99Ms) })],
      marksPoints: true)
    let rows = ramp.steps.map { step in
      [
        grouped(step.requestsPerSecond), grouped(step.answeredPerSecond), rounded(step.p99Ms),
        "\(step.errors)", step.isKept ? "kept" : "broken",
      ]
    }
    let sentence = ramp.verdict.prefix(1).uppercased() + ramp.verdict.dropFirst()
    return Page.section(
      "Ramp",
      """
      <p>\(escaped(sentence)): \(escaped(ramp.condition)).</p>
      \(answered.legend)
      <figure>\(answered.svg)</figure>
      <figure>\(latency.svg)</figure>
      \(Page.table(["offered per s", "answered per s", "p99 ms", "errors", ""], rows))
      """)
  }
}
