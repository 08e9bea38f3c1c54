internal import Availability

/// How far events and the ledger have come in a transaction: read from the database once, then counted.
final class Journal {
  private var positions: [PartnerID: Int64] = [:]
  private var transfers: [PartnerID: Int64] = [:]

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

  /// - Returns: the number of the partner's last transfer; 0 when there is none.
  func lastTransfer(of partner: PartnerID, in database: any Database) throws -> Int64 {
    if let known = transfers[partner] { return known }
    return try database.first(
      "SELECT coalesce(max(number), 0) FROM ledger_transfers WHERE partner_id = $1",
      [.id(partner)]
    ) { $0.int(0) } ?? 0
  }

  func note(transfer number: Int64, of partner: PartnerID) {
    transfers[partner] = number
  }

  /// Events and transfers may have been taken back.
  func forget() {
    positions = [:]
    transfers = [:]
  }
}
