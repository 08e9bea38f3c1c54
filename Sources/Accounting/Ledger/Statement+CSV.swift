extension Statement {
  /// A header, and for each currency a row OPENING, its lines and a row CLOSING. Debits and credits
  /// stand in columns of their own, without a sign; a balance has one.
  public var csv: String {
    let header = [
      "entry", "at_ms", "subject", "note", "kind", "owner", "currency", "debit_minor",
      "credit_minor", "balance_minor", "debit", "credit", "balance",
    ]
    return CSV.text([header] + sections.flatMap(\.rows))
  }
}

extension Statement.Section {
  fileprivate var rows: [[String]] {
    [boundary("OPENING", opening)] + lines.map(row) + [boundary("CLOSING", closing)]
  }

  private func boundary(_ entry: String, _ balance: Int64) -> [String] {
    [entry, "", "", "", "", "", currency.code, "", "", String(balance), "", "", decimal(balance)]
  }

  private func row(_ line: Statement.Line) -> [String] {
    let isDebit = line.amount > 0
    // No line of a statement is Int64.min: the credits fit.
    let size = isDebit ? line.amount : -line.amount
    func sides(_ text: String) -> [String] { isDebit ? [text, ""] : ["", text] }
    return [
      line.kind.rawValue, String(line.atMs), line.subject, line.note, line.account.kind.rawValue,
      line.account.owner, currency.code,
    ] + sides(String(size)) + [String(line.balance)] + sides(decimal(size))
      + [decimal(line.balance)]
  }

  private func decimal(_ minorUnits: Int64) -> String {
    Money(minorUnits: minorUnits, currency: currency).decimalText
  }
}
