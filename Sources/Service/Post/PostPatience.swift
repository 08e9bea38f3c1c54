package import Booking
package import Intervals

/// How long a message is tried for (N-4).
package enum PostPatience {
  /// After that nobody wants to read it any more.
  package static let givingUpAfterMs: Int64 = 3 * 24 * 3_600_000
  private static let pausesMs: [Int64] = [1, 5, 15, 60].map { $0 * 60_000 }

  /// What comes of a message that could not be sent for now.
  /// - Parameters:
  ///   - tries: with this one; from 1 on.
  ///   - promised: when the message was.
  package static func fate(
    afterTries tries: Int32, promised: Instant, at now: Instant, error: String
  ) -> DeliveryNote.Fate {
    let pauseMs = pausesMs[min(max(Int(tries) - 1, 0), pausesMs.count - 1)]
    let next = now.advanced(byMs: pauseMs)
    return next < promised.advanced(byMs: givingUpAfterMs)
      ? .retry(at: next, error: error) : .givenUp(error: error)
  }

  /// Whether it comes too late to be sent at all, as after days without a server.
  package static func isStale(promised: Instant, at now: Instant) -> Bool {
    now >= promised.advanced(byMs: givingUpAfterMs)
  }
}
