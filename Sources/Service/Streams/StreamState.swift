/// Where a stream is: what happened goes in, what is to be done comes out. Knows no connection, no store and no clock.
///
/// What is told is handed over one reply at a time: nothing is read while the one before is not on its way, so that
/// who reads slowly costs no more memory than one reply.
package struct StreamState {
  package enum Action: Hashable, Sendable {
    case none
    case read
    /// Come back with `pauseEnded`.
    case pause(ms: Int64)
    /// Hand over what was read, and come back with `flushed`.
    case tell
  }

  private enum Phase {
    case resting
    /// Something is to be read, and the last read was a moment ago.
    case pausing
    /// - isStale: something was written since the read began, which it may have missed.
    /// - isQuiet: whatever it finds, the client is to be told that the stream lives.
    case reading(isStale: Bool, isQuiet: Bool)
    /// - isStale: there is more to read as soon as this is on its way.
    case telling(isStale: Bool)
    case over
  }

  private let pauseMs: Int64
  private var phase = Phase.resting
  private var nextReadMs = Int64.min
  private var hasTold = false

  /// - Parameter pauseMs: from the beginning of one read to that of the next, at least.
  package init(pauseMs: Int64) {
    self.pauseMs = pauseMs
  }

  package var isOver: Bool {
    if case .over = phase { true } else { false }
  }

  /// - Parameter ms: now, on any clock that does not go back.
  package mutating func began(atMs ms: Int64) -> Action {
    readUnlessBusy(atMs: ms)
  }

  /// Something was written, or time has brought something.
  package mutating func rang(atMs ms: Int64) -> Action {
    switch phase {
    case .reading(_, let isQuiet): phase = .reading(isStale: true, isQuiet: isQuiet)
    case .telling: phase = .telling(isStale: true)
    case .resting, .pausing, .over: break
    }
    return readUnlessBusy(atMs: ms)
  }

  package mutating func pauseEnded(atMs ms: Int64) -> Action {
    guard case .pausing = phase else { return .none }
    phase = .resting
    return readUnlessBusy(atMs: ms)
  }

  /// - Parameters:
  ///   - hasFound: whether there is something to tell.
  ///   - hasMore: whether there is more to read at once.
  /// - Returns: `.tell` also where nothing was found at first: the client learns that the stream has begun.
  package mutating func readEnded(hasFound: Bool, hasMore: Bool, atMs ms: Int64) -> Action {
    guard case .reading(let isStale, let isQuiet) = phase else { return .none }
    if hasFound || isQuiet || !hasTold && !hasMore {
      hasTold = true
      phase = .telling(isStale: isStale || hasMore)
      return .tell
    }
    phase = .resting
    return isStale || hasMore ? readUnlessBusy(atMs: ms) : .none
  }

  /// Nothing was told for a while.
  /// - Returns: `.tell` where the client is to be told that the stream lives: while it reads, that is when it has read;
  ///   while the client does not take what it was told, not at all.
  package mutating func stayedQuiet() -> Action {
    switch phase {
    case .resting: phase = .telling(isStale: false)
    case .pausing: phase = .telling(isStale: true)
    case .reading(let isStale, _):
      phase = .reading(isStale: isStale, isQuiet: true)
      return .none
    case .telling, .over: return .none
    }
    hasTold = true
    return .tell
  }

  /// What was handed over is on its way.
  package mutating func flushed(atMs ms: Int64) -> Action {
    guard case .telling(let isStale) = phase else { return .none }
    phase = .resting
    return isStale ? readUnlessBusy(atMs: ms) : .none
  }

  /// - Returns: false where it was over before.
  package mutating func ended() -> Bool {
    defer { phase = .over }
    return !isOver
  }

  private mutating func readUnlessBusy(atMs ms: Int64) -> Action {
    guard case .resting = phase else { return .none }
    guard nextReadMs <= ms else {
      phase = .pausing
      return .pause(ms: nextReadMs - ms)
    }
    phase = .reading(isStale: false, isQuiet: false)
    nextReadMs = ms + pauseMs
    return .read
  }
}
