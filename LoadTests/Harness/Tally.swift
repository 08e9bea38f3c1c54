internal import Workload

/// How a call ended.
enum Outcome: Hashable, Sendable {
  case ok
  /// The server's ordinary answer to one who came too late.
  case refused(code: UInt32)
  /// A status that a load run has no reason to see.
  case failed(code: UInt32)
  /// A reply that is not what the contract says.
  case malformed
  /// The connection was lost before the reply.
  case connectionLost
  /// No reply came before the run gave up waiting.
  case unanswered

  var isError: Bool {
    switch self {
    case .ok, .refused: false
    case .failed, .malformed, .connectionLost, .unanswered: true
    }
  }
}

/// When calls count: from the end of the warm-up to the end of sending.
struct Window: Sendable {
  let startNs: UInt64
  let endNs: UInt64

  func contains(_ ns: UInt64) -> Bool { startNs <= ns && ns < endNs }
}

/// What became of the calls of one kind.
struct KindTally: Sendable {
  /// Of the calls that should have been sent in the window, and were answered.
  private(set) var latency = Latency()
  /// Calls answered inside the window: the throughput.
  private(set) var answeredInWindow = 0
  private(set) var ok = 0
  /// All but OK.
  private(set) var others: [Outcome: Int] = [:]

  var count: Int { others.values.reduce(ok, +) }
  var errors: Int { others.reduce(0) { $0 + ($1.key.isError ? $1.value : 0) } }
  var refused: Int { count - ok - errors }

  mutating func answered(_ outcome: Outcome, latencyNs: UInt64, inWindow: Bool) {
    latency.record(ns: latencyNs)
    if inWindow { answeredInWindow += 1 }
    count(outcome)
  }

  mutating func count(_ outcome: Outcome) {
    if outcome == .ok {
      ok += 1
    } else {
      others[outcome, default: 0] += 1
    }
  }

  mutating func add(_ other: KindTally) {
    latency.add(other.latency)
    answeredInWindow += other.answeredInWindow
    ok += other.ok
    others.merge(other.others, uniquingKeysWith: +)
  }
}

/// What became of all calls that should have been sent in the window.
struct Tally: Sendable {
  private var kinds: [KindTally] = CallKind.allCases.map { _ in KindTally() }

  subscript(kind: CallKind) -> KindTally { kinds[kind.place] }

  /// All calls together: opening a connection is none.
  var total: KindTally {
    CallKind.allCases.filter { $0 != .connect }.reduce(into: KindTally()) { $0.add(self[$1]) }
  }

  mutating func answered(
    _ kind: CallKind, _ outcome: Outcome, intendedNs: UInt64, atNs nowNs: UInt64, in window: Window
  ) {
    guard window.contains(intendedNs) else { return }
    kinds[kind.place].answered(
      outcome, latencyNs: nowNs - min(nowNs, intendedNs), inWindow: window.contains(nowNs))
  }

  mutating func gaveUp(_ call: InFlight, _ outcome: Outcome, in window: Window) {
    guard window.contains(call.intendedNs) else { return }
    kinds[call.wish.kind.place].count(outcome)
  }

  mutating func add(_ other: Tally) {
    for place in kinds.indices { kinds[place].add(other.kinds[place]) }
  }
}

extension CallKind {
  /// Its place among all kinds.
  fileprivate var place: Int {
    switch self {
    case .search: 0
    case .searchMany: 1
    case .batchLookup: 2
    case .book: 3
    case .cancel: 4
    case .connect: 5
    }
  }
}
