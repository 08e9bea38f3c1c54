internal import Foundation
internal import Workload

/// A run from discovery to report.
struct Run {
  private static let pollSeconds = 0.05

  let plan: RunPlan
  let limits: PassLimits
  let isQuiet: Bool

  func perform() throws -> Report {
    let desk = try Desk(
      to: plan.endpoint, key: plan.key, keyPrefix: "load-\(plan.runID)-set-up")
    let population = try Discovery(desk).population(withClients: plan.mix.bookPercent > 0)
    guard population.offerings.count >= plan.threads else {
      throw CallFailed(
        "set-up", "\(plan.threads) threads need as many therapists to share among them")
    }
    let startMs = Clock.wallMs()
    let processorNs = Clock.processorNs()
    let results = try load(population)
    var findings = Findings()
    findings.clientProcessorSeconds = Double(Clock.processorNs() - processorNs) / 1e9
    results.forEach { findings.add($0) }
    lookBack(on: results, findings: &findings)
    return findings.report(
      plan, limits: limits, population: population, serverVersion: desk.serverVersion,
      startMs: startMs)
  }

  /// Lets the workers loose, and waits for them.
  private func load(_ population: Population) throws -> [WorkerResult] {
    let board = Board()
    for number in 0..<plan.threads { begin(number, population, board) }
    while board.settled < plan.threads { Thread.sleep(forTimeInterval: Self.pollSeconds) }
    if board.results.isEmpty { Interrupt.listen() }
    let startNs = Clock.nowNs()
    board.start(atNs: startNs)
    var progress = Progress(plan, startNs: startNs, quiet: isQuiet)
    while board.results.count < plan.threads {
      Thread.sleep(forTimeInterval: Self.pollSeconds)
      progress.update(board.takeRecent(), nowNs: Clock.nowNs())
    }
    progress.finish()
    return try board.results.map { try $0.get() }
  }

  private func begin(_ number: Int, _ population: Population, _ board: Board) {
    let plan = plan
    let kind = population.commonKind
    Thread.detachNewThread {
      do throws(CannotConnect) {
        var worker = try Worker(
          plan, number: number, population: population.share(number, of: plan.threads),
          serviceKind: kind, board: board)
        board.ready()
        var startNs = board.startNs
        while startNs == nil {
          Thread.sleep(forTimeInterval: Self.pollSeconds)
          startNs = board.startNs
        }
        board.finish(.success(worker.run(startNs: startNs ?? Clock.nowNs())))
      } catch {
        board.finish(.failure(error))
      }
    }
  }

  /// Reads back what was acknowledged, and leaves the server as it was found.
  private func lookBack(on results: [WorkerResult], findings: inout Findings) {
    let held = results.flatMap(\.held)
    let cancelled = results.flatMap(\.cancelled)
    guard !held.isEmpty || !cancelled.isEmpty else { return }
    do {
      // A new connection: the first has been idle for as long as the load took.
      let desk = try Desk(
        to: plan.endpoint, key: plan.key, keyPrefix: "load-\(plan.runID)-clean-up")
      var readBack = ReadBack(desk)
      readBack.check(held: held, cancelled: cancelled)
      findings.add(readBack)
      try readBack.cleanUp(held)
    } catch {
      findings.troubles.append("after the load: \(error)")
    }
  }
}
