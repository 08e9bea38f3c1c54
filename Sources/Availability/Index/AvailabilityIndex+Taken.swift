public import Intervals

extension AvailabilityIndex: Occupancy {
  public func busy(of room: RoomID) -> BusyTimes {
    rooms[room] ?? BusyTimes()
  }

  public func busy(of client: ClientID) -> BusyTimes {
    clients[client] ?? BusyTimes()
  }
}

// What an occupation takes of one of its resources: a shard holds some of them only. Whoever applies
// a change in parts says to `learn` of it afterwards for all therapists whom it concerns.
extension AvailabilityIndex {
  /// False when the resource is not free, or a therapist who is not held; nothing is taken then.
  public mutating func occupy(_ resource: Resource, by all: Occupation) -> Bool {
    change(resource) { $0.occupy(all.part(for: resource)) }
  }

  /// False when the appointment does not take the resource just so.
  public mutating func vacate(_ resource: Resource, by all: Occupation) -> Bool {
    change(resource) { $0.vacate(all.part(for: resource)) }
  }

  /// False when the resource is booked, or a therapist who is not held; nothing is taken then.
  public mutating func hold(_ resource: Resource, by held: HeldTime) -> Bool {
    guard change(resource, { $0.hold(held.part(for: resource)) }) else { return false }
    if case .therapist(let id) = resource, let row = row(of: id) { noteHeld(row) }
    return true
  }

  /// False when the hold does not take the resource just so.
  public mutating func release(_ resource: Resource, by held: HeldTime) -> Bool {
    change(resource) { $0.release(held.part(for: resource)) }
  }

  /// A therapist's starts follow what was taken of them or given back, or of a room where they work.
  ///
  /// - Parameters:
  ///   - isTaken: the therapist's own time was taken: nothing becomes free by it.
  ///   - rooms: the rooms of the therapist's places, after the change.
  public mutating func learn(
    of all: Occupation, isTaken: Bool, _ therapist: TherapistID, rooms: RoomTimes
  ) {
    guard coverage != nil, let row = row(of: therapist) else { return }
    let changed =
      isTaken
      ? rows[row].takeStarts(for: all, rooms: rooms)
      : rows[row].refreshStarts(around: all, rooms: rooms)
    note(row, in: changed)
  }

  /// A room where the therapist works is held: until then, what is kept does not tell all.
  public mutating func noteHeldRoom(until deadline: Instant, for therapist: TherapistID) {
    guard let row = row(of: therapist) else { return }
    rows[row].roomsHeldUntil = max(rows[row].roomsHeldUntil, deadline)
    noteHeld(row)
  }

  /// In place, so that a tree that nobody else has is not copied. Nothing booked is not kept.
  private mutating func change(
    _ resource: Resource, _ body: (inout BusyTimes) -> Bool
  ) -> Bool {
    switch resource {
    case .therapist(let id):
      guard let row = row(of: id) else { return false }
      return body(&rows[row].busy)
    case .room(let id):
      let done = body(&rooms[id, default: BusyTimes()])
      if rooms[id]?.isEmpty == true { rooms[id] = nil }
      return done
    case .client(let id):
      let done = body(&clients[id, default: BusyTimes()])
      if clients[id]?.isEmpty == true { clients[id] = nil }
      return done
    }
  }

  func isUnbooked(_ resource: Resource, for all: Occupation) -> Bool {
    busy(of: resource)?.isUnbooked(for: all.part(for: resource)) == true
  }

  func has(_ resource: Resource, by all: Occupation) -> Bool {
    busy(of: resource)?.has(all.part(for: resource)) == true
  }

  /// Nil for a therapist who is not held.
  private func busy(of resource: Resource) -> BusyTimes? {
    switch resource {
    case .therapist(let id): row(of: id).map { rows[$0].busy }
    case .room(let id): busy(of: id)
    case .client(let id): busy(of: id)
    }
  }
}
