internal import Availability
internal import Intervals
internal import Storage
internal import Synchronization

/// When holds lapse: to the second, which is soon enough for who watches, and keeps them few.
final class HoldDeadlines: Sendable {
  /// No hold lasts so long that there are more that have not passed.
  private static let secondsKept = 7_200

  private let seconds = Mutex<[PartnerID: Set<Int64>]>([:])

  /// None.
  init() {}

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
  func note(_ deadline: Instant, of partner: PartnerID, at now: Instant) {
    // Not before the deadline: until then the hold holds.
    let second = (deadline.msSinceEpoch + 999) / 1_000
    seconds.withLock { seconds in
      seconds[partner, default: []].insert(second)
      if let count = seconds[partner]?.count, count > HoldDeadlines.secondsKept {
        seconds[partner] = seconds[partner]?.filter { $0 * 1_000 > now.msSinceEpoch }
      }
    }
  }

  func next(after now: Instant, of partner: PartnerID) -> Instant? {
    seconds.withLock { seconds in
      seconds[partner]?.lazy.map { $0 * 1_000 }.filter { $0 > now.msSinceEpoch }.min()
        .map(Instant.init(msSinceEpoch:))
    }
  }
}
