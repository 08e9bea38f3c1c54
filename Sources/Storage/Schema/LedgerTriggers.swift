/// What keeps the ledger balanced and as it was written (P-9), whoever writes.
///
/// A row that takes the place of another (INSERT OR REPLACE) fires no trigger on DELETE: so nothing is written
/// under a number, or a rowid, that is there already.
enum LedgerTriggers {
  static let all =
    [
      """
      CREATE TRIGGER ledger_transfers_balanced BEFORE INSERT ON ledger_transfers
      BEGIN
        SELECT RAISE(ABORT, 'a transfer has to sum to zero in every currency')
        WHERE NOT EXISTS (
          SELECT 1 FROM ledger_postings
          WHERE partner_id = NEW.partner_id AND transfer_number = NEW.number)
        OR EXISTS (
          SELECT 1 FROM ledger_postings
          WHERE partner_id = NEW.partner_id AND transfer_number = NEW.number
          GROUP BY currency HAVING sum(minor_units) <> 0);
        SELECT RAISE(ABORT, 'postings have the time of their transfer')
        WHERE EXISTS (
          SELECT 1 FROM ledger_postings
          WHERE partner_id = NEW.partner_id AND transfer_number = NEW.number
            AND at_ms <> NEW.at_ms);
      END
      """,
      """
      CREATE TRIGGER ledger_transfers_anew BEFORE INSERT ON ledger_transfers
      WHEN EXISTS (
        SELECT 1 FROM ledger_transfers WHERE partner_id = NEW.partner_id AND number = NEW.number)
        OR EXISTS (SELECT 1 FROM ledger_transfers WHERE rowid = NEW.rowid)
      BEGIN
        SELECT RAISE(ABORT, 'the ledger is written once: correct it by another transfer');
      END
      """,
      """
      CREATE TRIGGER ledger_postings_anew BEFORE INSERT ON ledger_postings
      WHEN EXISTS (SELECT 1 FROM ledger_postings WHERE rowid = NEW.rowid)
      BEGIN
        SELECT RAISE(ABORT, 'the ledger is written once: correct it by another transfer');
      END
      """,
      """
      CREATE TRIGGER ledger_postings_sealed BEFORE INSERT ON ledger_postings
      WHEN EXISTS (
        SELECT 1 FROM ledger_transfers
        WHERE partner_id = NEW.partner_id AND number = NEW.transfer_number)
      BEGIN
        SELECT RAISE(ABORT, 'a transfer that was written takes no more postings');
      END
      """,
    ]
    + ["ledger_transfers", "ledger_postings"].flatMap { table in
      ["UPDATE", "DELETE"].map { change in
        """
        CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
        BEGIN
          SELECT RAISE(ABORT, 'the ledger is written once: correct it by another transfer');
        END
        """
      }
    }
}
