internal import Accounting
public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  package static let payoutsQuery = """
    SELECT id, therapist_id, minor_units, currency, method, note, at_ms FROM payouts
    WHERE therapist_id = $1 AND id > $2 AND partner_id || '' = $3 ORDER BY id LIMIT $4
    """

  /// A page of what was paid out to a therapist, by id, so in order of time, for tests: callers read the ledger.
  package func payouts(
    to therapist: TherapistID, of partner: PartnerID, after: PayoutID? = nil, limit: Int
  ) throws -> [Payout] {
    try database.rows(
      StoreSnapshot.payoutsQuery,
      [.id(therapist), .text(after?.text ?? ""), .id(partner), .int(Int64(limit))], payout)
  }

  public func payout(_ id: PayoutID) throws -> (owner: PartnerID, payout: Payout)? {
    try database.first(
      """
      SELECT id, therapist_id, minor_units, currency, method, note, at_ms, partner_id FROM payouts
      WHERE id = $1
      """, [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "payouts", id: row.text(0))
      return (owner: try columns.id(7, "partner_id"), payout: try payout(row))
    }
  }

  private func payout(_ row: any SQLRow) throws -> Payout {
    let columns = Columns(row: row, table: "payouts", id: row.text(0))
    return Payout(
      id: try columns.id(0, "id"), therapist: try columns.id(1, "therapist_id"),
      amount: try columns.money(minorUnits: 2, currency: 3), method: row.text(4),
      note: row.text(5), at: columns.instant(6))
  }
}

extension StoreTransaction {
  func insert(_ payout: Payout, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO payouts
        (id, partner_id, therapist_id, minor_units, currency, method, note, at_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(payout.id), .id(partner), .id(payout.therapist), .int(payout.amount.minorUnits),
        .text(payout.amount.currency.code), .text(payout.method), .text(payout.note),
        .int(payout.at.msSinceEpoch),
      ])
  }
}
