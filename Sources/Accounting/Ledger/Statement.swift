/// What happened on an owner's accounts, taken together, within a time (P-10).
public struct Statement: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    public let atMs: Int64
    public let kind: TransferKind
    public let subject: String
    public let note: String
    public let account: Account
    /// In minor units; a debit is positive.
    public let amount: Int64
    /// With this line and all before it.
    public let balance: Int64
  }

  /// Closing = opening + the sum of the lines. In minor units; debits positive.
  public struct Section: Hashable, Sendable {
    public let currency: Currency
    public let opening: Int64
    public let lines: [Line]
    public let closing: Int64
  }

  public let accounts: Set<Account>
  /// By currency; those alone that have lines or were not at 0 at the opening.
  public let sections: [Section]

  /// Of a ledger, or of that part of it that has to do with the accounts.
  /// - Parameters:
  ///   - periodMs: what is earlier makes the opening balances; what is at its end, or later, is
  ///     left out.
  ///   - ledger: in the order of writing, which decides among entries of the same millisecond.
  public init(
    of accounts: Set<Account>, periodMs: Range<Int64>, ledger: some Sequence<LedgerEntry>
  ) throws(Balances.Overflow) {
    var opening = Balances()
    var entries: [LedgerEntry] = []
    for entry in ledger {
      if entry.atMs < periodMs.lowerBound {
        for posting in entry.transfer.postings where accounts.contains(posting.account) {
          try opening.add(posting)
        }
      } else if entry.atMs < periodMs.upperBound {
        entries.append(entry)
      }
    }
    try self.init(of: accounts, opening: opening, entries: entries)
  }

  /// - Parameters:
  ///   - opening: may hold more accounts than these.
  ///   - entries: those of the period, in the order of writing; postings to other accounts are
  ///     not shown.
  public init(
    of accounts: Set<Account>, opening: Balances, entries: some Sequence<LedgerEntry>
  ) throws(Balances.Overflow) {
    var pages: [Currency: Page] = [:]
    for account in accounts.sorted() {
      for (currency, turnover) in opening.turnovers(of: account) {
        try pages[currency, default: Page()].open(with: turnover, in: currency)
      }
    }
    // The place in the sequence as well: the library does not promise to keep equals in order.
    let ordered = entries.enumerated().sorted {
      ($0.element.atMs, $0.offset) < ($1.element.atMs, $1.offset)
    }
    for (_, entry) in ordered {
      for posting in entry.transfer.postings where accounts.contains(posting.account) {
        try pages[posting.amount.currency, default: Page()].add(posting, of: entry)
      }
    }
    self.accounts = accounts
    sections = pages.sorted { $0.key < $1.key }.compactMap { currency, page in
      page.section(in: currency)
    }
  }
}

/// A section while it is written.
private struct Page {
  private var opening = Turnover.zero
  private var turnover = Turnover.zero
  private var lines: [Statement.Line] = []

  mutating func open(with sum: Turnover, in currency: Currency) throws(Balances.Overflow) {
    guard let opened = opening.adding(sum) else { throw Balances.Overflow(currency: currency) }
    opening = opened
    turnover = opened
  }

  mutating func add(_ posting: Posting, of entry: LedgerEntry) throws(Balances.Overflow) {
    let amount = posting.amount
    guard let line = Turnover(amount.minorUnits), let sum = turnover.adding(line) else {
      throw Balances.Overflow(currency: amount.currency)
    }
    turnover = sum
    lines.append(
      Statement.Line(
        atMs: entry.atMs, kind: entry.transfer.kind, subject: entry.transfer.subject,
        note: entry.transfer.note, account: posting.account, amount: amount.minorUnits,
        balance: sum.balance))
  }

  func section(in currency: Currency) -> Statement.Section? {
    guard !lines.isEmpty || opening.balance != 0 else { return nil }
    return Statement.Section(
      currency: currency, opening: opening.balance, lines: lines, closing: turnover.balance)
  }
}
