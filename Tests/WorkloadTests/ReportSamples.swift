internal import Reports

/// Reports with every part filled in.
enum Samples {
  private static var heading: Heading {
    var heading = Heading()
    heading.title = "mix"
    heading.summary = "A platform's day."
    heading.harnessVersion = "1.0"
    heading.serverVersion = "2.0"
    heading.startTime = "2026-05-04T03:02:01Z"
    heading.seconds = 12.5
    heading.machine = "2 × Processor"
    return heading
  }

  private static let checks = [
    Check(
      name: "right answers", reached: "no violations", limit: "none", isKept: true, reason: "A."),
    Check(name: "errors", reached: "0 errors", limit: "at most 0", isKept: true, reason: "B."),
    Check(
      name: "p99 latency", reached: "12.5 ms", limit: "at most 10.0 ms", isKept: false, reason: "C."
    ),
  ]

  static var run: RunReport {
    var report = RunReport()
    report.heading = heading
    report.configuration = configuration
    report.windowSeconds = 10
    report.clientMicroseconds = 1.04
    report.calls = [calls("search", 95_000, ms: 1), calls("book", 5_000, ms: 8, refused: 3)]
    report.total = calls("all", 100_000, ms: 1.2, refused: 3)
    report.moments = [(1.0, 9_500.0), (2, 9_000), (3, 9_500), (4, 9_000)].map { moment in
      RunReport.Moment(seconds: moment.0, perSecond: moment.1, p50Ms: 0.5, p99Ms: moment.0)
    }
    report.ramp = ramp
    report.slowReading = slowReading
    report.besidePerSecond = 1_234
    report.unsent = 2
    report.connectionsLost = ["the server closed the connection"]
    report.readBack = 42
    report.violations = RunReport.Violations(count: 1, first: ["offered <thr_1> while held"])
    report.checks = checks
    return report
  }

  static var check: CheckReport {
    var report = CheckReport()
    report.heading = heading
    report.heading.title = "ci"
    report.therapists = 1_000
    report.rounds = 5
    var row = CheckReport.Row()
    row.scenario = "q1"
    row.perSecond = 400_000
    row.p50Ms = 0.2
    row.p99Ms = 1.5
    row.serverMicroseconds = 1.25
    row.clientMicroseconds = 1
    row.echoPerSecond = 900_000
    row.echoMicroseconds = 0.44
    row.echoClientMicroseconds = 0.9
    var other = CheckReport.Row()
    other.scenario = "q1-beside-bookings"
    other.perSecond = 350_000
    report.rows = [row, other]
    report.ratios = [ratio("q1 throughput / echo", 0.44, least: 0.3, isKept: true), upper]
    report.checks = checks
    return report
  }

  private static var configuration: RunReport.Configuration {
    var configuration = RunReport.Configuration()
    configuration.host = "127.0.0.1"
    configuration.port = 7_390
    configuration.loop = "closed"
    configuration.connections = 8
    configuration.pipeline = 16
    configuration.warmUpSeconds = 2
    configuration.durationSeconds = 10
    configuration.mix = "95 % search, 5 % book"
    configuration.seed = 1
    configuration.therapists = 1_000
    configuration.clients = 6_177
    return configuration
  }

  private static func calls(_ kind: String, _ count: Int, ms: Double, refused: Int = 0) -> Calls {
    var calls = Calls()
    calls.kind = kind
    calls.count = count
    calls.perSecond = Double(count) / 10
    calls.latencyMs.mean = ms
    calls.latencyMs.p50 = ms
    calls.latencyMs.p90 = 2 * ms
    calls.latencyMs.p99 = 4 * ms
    calls.latencyMs.p999 = 8 * ms
    calls.latencyMs.max = 16 * ms
    calls.percentiles = [0, 50, 90, 99, 99.9, 100].enumerated().map { place, percent in
      Calls.Percentile(percent: percent, ms: ms * Double(1 << place))
    }
    calls.refused = refused
    calls.outcomes = ["OK": count - refused]
    if refused > 0 { calls.outcomes["ALREADY_EXISTS"] = refused }
    return calls
  }

  private static var ramp: RampReport {
    var ramp = RampReport()
    ramp.steps = [
      RampReport.Step(
        requestsPerSecond: 1_000, answeredPerSecond: 1_000, p99Ms: 2, errors: 0, isKept: true),
      RampReport.Step(
        requestsPerSecond: 2_000, answeredPerSecond: 1_500, p99Ms: 80, errors: 0, isKept: false),
    ]
    ramp.keptPerSecond = 1_000
    ramp.brokenPerSecond = 2_000
    ramp.condition = "p99 at most 20.0 ms"
    return ramp
  }

  private static var slowReading: RunReport.SlowReading {
    var reading = RunReport.SlowReading()
    reading.connections = 4
    reading.pushedBack = 3
    reading.cut = 1
    reading.bytesRead = 1_000
    reading.repliesRead = 2
    reading.othersShare = 0.97
    return reading
  }

  private static func ratio(
    _ title: String, _ median: Double, least: Double, isKept: Bool
  ) -> CheckReport.Ratio {
    var ratio = CheckReport.Ratio()
    ratio.title = title
    ratio.median = median
    ratio.least = median * 0.9
    ratio.most = median * 1.1
    ratio.atLeast = least
    ratio.isKept = isKept
    ratio.reason = "A hop would halve it."
    return ratio
  }

  private static var upper: CheckReport.Ratio {
    var upper = ratio("q1 server time / echo", 2.84, least: 0, isKept: false)
    upper.atLeast = nil
    upper.atMost = 2.5
    return upper
  }
}
