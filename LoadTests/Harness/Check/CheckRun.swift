internal import Foundation
internal import Reports
internal import Scenarios
internal import Thresholds
internal import Workload

/// The continuous check: all its loads, round after round, each beside the same load on an echo.
struct CheckRun {
  let check: ContinuousCheck
  let server: ServerProcess
  /// Whether thresholds are told, not asked for.
  let areGoals: Bool
  let isQuiet: Bool

  private let session: Session
  private let echoes: [String: Calibration]

  /// A scenario's echo, and what is asked of it.
  private struct Calibration {
    let echo: Echo
    let recording: Recording
    let address: Address
  }

  init(
    _ check: ContinuousCheck, server: ServerProcess, areGoals: Bool, isQuiet: Bool
  ) throws {
    self.check = check
    self.server = server
    self.areGoals = areGoals
    self.isQuiet = isQuiet
    session = try Session(
      to: Endpoint(host: "127.0.0.1", port: server.port), key: server.key)
    let recorder = try Recorder(session)
    var echoes: [String: Calibration] = [:]
    for name in check.calibrated.sorted() {
      let recording = try recorder.record(try check.scenario(name))
      let echo = try Echo(recording, journal: server.folder.appending(path: "echo-\(name)"))
      echoes[name] = Calibration(
        echo: echo, recording: recording, address: try echo.endpoint.resolve())
    }
    self.echoes = echoes
  }

  func perform() throws -> CheckReport {
    let startMs = Clock.wallMs()
    let startNs = Clock.nowNs()
    var kept = Kept()
    var rounds = try run(check.scenarios, &kept)
    // A machine that was busy with something else may have spoilt most rounds: what is broken is
    // measured once more, and judged by all rounds together.
    let broken = check.thresholds.filter { $0.judge(rounds)?.isKept == false }
    if !broken.isEmpty, !areGoals, !Interrupt.wasAsked {
      say("again: " + broken.map(\.title).joined(separator: ", "))
      let again = Set(broken.flatMap(\.scenarios))
      rounds += try run(check.scenarios.filter(again.contains), &kept)
    }
    var report = CheckReport(check, rounds: rounds, kept: kept, areGoals: areGoals)
    report.heading.title = areGoals ? "goals" : "ci"
    report.heading.summary =
      "Ratios of loads on this server and on an echo of the same frames, taken in turn."
    report.heading.harnessVersion = harnessVersion
    report.heading.serverVersion = session.serverVersion
    report.heading.startTime = Date(timeIntervalSince1970: Double(startMs) / 1e3).ISO8601Format()
    report.heading.seconds = Double(Clock.nowNs() - startNs) / 1e9
    report.heading.machine = Machine.description
    return report
  }

  private func run(_ scenarios: [String], _ kept: inout Kept) throws -> [Round] {
    var rounds: [Round] = []
    for number in 0..<check.rounds where !Interrupt.wasAsked {
      var round = Round()
      for name in scenarios where !Interrupt.wasAsked {
        let scenario = try check.scenario(name)
        // Turn and turn about, so that a machine that slows down favours neither.
        if number.isMultiple(of: 2) { try calibrate(scenario, &round, &kept) }
        try measure(scenario, &round, &kept)
        if !number.isMultiple(of: 2) { try calibrate(scenario, &round, &kept) }
        say(round, scenario.name, number)
      }
      rounds.append(round)
    }
    return rounds
  }

  private func measure(_ scenario: Scenario, _ round: inout Round, _ kept: inout Kept) throws {
    let beside = session.planBeside(scenario).map { Beside(session, $0) }
    var result = try Load(plan: session.plan(scenario), population: session.population)
      .perform(serverProcessorNs: { server.processorNs })
    if let besides = try beside?.result() {
      result.violationCount += besides.violationCount
      result.violations += besides.violations
      result.troubles += besides.troubles
      kept.add(besides, of: "\(scenario.name), the bookings")
    }
    session.lookBack(on: &result)
    round.server[scenario.name] = Sample(result)
    kept.add(result, of: scenario.name)
  }

  private func calibrate(_ scenario: Scenario, _ round: inout Round, _ kept: inout Kept) throws {
    guard let calibration = echoes[scenario.name] else { return }
    var plan = session.plan(scenario)
    plan.address = calibration.address
    plan.replay = calibration.recording.replay
    let result = try Load(plan: plan, population: session.population)
      .perform(serverProcessorNs: { calibration.echo.processorNs })
    round.echo[scenario.name] = Sample(result)
    kept.add(result, of: "\(scenario.name) on the echo")
  }

  private func say(_ round: Round, _ name: String, _ number: Int) {
    guard let sample = round.server[name] else { return }
    let echo = round.echo[name].map { String(format: "  echo %9.0f/s", $0.callsPerSecond) } ?? ""
    let line = "round \(number + 1) of \(check.rounds)  \(name)"
    let padding = String(repeating: " ", count: max(1, 40 - line.count))
    let rate = String(format: "%9.0f/s  p99 %8.3f ms", sample.callsPerSecond, sample.p99Ms)
    say(line + padding + rate + echo)
  }

  private func say(_ line: String) {
    if !isQuiet { FileHandle.standardError.write(Data((line + "\n").utf8)) }
  }
}

/// All results of each load, for the checks that every load has to keep.
struct Kept {
  private(set) var results: [(name: String, result: LoadResult)] = []

  mutating func add(_ result: LoadResult, of name: String) {
    if let place = results.firstIndex(where: { $0.name == name }) {
      results[place].result.add(result)
    } else {
      results.append((name, result))
    }
  }
}

extension ContinuousCheck {
  /// A scenario with the check's own lengths.
  fileprivate func scenario(_ name: String) throws(Malformed) -> Scenario {
    var scenario = try ScenarioLibrary.scenario(name)
    scenario.warmUpSeconds = warmUpSeconds
    scenario.seconds = seconds
    return scenario
  }
}

extension Sample {
  fileprivate init(_ result: LoadResult) {
    let ms = { (percent: Double) in
      Double(result.tally.total.latency.ns(atPercentile: percent)) / 1e6
    }
    self.init(
      callsPerSecond: result.callsPerSecond, p50Ms: ms(50), p99Ms: ms(99),
      serverMicroseconds: result.serverMicroseconds, clientMicroseconds: result.clientMicroseconds)
  }
}
