/// A page that needs no other file: styles and plots are in it, scripts there are none.
struct Page {
  let heading: Heading
  let passed: Bool
  let checks: [Check]
  /// Sentences below the heading.
  let facts: [String]
  /// HTML, in order.
  let sections: [String]

  var html: String {
    let verdict = passed ? "passed" : "failed"
    let body = [
      "<header>", "<h1>\(escaped(heading.title))</h1>",
      #"<span class="verdict \#(verdict)">\#(verdict)</span>"#, "</header>",
      #"<p class="summary">\#(escaped(heading.summary))</p>"#,
      facts.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"),
      sections.joined(separator: "\n"), checksSection,
      "<footer>seduta-load \(escaped(heading.harnessVersion)), server"
        + " \(escaped(heading.serverVersion)), \(escaped(heading.startTime)),"
        + " \(rounded(heading.seconds)) s, \(escaped(heading.machine))</footer>",
    ]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(heading.title)) \(verdict), seduta-load</title>
      <style>
      \(Self.styles)
      </style>
      </head>
      <body>
      <main>
      \(body.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// A section with a plot.
  static func section(_ plot: Plot) -> String {
    section(plot.title, plot.legend + "\n<figure>\(plot.svg)</figure>")
  }

  static func section(_ title: String, _ content: String) -> String {
    "<section>\n<h2>\(escaped(title))</h2>\n\(content)\n</section>"
  }

  /// The first cell of each row is its name; the others are numbers. Cells are HTML.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    let head = header.map { "<th>\(escaped($0))</th>" }.joined()
    let lines = rows.map { row in
      "<tr>"
        + row.enumerated().map { place, cell in
          place == 0 ? #"<th scope="row">\#(cell)</th>"# : "<td>\(cell)</td>"
        }.joined() + "</tr>"
    }
    return #"<div class="wide"><table>"# + "\n<thead><tr>\(head)</tr></thead>\n<tbody>\n"
      + lines.joined(separator: "\n") + "\n</tbody></table></div>"
  }

  private var checksSection: String {
    var said: Set<String> = []
    let rows = checks.map { check in
      // The same reason under every other line would hide those that differ.
      let isNews = said.insert(check.reason).inserted || !check.isKept
      let reason = isNews ? #"<span class="reason">\#(escaped(check.reason))</span>"# : ""
      let verdict = check.isKept ? "passed" : "failed"
      return #"<li class="\#(verdict)"><strong>\#(escaped(check.name))</strong>"#
        + #"<span class="reached">\#(escaped(check.reached))</span>"#
        + #"<span class="limit">\#(escaped(check.limit))</span>\#(reason)</li>"#
    }
    return Self.section(
      "Checks", #"<ul class="checks">"# + "\n" + rows.joined(separator: "\n") + "\n</ul>")
  }

  private static let styles = """
    :root {
      --ground: #fbfaf8; --card: #fff; --ink: #1d1c1a; --soft: #6b6862; --rule: #e4e1db;
      --good: #1d7a46; --bad: #b3261e;
      --c1: #2558c4; --c2: #b4540a; --c3: #1d7a46; --c4: #8a3bb0; --c5: #0b7c86; --c6: #a3264b;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #171614; --card: #201f1c; --ink: #eceae5; --soft: #a09c94; --rule: #37352f;
        --good: #62c78c; --bad: #f2857d;
        --c1: #82aaff; --c2: #f0a35e; --c3: #62c78c; --c4: #cf95ef; --c5: #5cc9d4; --c6: #f28aa9;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--ground); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
    main { max-width: 960px; margin: 0 auto; padding: 32px 20px 48px; }
    header { display: flex; align-items: center; gap: 14px; }
    h1 { font-size: 26px; line-height: 1.2; margin: 0; }
    h2 { font-size: 15px; margin: 0 0 10px; }
    .verdict { font-size: 13px; font-weight: 600; padding: 2px 10px; border-radius: 999px;
      border: 1px solid currentColor; }
    .verdict.passed { color: var(--good); }
    .verdict.failed { color: var(--bad); }
    .summary { font-size: 17px; margin: 10px 0 6px; }
    p { margin: 4px 0; color: var(--soft); }
    p.summary { color: var(--ink); }
    section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px;
      padding: 16px 18px; margin: 16px 0 0; }
    figure { margin: 0; }
    svg { display: block; width: 100%; height: auto; }
    svg text { fill: var(--soft); font-size: 11.5px; font-variant-numeric: tabular-nums; }
    .grid { stroke: var(--rule); stroke-width: 1; }
    .axis { stroke: var(--soft); stroke-width: 1; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    .bar { stroke-width: 8; stroke-linecap: round; }
    .limit-mark { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 3 3; }
    .l1 { stroke: var(--c1); } .l2 { stroke: var(--c2); } .l3 { stroke: var(--c3); }
    .l4 { stroke: var(--c4); } .l5 { stroke: var(--c5); } .l6 { stroke: var(--c6); }
    .d1 { fill: var(--c1); } .d2 { fill: var(--c2); } .d3 { fill: var(--c3); }
    .d4 { fill: var(--c4); } .d5 { fill: var(--c5); } .d6 { fill: var(--c6); }
    .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 6px; font-size: 13px; }
    .swatch { display: inline-block; width: 14px; height: 3px; border-radius: 2px;
      vertical-align: middle; margin-right: 6px; }
    .s1 { background: var(--c1); } .s2 { background: var(--c2); } .s3 { background: var(--c3); }
    .s4 { background: var(--c4); } .s5 { background: var(--c5); } .s6 { background: var(--c6); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { text-align: right; padding: 5px 8px; border-top: 1px solid var(--rule);
      white-space: nowrap; }
    thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: 13px; }
    th:first-child { text-align: left; padding-left: 0; }
    tbody th { font-weight: 600; }
    .checks { list-style: none; margin: 0; padding: 0; }
    .checks li { display: grid; grid-template-columns: 1.2em 1fr auto; column-gap: 8px;
      padding: 7px 0; border-top: 1px solid var(--rule); }
    .checks li:first-child { border-top: 0; }
    .checks li::before { content: "✓"; color: var(--good); font-weight: 700; grid-row: 1 / span 3; }
    .checks li.failed::before { content: "✗"; color: var(--bad); }
    .checks li.failed strong { color: var(--bad); }
    .checks .limit { color: var(--soft); text-align: right; grid-column: 3; grid-row: 1; }
    .checks .reached { grid-column: 2 / span 2; grid-row: 2; overflow-wrap: anywhere; }
    .checks .reason { grid-column: 2 / span 2; grid-row: 3; color: var(--soft); font-size: 13px; }
    footer { margin-top: 20px; color: var(--soft); font-size: 13px; }
    """
}
