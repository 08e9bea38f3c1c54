public import Accounting
public import Availability
internal import Booking
public import Intervals

/// A transfer with the partner's own number of it, from 1.
public struct NumberedEntry: Hashable, Sendable {
  public let number: Int64
  public let entry: LedgerEntry
}

extension StoreSnapshot {
  package static let sumsQuery = """
    SELECT account, owner_id, currency, sum(CASE WHEN minor_units > 0 THEN minor_units ELSE 0 END),
      sum(CASE WHEN minor_units < 0 THEN -minor_units ELSE 0 END)
    FROM ledger_postings WHERE partner_id = $1 AND at_ms < $2
    GROUP BY account, owner_id, currency
    """

  /// What all of a partner's accounts come to.
  /// - Parameter instant: of what was written before; nil is all.
  /// - Throws: `Balances.Overflow`.
  public func balances(of partner: PartnerID, before instant: Instant? = nil) throws -> Balances {
    try balances(
      StoreSnapshot.sumsQuery, [.id(partner), .int(instant?.msSinceEpoch ?? .max)])
  }

  package static let openingQuery = """
    SELECT account, owner_id, currency, sum(CASE WHEN minor_units > 0 THEN minor_units ELSE 0 END),
      sum(CASE WHEN minor_units < 0 THEN -minor_units ELSE 0 END)
    FROM ledger_postings WHERE partner_id = $1 AND owner_id = $2 AND at_ms < $3
    GROUP BY account, owner_id, currency
    """

  package static let linesQuery = """
    SELECT count(*) FROM ledger_postings
    WHERE partner_id = $1 AND owner_id = $2 AND at_ms >= $3 AND at_ms < $4
    """

  package static let statementQuery = """
    \(entryRows)
    WHERE posting.partner_id = $1 AND posting.transfer_number IN (
      SELECT transfer_number FROM ledger_postings
      WHERE partner_id = $1 AND owner_id = $2 AND at_ms >= $3 AND at_ms < $4)
    ORDER BY posting.transfer_number, posting.ordinal
    """

  /// What happened on all accounts of an owner, taken together.
  /// - Parameters:
  ///   - owner: an id as text, or a gateway's name.
  ///   - end: not included.
  ///   - linesMax: how long it may be.
  /// - Returns: nil where it would be longer.
  /// - Throws: `Balances.Overflow`.
  public func statement(
    of owner: String, _ partner: PartnerID, from start: Instant, until end: Instant, linesMax: Int
  ) throws -> Statement? {
    let period: [SQLValue] = [
      .id(partner), .text(owner), .int(start.msSinceEpoch), .int(end.msSinceEpoch),
    ]
    let count = try database.first(StoreSnapshot.linesQuery, period) { $0.int(0) } ?? 0
    guard count <= linesMax else { return nil }
    let opening = try balances(StoreSnapshot.openingQuery, Array(period.dropLast()))
    let entries = try entries(StoreSnapshot.statementQuery, period).map(\.entry)
    let accounts = Set(opening.accounts).union(
      entries.flatMap(\.transfer.postings).map(\.account).filter { $0.owner == owner })
    return try Statement(of: accounts, opening: opening, entries: entries)
  }

  package static let transfersQuery = """
    \(entryRows)
    WHERE posting.partner_id = $1 AND posting.transfer_number IN (
      SELECT number FROM ledger_transfers WHERE partner_id = $1 AND number > $2
      ORDER BY number LIMIT $3)
    ORDER BY posting.transfer_number, posting.ordinal
    """

  package static let transfersOfSubjectQuery = """
    \(entryRows)
    WHERE posting.partner_id = $1 AND posting.transfer_number IN (
      SELECT number FROM ledger_transfers
      WHERE partner_id = $1 AND subject_id = $4 AND number > $2 ORDER BY number LIMIT $3)
    ORDER BY posting.transfer_number, posting.ordinal
    """

  /// A page of a partner's transfers, in the order in which they were written.
  /// - Parameters:
  ///   - subject: for this one, an id as text; nil is any.
  ///   - number: of the last one of the page before; 0 is none.
  public func transfers(
    of partner: PartnerID, about subject: String?, after number: Int64 = 0, limit: Int
  ) throws -> [NumberedEntry] {
    let page: [SQLValue] = [.id(partner), .int(number), .int(Int64(limit))]
    guard let subject else { return try entries(StoreSnapshot.transfersQuery, page) }
    return try entries(StoreSnapshot.transfersOfSubjectQuery, page + [.text(subject)])
  }

  package static let earningsQuery = """
    SELECT currency, -sum(minor_units) FROM ledger_postings
    WHERE partner_id = $1 AND owner_id = $2 AND account IN ('THERAPIST', 'PENALTIES', 'HAND')
    GROUP BY currency ORDER BY currency
    """

