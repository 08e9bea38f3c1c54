public import Availability
public import Intervals

/// An API key as it is kept: never the key itself (E-2).
public struct StoredKey: Hashable, Sendable {
  /// Names the key; travels in the clear and finds the row.
  public let prefix: String
  /// SHA-256 of the whole key.
  public let hash: [UInt8]
  public let partner: PartnerID
  /// "read", "book", "manage", "admin".
  public let scopes: [String]

  public init(prefix: String, hash: [UInt8], partner: PartnerID, scopes: [String]) {
    self.prefix = prefix
    self.hash = hash
    self.partner = partner
    self.scopes = scopes
  }
}

extension StoreSnapshot {
  /// Every partner's id, ascending.
  public func partners() throws -> [PartnerID] {
    try database.rows("SELECT id FROM partners ORDER BY id", []) { row in
      try Columns(row: row, table: "partners", id: row.text(0)).parsed(0, "id", PartnerID.init)
    }
  }

  /// What a partner is called; nil when there is none.
  public func name(of partner: PartnerID) throws -> String? {
    try database.first("SELECT name FROM partners WHERE id = $1", [.id(partner)]) { $0.text(0) }
  }

  /// Every key that was not revoked.
  public func keys() throws -> [StoredKey] {
    try database.rows(
      """
      SELECT prefix, hash, partner_id, scopes FROM api_keys WHERE revoked_ms IS NULL
      ORDER BY prefix
      """, []
    ) { row in
      let columns = Columns(row: row, table: "api_keys", id: row.text(0))
      return StoredKey(
        prefix: row.text(0), hash: row.blob(1),
        partner: try columns.parsed(2, "partner_id", PartnerID.init),
        scopes: row.text(3).split(separator: ",").map(String.init))
    }
  }
}

extension StoreTransaction {
  public func insertPartner(_ id: PartnerID, name: String, at now: Instant) throws {
    try database.execute(
      "INSERT INTO partners (id, name, created_ms) VALUES ($1, $2, $3)",
      [.text(id.text), .text(name), .int(now.msSinceEpoch)])
  }

  public func insert(_ key: StoredKey, at now: Instant) throws {
    try database.execute(
      """
      INSERT INTO api_keys (prefix, hash, partner_id, scopes, created_ms)
      VALUES ($1, $2, $3, $4, $5)
      """,
      [
        .text(key.prefix), .blob(key.hash), .text(key.partner.text),
        .text(key.scopes.joined(separator: ",")), .int(now.msSinceEpoch),
      ])
  }
}
