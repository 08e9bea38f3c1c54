/// Where a read is that waits until nothing is being asked of a gateway: what happened goes in, what is to be done
/// comes out. Knows no store and no clock.
package struct ErrandWait {
  package enum Action: Hashable, Sendable {
    case none
    /// Read how it stands.
    case read
    /// Answer with what was read.
    case answer
  }

  private enum Phase {
    case resting
    /// - isStale: something was written since the read began, which it may have missed.
    case reading(isStale: Bool)
    case over
  }

  private var phase = Phase.resting
  /// The time is over, or the connection is about to end: the next read is the last one.
  private var isOver = false

  package init() {}

  package mutating func began() -> Action { readUnlessReading() }

  package mutating func rang() -> Action {
    if case .reading = phase { phase = .reading(isStale: true) }
    return readUnlessReading()
  }

  /// It is answered as it stands.
  package mutating func timeEnded() -> Action {
    isOver = true
    return readUnlessReading()
  }

  /// Nobody wants the answer any more.
  package mutating func gaveUp() -> Action {
    phase = .over
    return .none
  }

  /// - Parameter isPending: whether something is still being asked of the gateway.
  package mutating func readEnded(isPending: Bool) -> Action {
    guard case .reading(let isStale) = phase else { return .none }
    if !isPending || isOver {
      phase = .over
      return .answer
    }
    phase = .resting
    return isStale ? readUnlessReading() : .none
  }

  private mutating func readUnlessReading() -> Action {
    switch phase {
    case .resting:
      phase = .reading(isStale: false)
      return .read
    case .reading, .over: return .none
    }
  }
}