  /// What a therapist is owed, less what they took by hand, by currency; less than 0 where they owe. Of
  /// currencies in which anything was ever moved.
  func earnings(of therapist: TherapistID, _ partner: PartnerID) throws -> [Money] {
    try database.rows(StoreSnapshot.earningsQuery, [.id(partner), .id(therapist)]) { row in
      try Columns(row: row, table: "ledger_postings", id: therapist.text)
        .money(minorUnits: 1, currency: 0)
    }
  }

  private static let entryRows = """
    SELECT transfer.number, transfer.at_ms, transfer.kind, transfer.subject_id, transfer.note,
      posting.account, posting.owner_id, posting.currency, posting.minor_units
    FROM ledger_postings AS posting
      JOIN ledger_transfers AS transfer
      ON transfer.partner_id = posting.partner_id AND transfer.number = posting.transfer_number
    """

  private func balances(_ sql: String, _ arguments: [SQLValue]) throws -> Balances {
    var balances = Balances()
    let sums = try database.rows(sql, arguments) { row in
      let columns = Columns(row: row, table: "ledger_postings", id: row.text(1))
      let turnover = Turnover(debits: row.int(3), credits: row.int(4))
      guard let turnover else {
        throw StoreError.corrupt(table: columns.table, id: columns.id, column: "minor_units")
      }
      return (
        account: try columns.account(kind: 0, owner: 1),
        currency: try columns.parsed(2, "currency", Currency.init), turnover: turnover
      )
    }
    for sum in sums { try balances.add(sum.turnover, to: sum.account, in: sum.currency) }
    return balances
  }

  /// Of rows in the order of their transfers.
  private func entries(_ sql: String, _ arguments: [SQLValue]) throws -> [NumberedEntry] {
    var entries: [NumberedEntry] = []
    var draft: EntryDraft?
    _ = try database.rows(sql, arguments) { row in
      let columns = Columns(row: row, table: "ledger_transfers", id: String(row.int(0)))
      if draft?.number != row.int(0) {
        if let draft { entries.append(try draft.entry) }
        draft = EntryDraft(
          number: row.int(0), atMs: row.int(1),
          kind: try columns.parsed(2, "kind", TransferKind.init(rawValue:)), subject: row.text(3),
          note: row.text(4))
      }
      draft?.postings.append(
        Posting(
          try columns.account(kind: 5, owner: 6), try columns.money(minorUnits: 8, currency: 7)))
    }
    if let draft { entries.append(try draft.entry) }
    return entries
  }
}

/// A transfer while its postings are read.
private struct EntryDraft {
  let number: Int64
  let atMs: Int64
  let kind: TransferKind
  let subject: String
  let note: String
  var postings: [Posting?] = []

  var entry: NumberedEntry {
    get throws {
      guard
        let transfer = Transfer(kind: kind, subject: subject, note: note, postings: postings)
      else {
        throw StoreError.corrupt(
          table: "ledger_transfers", id: String(number), column: "minor_units")
      }
      return NumberedEntry(number: number, entry: LedgerEntry(atMs: atMs, transfer: transfer))
    }
  }
}

extension Columns {
  fileprivate func account(kind: Int, owner: Int) throws -> Account {
    Account(
      kind: try parsed(kind, "account", AccountKind.init(rawValue:)), owner: row.text(owner))
  }
}

extension StoreTransaction {
  /// Adds transfers to a partner's ledger, in this order. The schema turns away what does not balance.
  package func write(
    _ transfers: [Transfer], of partner: PartnerID, at instant: Instant
  ) throws {
    guard !transfers.isEmpty else { return }
    var number = try journal.lastTransfer(of: partner, in: database)
    for transfer in transfers {
      number += 1
      for (ordinal, posting) in transfer.postings.enumerated() {
        try database.execute(
          """
          INSERT INTO ledger_postings (partner_id, transfer_number, ordinal, account, owner_id,
            currency, minor_units, at_ms)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
          """,
          [
            .id(partner), .int(number), .int(Int64(ordinal)),
            .text(posting.account.kind.rawValue), .text(posting.account.owner),
            .text(posting.amount.currency.code), .int(posting.amount.minorUnits),
            .int(instant.msSinceEpoch),
          ])
      }
      // After its postings: writing it checks and seals them.
      try database.execute(
        """
        INSERT INTO ledger_transfers (partner_id, number, at_ms, kind, subject_id, note)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
          .id(partner), .int(number), .int(instant.msSinceEpoch), .text(transfer.kind.rawValue),
          .text(transfer.subject), .text(transfer.note),
        ])
    }
    journal.note(transfer: number, of: partner)
  }
}
