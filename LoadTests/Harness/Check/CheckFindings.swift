internal import Reports
internal import Scenarios
internal import Thresholds

extension CheckReport {
  /// - Parameter areGoals: Whether thresholds are told, not asked for.
  init(_ check: ContinuousCheck, rounds: [Round], kept: Kept, areGoals: Bool) {
    self.init()
    therapists = check.therapists
    self.rounds = rounds.count
    rows = check.scenarios.compactMap { Row($0, rounds) }
    for (name, result) in kept.results {
      checks.append(result.soundnessCheck(of: name))
    }
    for threshold in check.thresholds {
      guard let judgement = threshold.judge(rounds) else {
        checks.append(
          Check(
            name: threshold.title, reached: "not measured", limit: threshold.limit, isKept: false,
            reason: "Both loads of a ratio have to be answered in at least one round."))
        continue
      }
      ratios.append(Ratio(judgement))
      if !areGoals { checks.append(Check(judgement)) }
    }
  }
}

extension CheckReport.Row {
  fileprivate init?(_ scenario: String, _ rounds: [Round]) {
    let server = rounds.compactMap { $0.server[scenario] }
    let echo = rounds.compactMap { $0.echo[scenario] }
    guard let perSecond = median(server.map(\.callsPerSecond)) else { return nil }
    self.init()
    self.scenario = scenario
    self.perSecond = perSecond
    p50Ms = median(server.map(\.p50Ms)) ?? 0
    p99Ms = median(server.map(\.p99Ms)) ?? 0
    serverMicroseconds = median(server.map(\.serverMicroseconds)) ?? 0
    clientMicroseconds = median(server.map(\.clientMicroseconds)) ?? 0
    echoPerSecond = median(echo.map(\.callsPerSecond))
    echoMicroseconds = median(echo.map(\.serverMicroseconds))
    echoClientMicroseconds = median(echo.map(\.clientMicroseconds))
  }
}

extension CheckReport.Ratio {
  fileprivate init(_ judgement: Judgement) {
    self.init()
    title = judgement.threshold.title
    median = judgement.median
    least = judgement.least
    most = judgement.most
    switch judgement.threshold.bound {
    case .atLeast(let bound): atLeast = bound
    case .atMost(let bound): atMost = bound
    }
    isKept = judgement.isKept
    reason = judgement.threshold.reason
  }
}

extension Check {
  fileprivate init(_ judgement: Judgement) {
    self.init(
      name: judgement.threshold.title, reached: judgement.reached,
      limit: judgement.threshold.limit, isKept: judgement.isKept,
      reason: judgement.threshold.reason)
  }
}
