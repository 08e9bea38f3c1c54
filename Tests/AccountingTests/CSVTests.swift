internal import Accounting
internal import Testing

@Suite struct CSVTests {
  @Test("a trial balance is a row an account, then the totals, in minor units and as text")  // P-9
  func trialBalance() throws {
    let balances = try Balances([
      transfer([(carlo, 7_000), (house, -6_995), (anna, -5)]),
      transfer([(sandbox, 500), (carlo, -500)], "JPY"),
      transfer([(sandbox, 1_500), (carlo, -1_500)], "KWD"),
    ])
    #expect(
      balances.trialBalance.csv
        == """
        kind,owner,currency,debits_minor,credits_minor,balance_minor,debits,credits,balance
        CLIENT,carlo,EUR,7000,0,7000,70.00,0.00,70.00
        CLIENT,carlo,JPY,0,500,-500,0,500,-500
        CLIENT,carlo,KWD,0,1500,-1500,0.000,1.500,-1.500
        THERAPIST,anna,EUR,0,5,-5,0.00,0.05,-0.05
        PARTNER,house,EUR,0,6995,-6995,0.00,69.95,-69.95
        GATEWAY,sandbox,JPY,500,0,500,500,0,500
        GATEWAY,sandbox,KWD,1500,0,1500,1.500,0.000,1.500
        TOTAL,,EUR,7000,7000,0,70.00,70.00,0.00
        TOTAL,,JPY,500,500,0,500,500,0
        TOTAL,,KWD,1500,1500,0,1.500,1.500,0.000

        """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
    #expect(Balances().trialBalance.csv.split(separator: "\r\n").count == 1)
  }

  @Test("a statement opens, has its lines and closes, for each currency")  // P-10
  func statement() throws {
    let opening = try Balances([transfer([(carlo, 50), (sandbox, -50)])])
    let charge = try Transfer.balanced(
      kind: .charge, subject: "7", note: "card, ending \"4242\"",
      postings: [Posting(sandbox, try money(7_000)), Posting(carlo, -(try money(7_000)))])
    let statement = try Statement(
      of: [carlo], opening: opening, entries: [LedgerEntry(atMs: -1, transfer: charge)])
    #expect(
      statement.csv
        == """
        entry,at_ms,subject,note,kind,owner,currency,debit_minor,credit_minor,balance_minor,debit,\
        credit,balance
        OPENING,,,,,,EUR,,,50,,,0.50
        CHARGE,-1,7,"card, ending ""4242""\",CLIENT,carlo,EUR,,7000,-6950,,70.00,-69.50
        CLOSING,,,,,,EUR,,,-6950,,,-69.50

        """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
  }

  @Test("whatever a note holds, it is read back as it was", arguments: 1...4)
  func anyText(seed: UInt64) throws {  // P-10
    var dice = Dice(seed: seed)
    let pieces = ["a", ",", "\"", "\r", "\n", "\r\n", "\u{301}", " ", "ł", ";", "\"\"", "=1"]
    for _ in 0..<1_000 {
      let texts = (0..<2).map { _ in
        (0..<dice.below(5)).map { _ in dice.one(of: pieces) }.joined()
      }
      let paid = try Transfer.balanced(
        kind: .payout, subject: texts[0], note: texts[1],
        postings: [Posting(anna, try money(1)), Posting(house, try money(-1))])
      let statement = try Statement(
        of: [anna], opening: Balances(), entries: [LedgerEntry(atMs: 0, transfer: paid)])
      let rows = try #require(CSVReading.rows(statement.csv), "\(texts), seed \(seed)")
      #expect(rows.map(\.count) == [13, 13, 13, 13], "\(texts), seed \(seed)")
      // By scalars: a string equals another that is written differently.
      for (found, text) in zip(rows[2][2...3], texts) {
        #expect(
          Array(found.unicodeScalars) == Array(text.unicodeScalars), "\(texts), seed \(seed)")
      }
    }
  }
}

/// RFC 4180's grammar, read strictly.
private enum CSVReading {
  /// Nil for a text that the grammar does not have.
  static func rows(_ text: String) -> [[String]]? {
    var rest = text.unicodeScalars[...]
    var rows: [[String]] = []
    var row: [String] = []
    while !rest.isEmpty {
      guard let field = rest.first == "\"" ? quoted(&rest) : plain(&rest) else { return nil }
      row.append(field)
      if rest.first == "," {
        rest.removeFirst()
      } else if rest.starts(with: "\r\n".unicodeScalars) {
        rest.removeFirst(2)
        rows.append(row)
        row = []
      } else {
        return nil
      }
    }
    return row.isEmpty ? rows : nil
  }

  private static func plain(_ rest: inout Substring.UnicodeScalarView) -> String? {
    let field = rest.prefix { $0 != "," && $0 != "\r" && $0 != "\n" }
    rest.removeFirst(field.count)
    return field.contains("\"") ? nil : String(field)
  }

  private static func quoted(_ rest: inout Substring.UnicodeScalarView) -> String? {
    rest.removeFirst()
    var field = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        guard rest.first == "\"" else { return String(field) }
        rest.removeFirst()
      }
      field.append(scalar)
    }
    return nil
  }
}
