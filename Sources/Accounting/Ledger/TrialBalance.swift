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

extension TrialBalance {
  /// A header, a row for each line, and one for each currency's totals, whose kind is TOTAL.
  public var csv: String {
    let header = [
      "kind", "owner", "currency", "debits_minor", "credits_minor", "balance_minor", "debits",
      "credits", "balance",
    ]
    let rows = lines.map {
      [$0.account.kind.rawValue, $0.account.owner] + Self.cells($0.turnover, in: $0.currency)
    }
    let sums = totals.map { ["TOTAL", ""] + Self.cells($0.turnover, in: $0.currency) }
    return CSV.text([header] + rows + sums)
  }

  private static func cells(_ turnover: Turnover, in currency: Currency) -> [String] {
    let amounts = [turnover.debits, turnover.credits, turnover.balance]
    return [currency.code] + amounts.map { String($0) }
      + amounts.map { Money(minorUnits: $0, currency: currency).decimalText }
  }
}
