internal import Availability
internal import Synchronization

/// How an index is filled: with what is known of each at once, instead of change by change.
extension LiveIndex {
  /// The rooms of the therapist's places have been adopted before.
  func adopt(_ entry: TherapistEntry) {
    let profile = entry.profile
    for room in profile.places.lazy.flatMap(\.rooms) {
      shard(of: room).index.withLock { $0.enlist(profile.id, asUserOf: room) }
    }
    let rooms = RoomTimes(of: profile, busy(of:))
    var entry = entry
    // It takes longer than a lock should be held.
    if let coverage = shard(of: profile.id).index.withLock({ $0.coverage }) {
      entry = entry.layingOutStarts(over: coverage, rooms: rooms)
    }
    shard(of: profile.id).index.withLock { $0.adopt(entry, rooms: rooms) }
  }

  func adopt(_ busy: BusyTimes, of room: RoomID) {
    shard(of: room).index.withLock { $0.adopt(busy, of: room) }
  }

  func adopt(_ busy: BusyTimes, of client: ClientID) {
    shard(of: client).index.withLock { $0.adopt(busy, of: client) }
  }
}
