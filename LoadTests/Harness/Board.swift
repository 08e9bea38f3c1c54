internal import Synchronization

/// Where the workers of a load and the thread that began it meet.
final class Board: Sendable {
  /// What workers saw since somebody last asked.
  struct Recent: Sendable {
    fileprivate(set) var answered = 0
    fileprivate(set) var errors = 0
    fileprivate(set) var latency = Latency()

    mutating func answered(_ outcome: Outcome, latencyNs: UInt64) {
      answered += 1
      if outcome.isError { errors += 1 }
      latency.record(ns: latencyNs)
    }

    mutating func add(_ other: Recent) {
      answered += other.answered
      errors += other.errors
      latency.add(other.latency)
    }
  }

  private struct State {
    var ready = 0
    var startNs: UInt64?
    var recent = Recent()
    var results: [Result<WorkerResult, CannotConnect>] = []
  }

  private let state = Mutex(State())

  /// A worker is connected.
  func ready() { state.withLock { $0.ready += 1 } }

  /// How many workers are connected, or have given up.
  var settled: Int { state.withLock { $0.ready + $0.results.count } }

  /// All begin at this moment.
  func start(atNs startNs: UInt64) { state.withLock { $0.startNs = startNs } }

  /// When to begin; nil before that is known.
  var startNs: UInt64? { state.withLock { $0.startNs } }

  /// A worker says what it saw since the last time.
  func publish(_ recent: Recent) { state.withLock { $0.recent.add(recent) } }

  /// What all workers published since the last time that this was asked.
  func takeRecent() -> Recent {
    state.withLock { state in
      defer { state.recent = Recent() }
      return state.recent
    }
  }

  /// A worker is done.
  func finish(_ result: Result<WorkerResult, CannotConnect>) {
    state.withLock { $0.results.append(result) }
  }

  /// What the workers that are done found.
  var results: [Result<WorkerResult, CannotConnect>] { state.withLock { $0.results } }
}
