package import Intervals

/// How long an event is tried to be told to an endpoint (N-5).
package enum WebhookPatience {
  /// From the first try to the last.
  package static let lastTryAfterMs: Int64 = 3 * 24 * 3_600_000
  /// An endpoint where nothing arrived for so long is dead: less than the above by what noting may take.
  package static let deadAfterMs = lastTryAfterMs - 3_600_000

  private static let firstPausesMs: [Int64] = [5, 30, 120, 600, 3_600].map { $0 * 1_000 }
  private static let laterPauseMs: Int64 = 3 * 3_600_000

  /// When it is tried again.
  /// - Parameter tries: with the one that has just failed; from 1 on.
  /// - Returns: nil when it is given up.
  package static func nextTry(afterTries tries: Int32, at now: Instant) -> Instant? {
    let (before, after) = (msToTry(Int(tries)), msToTry(Int(tries) + 1))
    return before < after ? now.advanced(byMs: after - before) : nil
  }

  /// From the first try to a later one, the last being on time.
  private static func msToTry(_ number: Int) -> Int64 {
    let pauses = number - 1
    let first = firstPausesMs.prefix(pauses).reduce(0, +)
    let later = Int64(max(pauses - firstPausesMs.count, 0)) * laterPauseMs
    return min(first + later, lastTryAfterMs)
  }

  package static func isDead(failingSince: Instant?, at now: Instant) -> Bool {
    failingSince.map { now >= $0.advanced(byMs: deadAfterMs) } ?? false
  }
}
