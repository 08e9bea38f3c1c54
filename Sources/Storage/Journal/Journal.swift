internal import Availability

/// How far the events of a transaction have come: read from the database once, then counted.
final class Journal {
  private var positions: [PartnerID: Int64] = [:]

  /// - Returns: the position of the partner's last event; 0 when there is none.
  func lastPosition(of partner: PartnerID, in database: any Database) throws -> Int64 {
    if let known = positions[partner] { return known }
    return try database.first(
      "SELECT coalesce(max(position), 0) FROM events WHERE partner_id = $1", [.id(partner)]
    ) { $0.int(0) } ?? 0
  }

  func note(_ position: Int64, of partner: PartnerID) {
    positions[partner] = position
  }

  /// Events may have been taken back.
  func forget() {
    positions = [:]
  }
}
