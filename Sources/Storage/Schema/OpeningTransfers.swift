/// What the books say of appointments from before there were books: as if they had always been kept (P-9).
///
/// For each appointment up to two transfers, at its last change: what was paid and not given back, all of it by
/// hand; and what was earned, of which no commission was ever set.
enum OpeningTransfers {
  static let all =
    [positions, transfersToWrite, postings, transfers] + [
      "DROP TABLE ledger_opening", "DROP TABLE ledger_positions",
    ]

  // Kept, earned, and why earned; only where something was.
  private static let positions = """
    CREATE TABLE ledger_positions AS
    SELECT * FROM (
      SELECT id, partner_id, therapist_id, client_id, currency, changed_ms,
        CASE WHEN payment_plan = 'ON_SITE' THEN therapist_id ELSE partner_id END AS hand_id,
        paid_minor_units - refunded_minor_units AS kept,
        CASE
          WHEN payment_plan = 'FREE' THEN 0
          WHEN state = 'COMPLETED' AND attendance <> 'NO_SHOW' THEN price_minor_units
          WHEN state IN ('COMPLETED', 'CANCELLED_BY_CLIENT', 'CANCELLED_BY_THERAPIST')
            THEN fee_minor_units
          ELSE 0
        END AS earned,
        CASE WHEN state = 'COMPLETED' AND attendance <> 'NO_SHOW' THEN 1 ELSE 0 END AS held
      FROM appointments WHERE client_id IS NOT NULL) AS position
    WHERE kept > 0 OR earned > 0
    """

  private static let transfersToWrite = """
    CREATE TABLE ledger_opening AS
    SELECT *, row_number() OVER (PARTITION BY partner_id ORDER BY changed_ms, id, step) AS number
    FROM (
      SELECT *, 1 AS step, 'CHARGE' AS kind FROM ledger_positions WHERE kept > 0
      UNION ALL
      SELECT *, 2 AS step, CASE held WHEN 1 THEN 'SESSION_RECOGNISED' ELSE 'PENALTY' END AS kind
      FROM ledger_positions WHERE earned > 0) AS step
    """

  // What came in waits until it is earned; what is earned is taken from that, the rest is an open claim.
  private static let postings = """
    INSERT INTO ledger_postings
      (partner_id, transfer_number, ordinal, account, owner_id, currency, minor_units, at_ms)
    SELECT * FROM (
      SELECT partner_id, number, 0, 'HAND', hand_id, currency, kept AS amount, changed_ms
      FROM ledger_opening WHERE step = 1
      UNION ALL
      SELECT partner_id, number, 1, 'DEFERRED_REVENUE', client_id, currency, -kept, changed_ms
      FROM ledger_opening WHERE step = 1
      UNION ALL
      SELECT partner_id, number, 0, 'CLIENT', client_id, currency,
        CASE WHEN earned > kept THEN earned - kept ELSE 0 END, changed_ms
      FROM ledger_opening WHERE step = 2
      UNION ALL
      SELECT partner_id, number, 1, CASE held WHEN 1 THEN 'THERAPIST' ELSE 'PENALTIES' END,
        therapist_id, currency, -earned, changed_ms
      FROM ledger_opening WHERE step = 2
      UNION ALL
      SELECT partner_id, number, 2, 'DEFERRED_REVENUE', client_id, currency,
        CASE WHEN earned > kept THEN kept ELSE earned END, changed_ms
      FROM ledger_opening WHERE step = 2) AS posting
    WHERE amount <> 0
    """

  private static let transfers = """
    INSERT INTO ledger_transfers (partner_id, number, at_ms, kind, subject_id, note)
    SELECT partner_id, number, changed_ms, kind, id, 'as it stood when the ledger began'
    FROM ledger_opening
    """
}
