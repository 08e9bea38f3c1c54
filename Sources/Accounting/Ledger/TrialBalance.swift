/// Every account with what it was debited and credited; in a whole ledger both come to the same
/// (P-9).
public struct TrialBalance: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    public let account: Account
    public let currency: Currency
    public let turnover: Turnover
  }

  public struct Total: Hashable, Sendable {
    public let currency: Currency
    public let turnover: Turnover
  }

  /// By account, then currency. An account whose postings cancel out has its line too.
  public let lines: [Line]
  /// By currency.
  public let totals: [Total]

  init(lines: [Line], totals: [Total]) {
    self.lines = lines
    self.totals = totals
  }
}
