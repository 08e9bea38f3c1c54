internal import Availability
internal import Intervals
internal import Synchronization

/// The index that searches read while bookings change it, in shards under locks.
///
/// A shard's lock is held for microseconds, to read what is kept of free starts, to copy a value or to
/// change a tree; never across I/O. Readers never wait for a commit. Only the sequencer changes it.
final class LiveIndex: Sendable {
  final class Shard: Sendable {
    let index: Mutex<AvailabilityIndex>

    init(_ index: AvailabilityIndex) {
      self.index = Mutex(index)
    }
  }

  private let shards: [Shard]

  /// Six months ahead and some weeks more, so that what is kept need not move every day.
  private static let coverageDays: Int32 = 216
  private static let daysUntilMoved: Int32 = 14

  /// - Parameters:
  ///   - now: from when on free starts are kept.
  ///   - shardCount: a power of two.
  init(at now: Instant, shardCount: Int = 16) {
    precondition(shardCount > 0 && shardCount & (shardCount - 1) == 0, "a power of two")
    let coverage = LiveIndex.coverage(at: now)
    shards = (0..<shardCount).map { _ in Shard(AvailabilityIndex(keepingStartsIn: coverage)) }
  }

  private static func coverage(at now: Instant) -> Span? {
    guard let minute = Minute(atOrAfter: now) else { return nil }
    let midnight = minute.sinceEpoch / 1_440 * 1_440
    return Span(
      from: Minute(sinceEpoch: midnight - 1_440), lastingMinutes: coverageDays * 1_440)
  }

  func shard<Kind>(of id: ID<Kind>) -> Shard {
    // The low bits of an id are random when the server made it; a caller's may not be: mix them.
    let folded = UInt64(truncatingIfNeeded: id.rawValue ^ (id.rawValue >> 64))
    let mixed = (folded &* 0x9E37_79B9_7F4A_7C15) >> 32
    return shards[Int(mixed) & (shards.count - 1)]
  }

  private func shard(of resource: Resource) -> Shard {
    switch resource {
    case .therapist(let id): shard(of: id)
    case .room(let id): shard(of: id)
    case .client(let id): shard(of: id)
    }
  }

  func therapist(_ id: TherapistID) -> TherapistEntry? {
    shard(of: id).index.withLock { $0.therapist(id) }
  }

  func profile(of id: TherapistID) -> TherapistProfile? {
    shard(of: id).index.withLock { $0.profile(of: id) }
  }

  /// Nil for a client who is not registered.
  func partner(of client: ClientID) -> PartnerID? {
    shard(of: client).index.withLock { $0.partner(of: client) }
  }

  func therapistCount(of partner: PartnerID) -> Int {
    shards.reduce(0) { count, shard in
      count + shard.index.withLock { $0.therapistCount(of: partner) }
    }
  }

  /// Whether any therapist of the partner offers a service.
  func offers(_ service: ServiceID, _ partner: PartnerID) -> Bool {
    shards.contains { shard in shard.index.withLock { $0.offers(service, partner) } }
  }

  /// Whether any therapist of the partner works at a place.
  func works(at place: LocationID, _ partner: PartnerID) -> Bool {
    shards.contains { shard in shard.index.withLock { $0.works(at: place, partner) } }
  }
}

// MARK: Searching

extension LiveIndex {
  /// As `AvailabilityIndex.gather(_:of:_:into:)`.
  func gather(
    _ therapist: TherapistID, of partner: PartnerID, _ query: SlotQuery,
    into found: inout TherapistStarts
  ) -> Bool {
    shard(of: therapist).index.withLock { $0.gather(therapist, of: partner, query, into: &found) }
  }

  /// False when the partner has no such therapist.
  func gather(
    _ therapist: TherapistID, of partner: PartnerID, into gathering: inout SlotGathering
  ) -> Bool {
    shard(of: therapist).index.withLock { $0.gather(therapist, of: partner, into: &gathering) }
  }

  /// False when the partner has no such therapist.
  func gather(
    _ therapist: TherapistID, of partner: PartnerID, into gathering: inout FirstFreeGathering
  ) -> Bool {
    shard(of: therapist).index.withLock { $0.gather(therapist, of: partner, into: &gathering) }
  }

