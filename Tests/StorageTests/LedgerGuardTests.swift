internal import Accounting
internal import Availability
internal import Booking
internal import Storage
internal import Testing

/// Whoever writes, with whatever tool: the ledger is balanced, and stays as it was written (P-9).
struct LedgerGuardTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    let transfer = Transfer(
      kind: .charge, subject: "apt_1", note: "",
      postings: [
        Posting(Account(kind: .hand, owner: anna.text), euro(7_000)),
        Posting(Account(kind: .deferredRevenue, owner: carlo.text), euro(-7_000)),
      ])!
    try store.write { try $0.write([transfer], of: partner, at: noon) }
  }

  private let whole = """
    SELECT posting.*, posting.rowid, transfer.*, transfer.rowid
    FROM ledger_postings AS posting
      FULL JOIN ledger_transfers AS transfer ON transfer.number = posting.transfer_number
    ORDER BY transfer_number, ordinal
    """

  private static func posting(
    _ transfer: Int, _ ordinal: Int, _ cents: Int, _ currency: String = "EUR", rowid: Int? = nil,
    at: Int = 5, verb: String = "INSERT"
  ) -> String {
    """
    \(verb) INTO ledger_postings (\(rowid.map { _ in "rowid, " } ?? "")partner_id, transfer_number,
      ordinal, account, owner_id, currency, minor_units, at_ms)
    VALUES (\(rowid.map { "\($0), " } ?? "")'\(partner)', \(transfer), \(ordinal), 'HAND', 'x',
      '\(currency)', \(cents), \(at));
    """
  }

  private static func transfer(
    _ number: Int, rowid: Int? = nil, verb: String = "INSERT"
  ) -> String {
    """
    \(verb) INTO ledger_transfers (\(rowid.map { _ in "rowid, " } ?? "")partner_id, number, at_ms,
      kind, subject_id, note)
    VALUES (\(rowid.map { "\($0), " } ?? "")'\(partner)', \(number), 5, 'CHARGE', 'x', 'forged');
    """
  }

  private func refused(_ sql: String, _ comment: Comment? = nil) throws {
    let before = try scratch.rows(whole)
    #expect(throws: (any Error).self, comment) { try scratch.tamper(sql) }
    #expect(try scratch.rows(whole) == before, comment)
  }

  @Test("what balances can be written by any tool: what the others show is not their own mistake")
  func accepted() throws {  // P-9
    try scratch.tamper(
      LedgerGuardTests.posting(2, 0, 5) + LedgerGuardTests.posting(2, 1, -5)
        + LedgerGuardTests.posting(2, 2, -9, "USD") + LedgerGuardTests.posting(2, 3, 9, "USD")
        + LedgerGuardTests.transfer(2))
    #expect(try scratch.count("ledger_transfers") == 2)
  }

  @Test("a transfer that does not sum to zero in each currency cannot be written")  // P-9
  func unbalanced() throws {
    typealias Guards = LedgerGuardTests
    let wrongs = [
      "", Guards.posting(2, 0, 5), Guards.posting(2, 0, 5) + Guards.posting(2, 1, -4),
      Guards.posting(2, 0, 5) + Guards.posting(2, 1, -5, "USD"),
      Guards.posting(2, 0, .max) + Guards.posting(2, 1, .max) + Guards.posting(2, 2, 2),
      Guards.posting(2, 0, 5) + Guards.posting(2, 1, -5, at: 6),
    ]
    for wrong in wrongs { try refused(wrong + Guards.transfer(2), "\(wrong)") }
    try refused(Guards.posting(2, 0, 0))
  }

  @Test("postings without their transfer cannot be committed")  // P-9
  func withoutTransfer() throws {
    try refused(LedgerGuardTests.posting(2, 0, 5) + LedgerGuardTests.posting(2, 1, -5))
  }

  @Test("nothing is changed or taken away, and nothing is added to a transfer")  // P-9
  func sealed() throws {
    for wrong in [
      "UPDATE ledger_postings SET minor_units = 1", "UPDATE ledger_postings SET owner_id = 'x'",
      "UPDATE OR REPLACE ledger_postings SET ordinal = 1", "DELETE FROM ledger_postings",
      "UPDATE ledger_transfers SET note = 'x'", "DELETE FROM ledger_transfers",
      "DELETE FROM ledger_transfers WHERE number = 1",
      LedgerGuardTests.posting(1, 2, 5) + LedgerGuardTests.posting(1, 3, -5),
      LedgerGuardTests.transfer(1),
    ] {
      try refused(wrong, "\(wrong)")
    }
  }

  @Test("nothing takes the place of what is there: by its number, or by its rowid")  // P-9
  func replacing() throws {
    typealias Guards = LedgerGuardTests
    for verb in ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"] {
      try refused(Guards.posting(1, 0, 7_000, verb: verb), "\(verb)")
      try refused(Guards.transfer(1, verb: verb), "\(verb)")
      // A new transfer whose rows would lie where others do: those would go without a word.
      let postings = Guards.posting(2, 0, 5) + Guards.posting(2, 1, -5)
      try refused(
        Guards.posting(2, 0, 5, rowid: 1, verb: verb) + Guards.posting(2, 1, -5)
          + Guards.transfer(2), "\(verb)")
      try refused(postings + Guards.transfer(2, rowid: 1, verb: verb), "\(verb)")
    }
    // With a rowid that is free it is as without one.
    try scratch.tamper(
      Guards.posting(2, 0, 5, rowid: 90) + Guards.posting(2, 1, -5)
        + Guards.transfer(2, rowid: 91, verb: "REPLACE"))
    #expect(try scratch.count("ledger_postings") == 4)
  }
}
