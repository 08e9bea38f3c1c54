public import Intervals

/// Who works when and what is taken: all that searches need, as a value.
///
/// It may hold a part only of the therapists, rooms and clients: a shard, or what a batch of
/// bookings touches. A change is then applied in parts, each where its resource is held.
public struct AvailabilityIndex: Sendable {
  /// In the order in which they came; a row is never removed.
  var rows: ContiguousArray<TherapistEntry> = []
  private var finder = RowFinder()
  /// Each row's number in its partner's roster.
  private(set) var members: ContiguousArray<Int32> = []
  private(set) var rosters: [PartnerID: Roster] = [:]
  private(set) var therapistsByPlace: [LocationID: Set<TherapistID>] = [:]
  private(set) var therapistsByService: [ServiceID: Set<TherapistID>] = [:]
  /// Those who work where a room is: of what happens in it they have to learn.
  private var roomUsers: [RoomID: [TherapistID]] = [:]
  /// Rooms and clients with nothing booked are absent.
  var rooms: [RoomID: BusyTimes] = [:]
  var clients: [ClientID: BusyTimes] = [:]
  /// Rows whom a hold concerns, and until when.
  private(set) var heldRows: [Int: Instant] = [:]
  private var clientPartners: [ClientID: PartnerID] = [:]
  /// Of which time it keeps the starts that are free; nil keeps none.
  public let coverage: Span?

  /// - Parameter coverage: from when to when the starts that are free are kept, so that searches need
  ///   not walk through hours and bookings. Nil keeps none, for what is written more than searched.
  public init(keepingStartsIn coverage: Span? = nil) {
    self.coverage = coverage
  }

  /// How many therapists it holds.
  public var count: Int { rows.count }

  public func therapist(_ id: TherapistID) -> TherapistEntry? {
    row(of: id).map { rows[$0] }
  }

  public func therapistCount(of partner: PartnerID) -> Int {
    rosters[partner]?.count ?? 0
  }

  /// By id.
  public func therapists(of partner: PartnerID) -> [TherapistEntry] {
    rosters[partner].map { $0.rows.map { rows[Int($0)] } } ?? []
  }

  /// Nil for a therapist who is not held.
  public func profile(of id: TherapistID) -> TherapistProfile? {
    row(of: id).map { rows[$0].profile }
  }

  /// Whether a therapist of the partner who is held here offers a service.
  public func offers(_ service: ServiceID, _ partner: PartnerID) -> Bool {
    therapistsByService[service, default: []].contains { profile(of: $0)?.partner == partner }
  }

  /// Whether a therapist of the partner who is held here works at a place.
  public func works(at place: LocationID, _ partner: PartnerID) -> Bool {
    therapistsByPlace[place, default: []].contains { profile(of: $0)?.partner == partner }
  }

