public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  private static let endpointRows = """
    SELECT id, partner_id, url, kinds, secret, old_secret, is_enabled, position, failing_since_ms,
      last_error, version, created_ms
    FROM webhook_endpoints
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func webhookEndpoint(
    _ id: WebhookEndpointID
  ) throws -> (owner: PartnerID, endpoint: WebhookEndpoint)? {
    try database.first("\(StoreSnapshot.endpointRows) WHERE id = $1", [.id(id)]) {
      try ownedEndpoint($0)
    }
  }

  package static let endpointsQuery = """
    \(StoreSnapshot.endpointRows) WHERE partner_id = $1 ORDER BY id
    """

  /// All of a partner's, by id.
  public func webhookEndpoints(of partner: PartnerID) throws -> [WebhookEndpoint] {
    try database.rows(StoreSnapshot.endpointsQuery, [.id(partner)]) {
      try ownedEndpoint($0).endpoint
    }
  }

  /// All of all partners that are to be told, by id.
  public func enabledWebhookEndpoints() throws -> [(owner: PartnerID, endpoint: WebhookEndpoint)] {
    try database.rows("\(StoreSnapshot.endpointRows) WHERE is_enabled = 1 ORDER BY id", []) {
      try ownedEndpoint($0)
    }
  }

  private func ownedEndpoint(
    _ row: any SQLRow
  ) throws -> (owner: PartnerID, endpoint: WebhookEndpoint) {
    let columns = Columns(row: row, table: "webhook_endpoints", id: row.text(0))
    let endpoint = WebhookEndpoint(
      id: try columns.id(0, "id"), url: row.text(2),
      kinds: row.text(3).split(separator: ",").map(String.init), secret: row.text(4),
      oldSecret: row.text(5), isEnabled: row.int(6) == 1, position: row.int(7),
      failingSince: columns.optionalInstant(8), lastError: row.text(9), version: row.int(10),
      createdAt: columns.instant(11))
    return (try columns.id(1, "partner_id"), endpoint)
  }
}

extension StoreTransaction {
  func put(_ endpoint: WebhookEndpoint, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO webhook_endpoints (id, partner_id, url, kinds, secret, old_secret, is_enabled,
        position, failing_since_ms, last_error, version, created_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (id) DO UPDATE SET url = excluded.url, kinds = excluded.kinds,
        secret = excluded.secret, old_secret = excluded.old_secret,
        is_enabled = excluded.is_enabled, position = excluded.position,
        failing_since_ms = excluded.failing_since_ms, last_error = excluded.last_error,
        version = excluded.version
      """,
      [
        .id(endpoint.id), .id(partner), .text(endpoint.url),
        .text(endpoint.kinds.joined(separator: ",")), .text(endpoint.secret),
        .text(endpoint.oldSecret), .flag(endpoint.isEnabled), .int(endpoint.position),
        .instant(endpoint.failingSince), .text(endpoint.lastError), .int(endpoint.version),
        .int(endpoint.createdAt.msSinceEpoch),
      ])
  }

  /// With all that waited for it.
  /// - Returns: its last version.
  func delete(_ id: WebhookEndpointID) throws -> Int64 {
    let version = try database.first(
      "SELECT version FROM webhook_endpoints WHERE id = $1", [.id(id)]
    ) { $0.int(0) }
    guard let version else { throw StoreError.lostUpdate(table: "webhook_endpoints", id: id.text) }
    try database.execute("DELETE FROM webhook_backlog WHERE endpoint_id = $1", [.id(id)])
    try database.execute("DELETE FROM webhook_endpoints WHERE id = $1", [.id(id)])
    return version
  }
}
