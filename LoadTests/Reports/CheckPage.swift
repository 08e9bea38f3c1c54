extension CheckReport {
  /// A page with each ratio beside its threshold.
  public var html: String {
    let loads = self.rows.map { row in
      [
        escaped(row.scenario), grouped(row.perSecond), rounded(row.p50Ms), rounded(row.p99Ms),
        rounded(row.serverMicroseconds), rounded(row.clientMicroseconds),
        row.echoPerSecond.map(grouped) ?? "", row.echoMicroseconds.map(rounded) ?? "",
      ]
    }
    let header = [
      "load", "per s", "p50 ms", "p99 ms", "server µs", "client µs", "echo per s", "echo µs",
    ]
    return Page(
      heading: heading, passed: hasPassed, checks: checks,
      facts: [
        "\(rounds) rounds on \(grouped(Double(therapists))) therapists; medians."
          + " µs are processor time a call."
      ],
      sections: [
        Page.section("Ratios", Self.key + ratios.map(Self.bar).joined(separator: "\n")),
        Page.section("Loads", Page.table(header, loads)),
      ]
    ).html
  }

  private static let key =
    "<p>The bar spans all rounds; the dot is their median, which is judged; the dashed line is the"
    + " threshold. Each on a logarithmic scale of its own.</p>\n"

  /// All rounds as a bar, the median as a dot, the threshold as a line.
  private static func bar(_ ratio: Ratio) -> String {
    let limit = ratio.atLeast ?? ratio.atMost ?? 1
    let values = [ratio.least, ratio.median, ratio.most, limit].filter { $0 > 0 }
    let range = (values.min() ?? 0.1) / 1.3...(values.max() ?? 1) * 1.3
    let width = Plot.width
    let x = { (value: Double) in
      Plot.fixed(Plot.Scale.logarithmic.place(value, in: range) * (width - 16) + 8)
    }
    let colour = ratio.isKept ? 3 : 6
    let allowed = ratio.atLeast.map { "at least \(rounded($0))" }
    let words = "\(rounded(ratio.median)), \(allowed ?? "at most \(rounded(limit))")"
    return """
      <p><strong>\(escaped(ratio.title))</strong>: \(escaped(words))</p>
      <svg viewBox="0 0 \(Int(width)) 22" role="img" aria-label="\(escaped(ratio.title))">
      <line class="grid" x1="0" x2="\(Int(width))" y1="11" y2="11"/>
      <line class="bar l\(colour)" x1="\(x(ratio.least))" x2="\(x(ratio.most))" y1="11" y2="11" opacity="0.45"/>
      <circle class="d\(colour)" cx="\(x(ratio.median))" cy="11" r="6"/>
      <line class="limit-mark" x1="\(x(limit))" x2="\(x(limit))" y1="1" y2="21"/>
      </svg>
      """
  }
}
