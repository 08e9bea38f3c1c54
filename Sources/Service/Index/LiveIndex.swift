internal import Availability
internal import Intervals
internal import Synchronization

/// The index that searches read while bookings change it, in shards under locks.
///
/// A shard's lock is held for as long as it takes to copy a value or to change a tree, never across
/// I/O. Readers work on copies: they never wait for a commit.
final class LiveIndex: Sendable {
  private final class Shard: Sendable {
    let index = Mutex(AvailabilityIndex())
  }

  private let shards: [Shard]

  /// - Parameter shardCount: a power of two.
  init(shardCount: Int = 64) {
    precondition(shardCount > 0 && shardCount & (shardCount - 1) == 0, "a power of two")
    shards = (0..<shardCount).map { _ in Shard() }
  }

  private func shard<Kind>(of id: ID<Kind>) -> Shard {
    // The low bits of an id are random when the server made it; a caller's may not be: mix them.
    let folded = UInt64(truncatingIfNeeded: id.rawValue ^ (id.rawValue >> 64))
    let mixed = (folded &* 0x9E37_79B9_7F4A_7C15) >> 32
    return shards[Int(mixed) & (shards.count - 1)]
  }

  func therapist(_ id: TherapistID) -> TherapistEntry? {
    shard(of: id).index.withLock { $0.therapist(id) }
  }

  /// Nil for a client who is not registered.
  func partner(of client: ClientID) -> PartnerID? {
    shard(of: client).index.withLock { $0.partner(of: client) }
  }

  /// In no order: searches put their answer in order themselves.
  func therapists(of partner: PartnerID) -> [TherapistEntry] {
    shards.flatMap { shard in shard.index.withLock { $0.therapists(of: partner) } }
  }

  func therapistCount(of partner: PartnerID) -> Int {
    shards.reduce(0) { count, shard in
      count + shard.index.withLock { $0.therapistCount(of: partner) }
    }
  }

  /// Makes a committed change visible. A false answer means that index and store have parted.
  func apply(_ change: IndexChange) -> Bool {
    switch change {
    case .therapist(let profile):
      shard(of: profile.id).index.withLock { $0.replace(profile) }
      return true
    case .client(let id, let partner):
      shard(of: id).index.withLock { $0.enlist(id, of: partner) }
      return true
    case .place(let place):
      for shard in shards { shard.index.withLock { $0.refresh(place) } }
      return true
    case .occupy(let all):
      var done = shard(of: all.therapist).index.withLock {
        $0.occupy(therapist: all.therapist, span: all.span, by: all.appointment)
      }
      if let room = all.room {
        done =
          shard(of: room).index.withLock {
            $0.occupy(room: room, span: all.span, by: all.appointment)
          } && done
      }
      if let client = all.client {
        done =
          shard(of: client).index.withLock {
            $0.occupy(client: client, span: all.span, by: all.appointment)
          } && done
      }
      return done
    case .vacate(let all):
      var done = shard(of: all.therapist).index.withLock {
        $0.vacate(therapist: all.therapist, span: all.span, by: all.appointment)
      }
      if let room = all.room {
        done =
          shard(of: room).index.withLock {
            $0.vacate(room: room, span: all.span, by: all.appointment)
          } && done
      }
      if let client = all.client {
        done =
          shard(of: client).index.withLock {
            $0.vacate(client: client, span: all.span, by: all.appointment)
          } && done
      }
      return done
    }
  }
}

extension LiveIndex: Occupancy {
  func busy(of room: RoomID) -> IntervalTree {
    shard(of: room).index.withLock { $0.busy(of: room) }
  }

  func busy(of client: ClientID) -> IntervalTree {
    shard(of: client).index.withLock { $0.busy(of: client) }
  }
}
