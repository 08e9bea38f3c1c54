internal import Foundation
internal import Reports
internal import Scenarios
internal import Workload

/// A run of a scenario, from its first connection to its report.
struct ScenarioRun {
  let session: Session
  let scenario: Scenario
  let isQuiet: Bool

  func perform() throws -> RunReport {
    let startMs = Clock.wallMs()
    let startNs = Clock.nowNs()
    Interrupt.listen()
    var report: RunReport
    switch scenario.pace {
    case .ramp(let plan): report = try ramp(plan)
    case .closed, .open: report = try scenario.slowReaders.map(besideSlowReaders) ?? single()
    }
    report.heading.title = scenario.name
    report.heading.summary = scenario.summary
    report.heading.harnessVersion = harnessVersion
    report.heading.serverVersion = session.serverVersion
    report.heading.startTime = Date(timeIntervalSince1970: Double(startMs) / 1e3).ISO8601Format()
    report.heading.seconds = Double(Clock.nowNs() - startNs) / 1e9
    report.heading.machine = Machine.description
    report.configuration = configuration
    return report
  }

  private func single() throws -> RunReport {
    let plan = session.plan(scenario)
    let beside = session.planBeside(scenario).map { Beside(session, $0) }
    var watched = Watched(plan, quiet: isQuiet)
    var result = try Load(plan: plan, population: session.population).perform(watch: {
      watched.take($0, $1)
    })
    watched.finish()
    let besides = try beside?.result()
    session.lookBack(on: &result)
    var report = RunReport(result, moments: watched.moments)
    report.checks = result.checks(scenario.limits)
    if let besides {
      report.besidePerSecond = besides.callsPerSecond
      report.checks += besides.checks(scenario.limits, of: "bookings beside it")
    }
    return report
  }

  private func ramp(_ rampPlan: RampPlan) throws -> RunReport {
    var ramp = Ramp(rampPlan)
    var whole = LoadResult()
    var moments: [RunReport.Moment] = []
    while case .run(let rate) = ramp.next, !Interrupt.wasAsked {
      var plan = session.plan(scenario)
      plan.loop = .open(requestsPerSecond: rate)
      var watched = Watched(plan, quiet: isQuiet)
      var result = try Load(plan: plan, population: session.population).perform(
        watch: { watched.take($0, $1) })
      let p99Ms = Double(result.tally.total.latency.ns(atPercentile: 99)) / 1e6
      ramp.measured(
        answeredPerSecond: result.callsPerSecond, p99Ms: p99Ms, errors: result.errors)
      watched.say(ramp.steps.last)
      session.lookBack(on: &result)
      let offsetSeconds = moments.last?.seconds ?? 0
      moments += watched.moments.map { $0.later(by: offsetSeconds) }
      whole.add(result)
    }
    var report = RunReport(whole, moments: moments)
    report.ramp = RampReport(ramp, rampPlan)
    // What broke on the way up is the knee, not a failure; wrong answers are.
    report.checks = [whole.answersCheck()]
    return report
  }

  private func besideSlowReaders(_ slow: Scenario.SlowReaders) throws -> RunReport {
    let plan = session.plan(scenario)
    var watched = Watched(plan, quiet: isQuiet)
    let alone = try Load(plan: plan, population: session.population).perform(watch: {
      watched.take($0, $1)
    })
    let readers = SlowReaders(
      session: session, connections: slow.connections, bytesPerSecond: slow.bytesPerSecond)
    readers.begin()
    readers.waitUntilPushedBack()
    var result = try Load(plan: session.plan(scenario), population: session.population).perform(
      watch: { watched.take($0, $1 + plan.warmUpNs + plan.durationNs) })
    watched.finish()
    var reading = readers.end()
    reading.report.othersShare = result.callsPerSecond / max(alone.callsPerSecond, 1)
    result.violationCount += alone.violationCount + reading.violations.count
    result.violations += alone.violations + reading.violations
    session.lookBack(on: &result)
    var report = RunReport(result, moments: watched.moments)
    report.slowReading = reading.report
    report.checks =
      result.checks(scenario.limits) + reading.report.checks(othersMin: slow.othersMin)
    return report
  }

  private var configuration: RunReport.Configuration {
    var configuration = RunReport.Configuration()
    configuration.host = session.address.endpoint.host
    configuration.port = session.address.endpoint.port
    switch scenario.pace {
    case .closed(let inFlight):
      configuration.loop = "closed"
      configuration.pipeline = inFlight
    case .open(let rate):
      configuration.loop = "open"
      configuration.requestsPerSecond = rate
    case .ramp:
      configuration.loop = "ramp"
    }
    configuration.connections = scenario.connections
    configuration.threads = session.threads
    configuration.callsPerConnection = scenario.callsPerConnection
    configuration.warmUpSeconds = scenario.warmUpSeconds
    configuration.durationSeconds = scenario.seconds
    configuration.mix = scenario.mix.description
    configuration.seed = scenario.seed
    configuration.therapists = session.population.offerings.count
    configuration.clients = session.population.clientIDs.count
    return configuration
  }
}

/// Progress and timeline of one load.
private struct Watched {
  private var progress: Progress
  private var timeline: Timeline

  init(_ plan: LoadPlan, quiet: Bool) {
    progress = Progress(plan, quiet: quiet)
    timeline = Timeline(wholeNs: plan.warmUpNs + plan.durationNs)
  }

  var moments: [RunReport.Moment] { timeline.moments }

  mutating func take(_ news: Board.Recent, _ sinceStartNs: UInt64) {
    progress.update(news, sinceStartNs: sinceStartNs)
    timeline.add(news, sinceStartNs: sinceStartNs)
  }

  func finish() { progress.finish() }

  func say(_ step: Ramp.Step?) {
    guard let step else { return }
    progress.say(
      String(
        format: "%9.0f/s offered  %9.0f/s answered  p99 %9.3f ms  ", step.requestsPerSecond,
        step.answeredPerSecond, step.p99Ms) + (step.isKept ? "kept" : "broken"))
  }
}
