internal import Reports
internal import Scenarios
internal import Workload

extension RunReport {
  /// What a load found, without what was asked of it.
  init(_ result: LoadResult, moments: [Moment]) {
    self.init()
    windowSeconds = result.windowSeconds
    clientMicroseconds = result.clientMicroseconds
    total = Calls("all", result.tally.total, windowSeconds: windowSeconds)
    calls = CallKind.allCases.filter { result.tally[$0].count > 0 }.map {
      Calls($0.rawValue, result.tally[$0], windowSeconds: windowSeconds)
    }
    self.moments = moments
    unsent = result.unsent
    connectionsOpened = result.linesOpened
    connectionsLost = result.connectionsLost
    readBack = result.readBack
    violations = Violations(
      count: result.violationCount,
      first: result.violations.prefix(Auditor.violationsKeptMax).map(\.description))
  }
}

extension LoadResult {
  /// What every load must keep, and what the scenario asks for.
  func checks(_ limits: Scenario.Limits, of name: String = "") -> [Check] {
    let prefix = name.isEmpty ? "" : "\(name): "
    let calls = tally.total.latency.count
    var checks = [
      answersCheck(prefix),
      Check(
        name: prefix + "errors", reached: "\(errors) errors\(errorsShown)",
        limit: "at most \(limits.errorsMax)", isKept: errors <= limits.errorsMax,
        reason: "A call that fails under load fails for somebody's client."),
      Check(
        name: prefix + "answered calls", reached: "\(calls) calls", limit: "at least 1",
        isKept: calls > 0, reason: "A load that was not answered says nothing."),
    ]
    if let maxMs = limits.p99MaxMs {
      let p99Ms = Double(tally.total.latency.ns(atPercentile: 99)) / 1e6
      checks.append(
        Check(
          name: prefix + "p99 latency", reached: "\(Self.shown(p99Ms)) ms",
          limit: "at most \(Self.shown(maxMs)) ms", isKept: p99Ms <= maxMs,
          reason: "Asked for by the scenario or by --p99-max-ms."))
    }
    return checks
  }

  /// That no answer contradicted what this run knew.
  func answersCheck(_ prefix: String = "") -> Check {
    let wrong = violationCount + troubles.count
    let first = violations.first.map(\.description) ?? troubles.first
    return Check(
      name: prefix + "right answers",
      reached: wrong == 0 ? "no violations" : "\(wrong) violations, the first: \(first ?? "")",
      limit: "none", isKept: wrong == 0,
      reason: "No start may be offered during a booking that this run holds, and every booking that"
        + " was acknowledged must be found afterwards.")
  }

  /// That every call was answered, and every answer right.
  func soundnessCheck(of name: String) -> Check {
    let answers = answersCheck()
    let calls = tally.total.latency.count
    let isKept = answers.isKept && errors == 0 && calls > 0
    return Check(
      name: "\(name): answers",
      reached: isKept
        ? "\(calls) right" : "\(calls), \(errors) errors\(errorsShown), \(answers.reached)",
      limit: "all right, no errors", isKept: isKept, reason: answers.reason)
  }

  private var errorsShown: String {
    var byName: [String: Int] = [:]
    for (outcome, count) in tally.total.others where outcome.isError {
      byName[outcome.name, default: 0] += count
    }
    for reason in connectionsLost { byName[reason, default: 0] += 1 }
    guard !byName.isEmpty else { return "" }
    return " ("
      + byName.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      + ")"
  }

  private static func shown(_ ms: Double) -> String { "\((ms * 1_000).rounded() / 1_000)" }

  /// Takes in what another load of the same run found.
  mutating func add(_ other: LoadResult) {
    tally.add(other.tally)
    windowSeconds += other.windowSeconds
    unsent += other.unsent
    linesOpened += other.linesOpened
    answered += other.answered
    clientProcessorNs += other.clientProcessorNs
    connectionsLost += other.connectionsLost
    violations += other.violations
    violationCount += other.violationCount
    readBack += other.readBack
    troubles += other.troubles
  }
}

extension RunReport.SlowReading {
  func checks(othersMin: Double) -> [Check] {
    let share = { (number: Double) in "\(Int((number * 100).rounded())) %" }
    return [
      Check(
        name: "slow readers pushed back",
        reached: "\(pushedBack) pushed back, \(cut) cut of \(connections)", limit: "all",
        isKept: pushedBack + cut >= connections,
        reason: "A server that goes on reading from who does not read keeps ever more in memory."),
      Check(
        name: "throughput beside slow readers", reached: share(othersShare),
        limit: "at least \(share(othersMin))", isKept: othersShare >= othersMin,
        reason: "Clients that read must not pay for those that do not."),
    ]
  }
}

extension RampReport {
  init(_ ramp: Ramp, _ plan: RampPlan) {
    self.init()
    steps = ramp.steps.map {
      Step(
        requestsPerSecond: $0.requestsPerSecond, answeredPerSecond: $0.answeredPerSecond,
        p99Ms: $0.p99Ms, errors: $0.errors, isKept: $0.isKept)
    }
    if case .finish(let knee) = ramp.next {
      switch knee {
      case .between(let kept, let broken): (keptPerSecond, brokenPerSecond) = (kept, broken)
      case .below(let broken): brokenPerSecond = broken
      case .above(let kept): keptPerSecond = kept
      }
    }
    condition =
      "p99 at most \(plan.p99MaxMs) ms, at least \(Int(plan.achievedMin * 100)) % answered, no error"
  }
}

extension Calls {
  private static let percents = [
    0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.999, 100,
  ]

  init(_ kind: String, _ tally: KindTally, windowSeconds: Double) {
    self.init()
    let ms = { (percent: Double) in Double(tally.latency.ns(atPercentile: percent)) / 1e6 }
    self.kind = kind
    count = tally.count
    perSecond = windowSeconds > 0 ? Double(tally.answeredInWindow) / windowSeconds : 0
    latencyMs.mean = tally.latency.meanNs / 1e6
    latencyMs.p50 = ms(50)
    latencyMs.p90 = ms(90)
    latencyMs.p99 = ms(99)
    latencyMs.p999 = ms(99.9)
    latencyMs.max = Double(tally.latency.maxNs) / 1e6
    percentiles = Self.percents.map { Percentile(percent: $0, ms: ms($0)) }
    refused = tally.refused
    errors = tally.errors
    outcomes = tally.ok > 0 ? ["OK": tally.ok] : [:]
    for (outcome, count) in tally.others { outcomes[outcome.name, default: 0] += count }
  }
}

extension RunReport.Moment {
  func later(by seconds: Double) -> Self {
    Self(seconds: self.seconds + seconds, perSecond: perSecond, p50Ms: p50Ms, p99Ms: p99Ms)
  }
}

extension Mix {
  /// "95 % search, 5 % book".
  var description: String {
    [
      (searchPercent, CallKind.search), (searchManyPercent, .searchMany),
      (batchLookupPercent, .batchLookup), (bookPercent, .book),
    ].filter { $0.0 > 0 }.map { "\($0.0) % \($0.1.rawValue)" }.joined(separator: ", ")
  }
}