  @inline(__always)
  func row(of id: TherapistID) -> Int? { finder.row(of: id.rawValue) }

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
    case .occupy(let all):
      guard all.allResources({ isUnbooked($0, for: all) }),
        all.allResources({ occupy($0, by: all) })
      else { return false }
      learn(of: all, isTaken: true)
      return true
    case .vacate(let all):
      guard all.allResources({ has($0, by: all) }), all.allResources({ vacate($0, by: all) })
      else { return false }
      learn(of: all, isTaken: false)
      return true
    case .hold(let held):
      let all = held.occupation
      guard all.allResources({ isUnbooked($0, for: all) }),
        all.allResources({ hold($0, by: held) })
      else { return false }
      if let room = all.room {
        for user in users(of: room) { noteHeldRoom(until: held.expiresAt, for: user) }
      }
      return true
    case .release(let held):
      let all = held.occupation
      return all.allResources { has($0, by: all) } && all.allResources { release($0, by: held) }
    }
  }

  private mutating func learn(of all: Occupation, isTaken: Bool) {
    learn(of: all, isTaken: isTaken, all.therapist, rooms: roomTimes(of: all.therapist))
    guard let room = all.room else { return }
    for user in users(of: room) where user != all.therapist {
      learn(of: all, isTaken: false, user, rooms: roomTimes(of: user))
    }
  }

  private func roomTimes(of therapist: TherapistID) -> RoomTimes {
    guard coverage != nil, let row = row(of: therapist) else { return RoomTimes() }
    return RoomTimes(of: rows[row].profile) { rooms[$0] ?? BusyTimes() }
  }

  // MARK: Profiles

  /// A new therapist, or a new profile; what is booked stays.
  public mutating func replace(_ profile: TherapistProfile) {
    for room in profile.places.lazy.flatMap(\.rooms) { enlist(profile.id, asUserOf: room) }
    adopt(
      row(of: profile.id).map { rows[$0].replacingProfile(with: profile) }
        ?? TherapistEntry(profile: profile))
  }

  /// A place as it is now, at all therapists held who work there.
  public mutating func refresh(_ place: Place) {
    for id in therapistsByPlace[place.id, default: []].sorted() {
      guard let row = row(of: id) else { continue }
      replace(rows[row].profile.replacing(place))
    }
  }

  /// The therapists held who work at a place, by id.
  public func therapists(at place: LocationID) -> [TherapistID] {
    therapistsByPlace[place, default: []].sorted()
  }

  /// Nil for a client who is not held.
  public func partner(of client: ClientID) -> PartnerID? {
    clientPartners[client]
  }

  /// A client may be asked about by their own partner only, booked or not.
  public mutating func enlist(_ client: ClientID, of partner: PartnerID) {
    clientPartners[client] = partner
  }

  /// The therapist has to learn of what happens in the room, now that they work where it is. It
  /// does no harm when they work there no more.
  public mutating func enlist(_ therapist: TherapistID, asUserOf room: RoomID) {
    guard coverage != nil else { return }
    let users = roomUsers[room] ?? []
    let place = users.firstIndex(notBelow: therapist)
    if place < users.count, users[place] == therapist { return }
    roomUsers[room, default: []].insert(therapist, at: place)
  }

  /// Those who have to learn of what happens in a room; by id.
  public func users(of room: RoomID) -> [TherapistID] {
    roomUsers[room] ?? []
  }

  /// The same with the starts of another stretch of time kept.
  ///
  /// - Parameter occupancy: knows the rooms of the therapists' places.
  public func keepingStarts(
    in coverage: Span, rooms occupancy: some Occupancy
  ) -> AvailabilityIndex {
    var result = AvailabilityIndex(keepingStartsIn: coverage)
    result.rooms = rooms
    result.clients = clients
    result.clientPartners = clientPartners
    result.roomUsers = roomUsers
    for entry in rows {
      result.adopt(
        TherapistEntry(profile: entry.profile, busy: entry.busy),
        rooms: RoomTimes(of: entry.profile) { occupancy.busy(of: $0) })
    }
    return result
  }

  // MARK: Parts of another index

  /// A therapist with what is booked, as another index holds them. Replaces the one held. The rooms
  /// of their places have been adopted before.
  public mutating func adopt(_ entry: TherapistEntry) {
    adopt(entry, rooms: RoomTimes(of: entry.profile) { rooms[$0] ?? BusyTimes() })
  }

  /// A therapist whose rooms are held elsewhere.
  ///
  /// - Parameter rooms: the rooms of the therapist's places as they are now.
  public mutating func adopt(_ entry: TherapistEntry, rooms: RoomTimes) {
    var entry = entry
    if let coverage {
      if entry.starts.coverage != coverage { entry.layOutStarts(over: coverage, rooms: rooms) }
      entry.roomsHeldUntil = max(entry.roomsHeldUntil, rooms.heldUntil)
    } else {
      entry.starts = StartTable()
    }
    list(entry)
  }

  public mutating func adopt(_ busy: BusyTimes, of room: RoomID) {
    rooms[room] = busy.isEmpty ? nil : busy
  }

  public mutating func adopt(_ busy: BusyTimes, of client: ClientID) {
    clients[client] = busy.isEmpty ? nil : busy
  }

  /// Puts an entry into its row and makes it found.
  private mutating func list(_ entry: TherapistEntry) {
    let row: Int
    if let known = self.row(of: entry.id) {
      row = known
      let previous = rows[row].profile
      let isFreeAsBefore = rows[row].starts == entry.starts
      unlist(previous)
      rows[row] = entry
      if previous.partner == entry.partner {
        if !isFreeAsBefore { note(row, in: coverage) }
        rosters[entry.partner]?.relabel(Int(members[row]), from: previous, to: entry.profile)
      } else {
        rosters[previous.partner] = nil
        for other in rows.indices where rows[other].partner == previous.partner { enrol(other) }
        enrol(row)
      }
    } else {
      row = rows.count
      finder.add(entry.id.rawValue, row: row)
      rows.append(entry)
      members.append(0)
      enrol(row)
    }
    let profile = entry.profile
    for place in profile.places { therapistsByPlace[place.id, default: []].insert(profile.id) }
    for offer in profile.offers { therapistsByService[offer.id, default: []].insert(profile.id) }
    noteHeld(row)
  }

  /// Makes a row a new member of its partner's roster.
  private mutating func enrol(_ row: Int) {
    let entry = rows[row]
    var roster = rosters.removeValue(forKey: entry.partner) ?? Roster(over: coverage)
    let member = roster.add(entry.id, row: row)
    roster.relabel(member, from: nil, to: entry.profile)
    members[row] = Int32(member)
    for later in roster.rows[(member + 1)...] { members[Int(later)] += 1 }
    if let coverage {
      roster.note(member, entry.starts, streams: entry.profile.streams.count, in: coverage)
    }
    // Nobody else has it then: what is noted later is not copied first.
    rosters[entry.partner] = consume roster
  }

  /// Lapsed holds concern nobody any more; without this, searches look at them again and again.
  public mutating func forgetLapsedHolds(at now: Instant) {
    guard !heldRows.isEmpty else { return }
    heldRows = heldRows.filter { $0.value > now }
  }

  /// After a change of a therapist's holds, or of those of a room where they work.
  func heldUntil(_ row: Int) -> Instant {
    rows[row].busy.held.reduce(rows[row].roomsHeldUntil) { max($0, $1.expiresAt) }
  }

  mutating func noteHeld(_ row: Int) {
    guard coverage != nil else { return }
    let deadline = heldUntil(row)
    if deadline > Instant(msSinceEpoch: .min) { heldRows[row] = deadline }
  }

  /// The hours of a range in which a therapist may be free are as their starts say.
  mutating func note(_ row: Int, in range: Span?) {
    guard let range else { return }
    let profile = rows[row].profile
    rosters[profile.partner]?.note(
      Int(members[row]), rows[row].starts, streams: profile.streams.count, in: range)
  }

  private mutating func unlist(_ profile: TherapistProfile) {
    for place in profile.places {
      therapistsByPlace[place.id]?.remove(profile.id)
      if therapistsByPlace[place.id]?.isEmpty == true { therapistsByPlace[place.id] = nil }
    }
    for offer in profile.offers {
      therapistsByService[offer.id]?.remove(profile.id)
      if therapistsByService[offer.id]?.isEmpty == true { therapistsByService[offer.id] = nil }
    }
  }
}