  func gatherAll(of partner: PartnerID, at now: Instant, into gathering: inout SlotGathering) {
    for shard in shards {
      shard.index.withLock {
        $0.forgetLapsedHolds(at: now)
        $0.gatherAll(of: partner, into: &gathering)
      }
    }
  }
}

// MARK: Changing

extension LiveIndex {
  /// Makes a committed change visible. A false answer means that index and store have parted.
  func apply(_ change: IndexChange) -> Bool {
    switch change {
    case .therapist(let profile):
      replace(profile)
      return true
    case .client(let id, let partner):
      shard(of: id).index.withLock { $0.enlist(id, of: partner) }
      return true
    case .place(let place):
      for id in shards.flatMap({ shard in shard.index.withLock { $0.therapists(at: place.id) } }) {
        if let profile = profile(of: id) { replace(profile.replacing(place)) }
      }
      return true
    case .occupy(let all):
      guard inParts(all, { $0.occupy($1, by: all) }) else { return false }
      learn(of: all, isTaken: true)
      return true
    case .vacate(let all):
      guard inParts(all, { $0.vacate($1, by: all) }) else { return false }
      learn(of: all, isTaken: false)
      return true
    case .hold(let held):
      guard inParts(held.occupation, { $0.hold($1, by: held) }) else { return false }
      for user in users(of: held.occupation.room) {
        shard(of: user).index.withLock { $0.noteHeldRoom(until: held.expiresAt, for: user) }
      }
      return true
    case .release(let held):
      return inParts(held.occupation) { $0.release($1, by: held) }
    }
  }

  /// Keeps the free starts of later days, when enough of the earlier ones have passed.
  func keepStarts(from now: Instant) {
    guard let coverage = LiveIndex.coverage(at: now) else { return }
    let daysMoved = LiveIndex.daysUntilMoved * 1_440
    for shard in shards {
      let current = shard.index.withLock { $0 }
      guard let kept = current.coverage, kept.start.minutes(to: coverage.start) >= daysMoved else {
        continue
      }
      // Only the sequencer changes the index, and this is its thread: nothing is missed meanwhile.
      let moved = current.keepingStarts(in: coverage, rooms: self)
      shard.index.withLock { $0 = moved }
    }
  }

  private func replace(_ profile: TherapistProfile) {
    let known = shard(of: profile.id).index.withLock { $0.therapist(profile.id) }
    adopt(known?.replacingProfile(with: profile) ?? TherapistEntry(profile: profile))
  }

  private func learn(of all: Occupation, isTaken: Bool) {
    learn(of: all, isTaken: isTaken, all.therapist)
    for user in users(of: all.room) where user != all.therapist {
      learn(of: all, isTaken: false, user)
    }
  }

  private func learn(of all: Occupation, isTaken: Bool, _ therapist: TherapistID) {
    guard let profile = profile(of: therapist) else { return }
    let isTakenOnly = isTaken && profile.caps == .none
    let rooms = isTakenOnly ? RoomTimes() : RoomTimes(of: profile, busy(of:))
    shard(of: therapist).index.withLock {
      $0.learn(of: all, isTaken: isTaken, therapist, rooms: rooms)
    }
  }

  private func users(of room: RoomID?) -> [TherapistID] {
    room.map { room in shard(of: room).index.withLock { $0.users(of: room) } } ?? []
  }

  /// Changes each resource where it is held.
  private func inParts(
    _ occupation: Occupation, _ change: (inout AvailabilityIndex, Resource) -> Bool
  ) -> Bool {
    occupation.allResources { resource in
      shard(of: resource).index.withLock { change(&$0, resource) }
    }
  }
}

extension LiveIndex: Occupancy {
  func busy(of room: RoomID) -> BusyTimes {
    shard(of: room).index.withLock { $0.busy(of: room) }
  }

  func busy(of client: ClientID) -> BusyTimes {
    shard(of: client).index.withLock { $0.busy(of: client) }
  }
}
