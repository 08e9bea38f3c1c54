public import Availability
public import Booking
public import Intervals

extension StoreSnapshot {
  fileprivate static let holdColumns = """
    id, therapist_id, service_id, location_id, room_id, client_id, start_ms, end_ms,
    buffer_before_minutes, buffer_after_minutes, taken_ms, expires_ms, expires_ms_max, state,
    partner_id
    """

  /// - Returns: nil when there is none, or it is over for so long that it was forgotten; the owner
  ///   tells other partners' apart.
  public func hold(_ id: HoldID) throws -> (owner: PartnerID, hold: Hold)? {
    try database.first(
      "SELECT \(StoreSnapshot.holdColumns) FROM holds WHERE id = $1", [.text(id.text)]
    ) { row in
      let columns = Columns(row: row, table: "holds", id: id.text)
      return (try columns.parsed(14, "partner_id", PartnerID.init), try hold(columns))
    }
  }

  fileprivate func hold(_ columns: Columns) throws -> Hold {
    let row = columns.row
    return Hold(
      id: try columns.parsed(0, "id", HoldID.init),
      therapist: try columns.parsed(1, "therapist_id", TherapistID.init),
      service: try columns.parsed(2, "service_id", ServiceID.init),
      location: try columns.parsed(3, "location_id", LocationID.init),
      room: row.isNull(4) ? nil : try columns.parsed(4, "room_id", RoomID.init),
      client: row.isNull(5) ? nil : try columns.parsed(5, "client_id", ClientID.init),
      span: try columns.span(start: 6, end: 7), buffers: try columns.buffers(before: 8, after: 9),
      takenAt: columns.instant(10),
      expiresAtMax: columns.instant(12), expiresAt: columns.instant(11),
      state: try columns.parsed(13, "state", HoldState.init(rawValue:)))
  }

  /// Every hold that is written down as held, for building the index: those too that have lapsed
  /// since, because the schema still turns away what overlaps them.
  public func forEachHeldTime(_ body: (HeldTime) throws -> Void) throws {
    for held in try heldTimes("", []) { try body(held) }
  }

  fileprivate func heldTimes(_ condition: String, _ arguments: [SQLValue]) throws -> [HeldTime] {
    try database.rows(
      "SELECT \(StoreSnapshot.holdColumns) FROM holds WHERE state = 'HELD' \(condition)", arguments
    ) { row in
      try hold(Columns(row: row, table: "holds", id: row.text(0))).heldTime
    }
  }
}

extension StoreTransaction {
  func insert(_ hold: Hold, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      INSERT INTO holds (id, partner_id, therapist_id, service_id, location_id, room_id, client_id,
        start_ms, end_ms, buffer_before_minutes, buffer_after_minutes, taken_ms, expires_ms,
        expires_ms_max, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """,
      [
        .text(hold.id.text), .text(partner.text), .text(hold.therapist.text),
        .text(hold.service.text), .text(hold.location.text),
        hold.room.map { .text($0.text) } ?? .null, hold.client.map { .text($0.text) } ?? .null,
        .int(hold.span.start.instant.msSinceEpoch), .int(hold.span.end.instant.msSinceEpoch),
        .int32(hold.buffers.beforeMinutes), .int32(hold.buffers.afterMinutes),
        .int(hold.takenAt.msSinceEpoch), .int(hold.expiresAt.msSinceEpoch),
        .int(hold.expiresAtMax.msSinceEpoch), .text(hold.state.rawValue),
      ])
    guard written == 1 else { throw StoreError.overlap(id: hold.id.text) }
  }

  func renew(_ hold: Hold) throws {
    let written = try database.execute(
      "UPDATE holds SET expires_ms = $1 WHERE id = $2 AND state = 'HELD'",
      [.int(hold.expiresAt.msSinceEpoch), .text(hold.id.text)])
    guard written == 1 else { throw StoreError.lostUpdate(table: "holds", id: hold.id.text) }
  }

  /// Writes down that a hold is over.
  func end(_ id: HoldID, as state: HoldState) throws {
    let written = try database.execute(
      "UPDATE holds SET state = $1 WHERE id = $2 AND state = 'HELD'",
      [.text(state.rawValue), .text(id.text)])
    guard written == 1 else { throw StoreError.lostUpdate(table: "holds", id: id.text) }
  }

  /// How long a hold is remembered after its deadline.
  public static let holdsKeptMs: Int64 = 30 * 86_400_000

  /// Writes down which holds have lapsed, and forgets those that are over for long.
  /// - Returns: what lapsed, for the index: nothing is kept of what it took.
  public func clearHolds(at now: Instant) throws -> [HeldTime] {
    let lapsed = try snapshot.heldTimes(
      "AND expires_ms <= $1", [.int(now.msSinceEpoch)])
    try database.execute(
      "UPDATE holds SET state = 'LAPSED' WHERE state = 'HELD' AND expires_ms <= $1",
      [.int(now.msSinceEpoch)])
    try database.execute(
      "DELETE FROM holds WHERE expires_ms < $1",
      [.int(now.msSinceEpoch - StoreTransaction.holdsKeptMs)])
    return lapsed
  }
}
