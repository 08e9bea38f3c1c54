public import Intervals

/// Who works when and what is taken: all that searches need, as a value.
///
/// It may hold a part only of the therapists, rooms and clients: a shard, or what a batch of
/// bookings touches. A change is then applied in parts, each where its resource is held.
public struct AvailabilityIndex: Sendable {
  private var therapists: [TherapistID: TherapistEntry] = [:]
  /// Ascending, so that lists need no sorting.
  private var therapistsByPartner: [PartnerID: [TherapistID]] = [:]
  private var therapistsByPlace: [LocationID: Set<TherapistID>] = [:]
  /// Rooms and clients with nothing booked are absent.
  private var rooms: [RoomID: IntervalTree] = [:]
  private var clients: [ClientID: IntervalTree] = [:]
  private var clientPartners: [ClientID: PartnerID] = [:]

  public init() {}

  /// How many therapists it holds.
  public var count: Int { therapists.count }

  public func therapist(_ id: TherapistID) -> TherapistEntry? {
    therapists[id]
  }

  public func therapistCount(of partner: PartnerID) -> Int {
    therapistsByPartner[partner]?.count ?? 0
  }

  /// By id.
  public func therapists(of partner: PartnerID) -> [TherapistEntry] {
    therapistsByPartner[partner, default: []].map { therapists[$0]! }
  }

  /// Makes a change, or none at all when the answer is false. It is false when what is to be taken
  /// is taken already, what is to be freed is not there, or the therapist is not held: all of them
  /// mistakes of the caller, who must not go on with this index.
  public mutating func apply(_ change: IndexChange) -> Bool {
    switch change {
    case .therapist(let profile):
      replace(profile)
      return true
    case .client(let id, let partner):
      enlist(id, of: partner)
      return true
    case .place(let place):
      refresh(place)
      return true
    case .occupy(let occupation):
      return occupy(occupation)
    case .vacate(let occupation):
      return vacate(occupation)
    }
  }

  // MARK: Profiles

  /// A new therapist, or a new profile; what is booked stays.
  public mutating func replace(_ profile: TherapistProfile) {
    adopt(TherapistEntry(profile: profile, busy: therapists[profile.id]?.busy ?? IntervalTree()))
  }

  /// A place as it is now, at all therapists held who work there.
  public mutating func refresh(_ place: Place) {
    for id in therapistsByPlace[place.id, default: []] {
      guard let entry = therapists[id] else { continue }
      therapists[id] = TherapistEntry(profile: entry.profile.replacing(place), busy: entry.busy)
    }
  }

  /// Nil for a client who is not held.
  public func partner(of client: ClientID) -> PartnerID? {
    clientPartners[client]
  }

  /// A client may be asked about by their own partner only, booked or not.
  public mutating func enlist(_ client: ClientID, of partner: PartnerID) {
    clientPartners[client] = partner
  }

  // MARK: Parts of another index

  /// A therapist with what is booked, as another index holds them. Replaces the one held.
  public mutating func adopt(_ entry: TherapistEntry) {
    if let previous = therapists[entry.id] { unlist(previous) }
    list(entry)
    therapists[entry.id] = entry
  }

  public mutating func adopt(_ busy: IntervalTree, of room: RoomID) {
    rooms[room] = busy.isEmpty ? nil : busy
  }

  public mutating func adopt(_ busy: IntervalTree, of client: ClientID) {
    clients[client] = busy.isEmpty ? nil : busy
  }

  private mutating func list(_ entry: TherapistEntry) {
    var ids = therapistsByPartner.removeValue(forKey: entry.partner) ?? []
    ids.insert(entry.id, at: ids.firstIndex(notBelow: entry.id))
    therapistsByPartner[entry.partner] = ids
    for place in entry.places { therapistsByPlace[place.id, default: []].insert(entry.id) }
  }

  private mutating func unlist(_ entry: TherapistEntry) {
    var ids = therapistsByPartner.removeValue(forKey: entry.partner) ?? []
    ids.remove(at: ids.firstIndex(notBelow: entry.id))
    if !ids.isEmpty { therapistsByPartner[entry.partner] = ids }
    for place in entry.places {
      therapistsByPlace[place.id]?.remove(entry.id)
      if therapistsByPlace[place.id]?.isEmpty == true { therapistsByPlace[place.id] = nil }
    }
  }
}

// MARK: What is taken

extension AvailabilityIndex: Occupancy {
  public func busy(of room: RoomID) -> IntervalTree {
    rooms[room] ?? IntervalTree()
  }

  public func busy(of client: ClientID) -> IntervalTree {
    clients[client] ?? IntervalTree()
  }
}

extension AvailabilityIndex {
  /// False when the therapist is not held or not free; nothing is taken then.
  public mutating func occupy(
    therapist: TherapistID, span: Span, by appointment: AppointmentID
  ) -> Bool {
    guard isFree(therapist: therapist, span) else { return false }
    return therapists[therapist]?.busy.insert(IntervalTree.Entry(appointment, span)) == true
  }

  /// False when the room is not free; nothing is taken then.
  public mutating func occupy(room: RoomID, span: Span, by appointment: AppointmentID) -> Bool {
    guard isFree(rooms[room], span) else { return false }
    return rooms[room, default: IntervalTree()].insert(IntervalTree.Entry(appointment, span))
  }

