package import Availability
package import Intervals
internal import Storage
internal import Synchronization

/// When holds lapse: to the second, which is soon enough for who watches, and keeps them few.
package final class HoldDeadlines: Sendable {
  /// Longer than a search takes: who asks after it asks for what comes after its beginning.
  private static let keptMs: Int64 = 60_000

  /// Of each partner, in order, each once.
  private let seconds = Mutex<[PartnerID: [Int64]]>([:])

  /// None.
  package init() {}

  /// Those of the holds that there are.
  init(of store: Store, in index: LiveIndex, at now: Instant) throws {
    try store.read { snapshot in
      try snapshot.forEachHeldTime { held in
        guard let profile = index.profile(of: held.occupation.therapist) else { return }
        note(held.expiresAt, of: profile.partner, at: now)
      }
    }
  }

  /// - Parameter now: what has passed by then is forgotten, now and then.
  package func note(_ deadline: Instant, of partner: PartnerID, at now: Instant) {
    // Not before the deadline: until then the hold holds.
    let second = (deadline.msSinceEpoch + 999) / 1_000
    seconds.withLock { seconds in
      HoldDeadlines.insert(second, into: &seconds[partner, default: []], at: now)
    }
  }

  package func next(after now: Instant, of partner: PartnerID) -> Instant? {
    seconds.withLock { seconds in
      guard let own = seconds[partner] else { return nil }
      let passed = HoldDeadlines.count(of: own) { $0 * 1_000 <= now.msSinceEpoch }
      return passed < own.count ? Instant(msSinceEpoch: own[passed] * 1_000) : nil
    }
  }

  private static func insert(_ second: Int64, into own: inout [Int64], at now: Instant) {
    let place = count(of: own) { $0 < second }
    if place == own.count || own[place] != second { own.insert(second, at: place) }
    let passed = count(of: own) { $0 * 1_000 <= now.msSinceEpoch - keptMs }
    // Not one by one: those that stay move down.
    if passed > own.count / 2 { own.removeFirst(passed) }
  }

  /// How many come first that are so: of what is in order, by halves, since every watch asks under the lock that the
  /// sequencer takes.
  private static func count(of own: [Int64], _ isSo: (Int64) -> Bool) -> Int {
    var (low, high) = (0, own.count)
    while low < high {
      let middle = (low + high) / 2
      if isSo(own[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
