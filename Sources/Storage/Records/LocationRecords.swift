public import Availability
public import Booking

extension StoreSnapshot {
  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func location(_ id: LocationID) throws -> (owner: PartnerID, location: Location)? {
    try database.first(
      "SELECT partner_id, name, mode, address, city, version FROM locations WHERE id = $1",
      [.text(id.text)]
    ) { row in
      let columns = Columns(row: row, table: "locations", id: id.text)
      return (
        try columns.id(0, "partner_id"),
        Location(
          id: id, name: row.text(1), mode: try columns.parsed(2, "mode", SessionMode.init(column:)),
          address: row.text(3), city: row.text(4), rooms: try rooms(of: id), version: row.int(5))
      )
    }
  }

  /// A page of a partner's locations, by id.
  public func locations(
    of partner: PartnerID, after: LocationID?, limit: Int
  ) throws -> [Location] {
    try ids(in: "locations", of: partner, after: after, limit: limit)
      .compactMap { try location($0)?.location }
  }

  private func rooms(of location: LocationID) throws -> [Room] {
    try database.rows(
      """
      SELECT id, name FROM rooms WHERE location_id = $1 AND position IS NOT NULL ORDER BY position
      """, [.text(location.text)]
    ) { row in
      let columns = Columns(row: row, table: "rooms", id: row.text(0))
      return Room(id: try columns.id(0, "id"), name: row.text(1))
    }
  }

  /// The location that a room belongs to, or belonged to, and the partner.
  func roomOwner(_ room: RoomID) throws -> (owner: PartnerID, location: LocationID)? {
    try database.first(
      """
      SELECT locations.partner_id, rooms.location_id
      FROM rooms JOIN locations ON locations.id = rooms.location_id WHERE rooms.id = $1
      """, [.text(room.text)]
    ) { row in
      let columns = Columns(row: row, table: "rooms", id: room.text)
      return (
        try columns.id(0, "partner_id"),
        try columns.id(1, "location_id")
      )
    }
  }

  /// Ids of a partner's resources in one table, ascending.
  func ids<Kind>(
    in table: String, of partner: PartnerID, after: ID<Kind>?, limit: Int
  ) throws -> [ID<Kind>] {
    try database.rows(
      "SELECT id FROM \(table) WHERE partner_id = $1 AND id > $2 ORDER BY id LIMIT $3",
      [.text(partner.text), .text(after?.text ?? ""), .int(Int64(limit))]
    ) { row in
      try Columns(row: row, table: table, id: row.text(0)).id(0, "id")
    }
  }
}

extension StoreTransaction {
  func put(_ location: Location, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO locations (id, partner_id, name, mode, address, city, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, mode = excluded.mode,
        address = excluded.address, city = excluded.city, version = excluded.version
      """,
      [
        .text(location.id.text), .text(partner.text), .text(location.name),
        .text(location.mode.column), .text(location.address), .text(location.city),
        .int(location.version),
      ])
    try database.execute(
      "UPDATE rooms SET position = NULL WHERE location_id = $1", [.text(location.id.text)])
    for (position, room) in location.rooms.enumerated() {
      try database.execute(
        """
        INSERT INTO rooms (id, location_id, position, name) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name
        """,
        [.text(room.id.text), .text(location.id.text), .int(Int64(position)), .text(room.name)])
    }
  }
}