  /// False when the client is not free; nothing is taken then.
  public mutating func occupy(client: ClientID, span: Span, by appointment: AppointmentID) -> Bool {
    guard isFree(clients[client], span) else { return false }
    return clients[client, default: IntervalTree()].insert(IntervalTree.Entry(appointment, span))
  }

  /// False when the appointment does not take the therapist's time just so.
  public mutating func vacate(
    therapist: TherapistID, span: Span, by appointment: AppointmentID
  ) -> Bool {
    therapists[therapist]?.busy.remove(IntervalTree.Entry(appointment, span)) == true
  }

  /// False when the appointment does not take the room just so.
  public mutating func vacate(room: RoomID, span: Span, by appointment: AppointmentID) -> Bool {
    guard rooms[room]?.remove(IntervalTree.Entry(appointment, span)) == true else { return false }
    if rooms[room]?.isEmpty == true { rooms[room] = nil }
    return true
  }

  /// False when the appointment does not take the client's time just so.
  public mutating func vacate(client: ClientID, span: Span, by appointment: AppointmentID) -> Bool {
    guard clients[client]?.remove(IntervalTree.Entry(appointment, span)) == true else {
      return false
    }
    if clients[client]?.isEmpty == true { clients[client] = nil }
    return true
  }

  private mutating func occupy(_ all: Occupation) -> Bool {
    guard isFree(therapist: all.therapist, all.span),
      all.room.map({ isFree(rooms[$0], all.span) }) ?? true,
      all.client.map({ isFree(clients[$0], all.span) }) ?? true
    else { return false }
    var done = occupy(therapist: all.therapist, span: all.span, by: all.appointment)
    if let room = all.room {
      done = occupy(room: room, span: all.span, by: all.appointment) && done
    }
    if let client = all.client {
      done = occupy(client: client, span: all.span, by: all.appointment) && done
    }
    return done
  }

  private mutating func vacate(_ all: Occupation) -> Bool {
    let wanted = IntervalTree.Entry(all.appointment, all.span)
    guard holds(wanted, in: therapists[all.therapist]?.busy),
      all.room.map({ holds(wanted, in: rooms[$0]) }) ?? true,
      all.client.map({ holds(wanted, in: clients[$0]) }) ?? true
    else { return false }
    var done = vacate(therapist: all.therapist, span: all.span, by: all.appointment)
    if let room = all.room {
      done = vacate(room: room, span: all.span, by: all.appointment) && done
    }
    if let client = all.client {
      done = vacate(client: client, span: all.span, by: all.appointment) && done
    }
    return done
  }

  private func isFree(therapist: TherapistID, _ span: Span) -> Bool {
    therapists[therapist].map { !$0.busy.overlapsAny(span) } ?? false
  }

  private func isFree(_ busy: IntervalTree?, _ span: Span) -> Bool {
    busy?.overlapsAny(span) != true
  }

  private func holds(_ entry: IntervalTree.Entry, in busy: IntervalTree?) -> Bool {
    busy?.overlaps(entry.span).contains { $0 == entry } == true
  }
}

// MARK: Soundness

extension AvailabilityIndex {
  /// Everything that is wrong with it, in sentences; empty when it is sound. Walks through it all.
  public func violations() -> [String] {
    var found: [String] = []
    for (id, entry) in therapists {
      if entry.id != id { found.append("\(id) is held as \(entry.id)") }
      found += violations(of: entry.busy).map { "\(id): \($0)" }
      if therapistsByPartner[entry.partner]?.contains(id) != true {
        found.append("\(id) is missing from the list of \(entry.partner)")
      }
      for place in entry.places where therapistsByPlace[place.id]?.contains(id) != true {
        found.append("\(id) is missing from the list of \(place.id)")
      }
    }
    for (partner, ids) in therapistsByPartner {
      if zip(ids, ids.dropFirst()).contains(where: { $0 >= $1 }) {
        found.append("the list of \(partner) does not ascend")
      }
      for id in ids where therapists[id]?.partner != partner {
        found.append("the list of \(partner) has \(id), who is not theirs")
      }
    }
    for (place, ids) in therapistsByPlace {
      for id in ids where therapists[id]?.profile.place(place) == nil {
        found.append("the list of \(place) has \(id), who does not work there")
      }
    }
    for (room, busy) in rooms {
      if busy.isEmpty { found.append("\(room) is held with nothing booked") }
      found += violations(of: busy).map { "\(room): \($0)" }
    }
    for (client, busy) in clients {
      if busy.isEmpty { found.append("\(client) is held with nothing booked") }
      found += violations(of: busy).map { "\(client): \($0)" }
    }
    return found.sorted()
  }

  private func violations(of busy: IntervalTree) -> [String] {
    var found = busy.violations()
    let entries = busy.entries
    for (one, next) in zip(entries, entries.dropFirst()) where one.span.overlaps(next.span) {
      let ids = [one, next].map { AppointmentID(rawValue: $0.key).text }
      found.append("\(ids[0]) overlaps \(ids[1])")
    }
    return found
  }
}

extension IntervalTree.Entry {
  fileprivate init(_ appointment: AppointmentID, _ span: Span) {
    self.init(span: span, key: appointment.rawValue)
  }
}

extension [TherapistID] {
  /// Of an ascending array: where the id is, or would have to be.
  fileprivate func firstIndex(notBelow id: TherapistID) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
