internal import Foundation
internal import Workload

/// One load from its first connection to its last reply.
struct Load: Sendable {
  private static let pollSeconds = 0.005

  let plan: LoadPlan
  let population: Population

  /// Lets the workers loose, and waits for them.
  ///
  /// - Parameters:
  ///   - watch: Called now and then with what the workers saw since the last time.
  ///   - serverProcessorNs: Processor time that the server has used, where it can be known.
  func perform(
    serverProcessorNs: () -> UInt64 = { 0 },
    watch: (_ news: Board.Recent, _ sinceStartNs: UInt64) -> Void = { _, _ in }
  ) throws(CannotConnect) -> LoadResult {
    let board = Board()
    for number in 0..<plan.threads { begin(number, board) }
    while board.settled < plan.threads { Thread.sleep(forTimeInterval: Self.pollSeconds) }
    let processorNs = serverProcessorNs()
    let startNs = Clock.nowNs()
    board.start(atNs: startNs)
    while board.results.count < plan.threads {
      Thread.sleep(forTimeInterval: Self.pollSeconds)
      watch(board.takeRecent(), Clock.nowNs() - startNs)
    }
    var result = LoadResult()
    result.serverProcessorNs = serverProcessorNs() - processorNs
    for worker in board.results { result.add(try worker.get()) }
    return result
  }

  private func begin(_ number: Int, _ board: Board) {
    let plan = plan
    let population = population
    Thread.detachNewThread {
      do throws(CannotConnect) {
        var worker = try Worker(
          plan, number: number, population: population.share(number, of: plan.threads),
          serviceKind: population.commonKind, board: board)
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
}

/// What the workers of a load found, put together.
struct LoadResult: Sendable {
  var tally = Tally()
  var windowSeconds = 0.0
  var unsent = 0
  var linesOpened = 0
  var connectionsLost: [String] = []
  var violations: [Violation] = []
  var violationCount = 0
  /// Bookings that stand, and those that were cancelled.
  var held: [Booking] = []
  var cancelled: [Booking] = []
  /// Bookings that were read back.
  var readBack = 0
  /// Replies, warm-up included, and the processor time that both sides used for them.
  var answered = 0
  var clientProcessorNs: UInt64 = 0
  var serverProcessorNs: UInt64 = 0
  /// What went wrong outside the calls that are counted, in words.
  var troubles: [String] = []

  var errors: Int { tally.total.errors + connectionsLost.count }
  var callsPerSecond: Double {
    windowSeconds > 0 ? Double(tally.total.answeredInWindow) / windowSeconds : 0
  }

  /// Processor time of both sides for each call.
  var clientMicroseconds: Double { Double(clientProcessorNs) / 1e3 / Double(max(answered, 1)) }
  var serverMicroseconds: Double { Double(serverProcessorNs) / 1e3 / Double(max(answered, 1)) }

  fileprivate mutating func add(_ worker: WorkerResult) {
    tally.add(worker.tally)
    windowSeconds = max(
      windowSeconds,
      Double(worker.window.endNs - min(worker.window.startNs, worker.window.endNs)) / 1e9)
    unsent += worker.unsent
    linesOpened += worker.linesOpened
    answered += worker.answered
    clientProcessorNs += worker.processorNs
    connectionsLost += worker.connectionsLost
    violations += worker.violations
    violationCount += worker.violationCount
    held += worker.held
    cancelled += worker.cancelled
  }

  /// Takes in what was read back; nothing of this load stands any more.
  mutating func add(_ readBack: ReadBack) {
    self.readBack += readBack.checked
    violations += readBack.violations
    violationCount += readBack.violations.count
    held = []
    cancelled = []
  }
}
