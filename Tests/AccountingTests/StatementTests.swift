internal import Accounting
internal import Testing

@Suite struct StatementTests {
  private func entry(_ atMs: Int64, _ lines: [(Account, Int64)]) throws -> LedgerEntry {
    LedgerEntry(atMs: atMs, transfer: try transfer(lines))
  }

  @Test("a period has its start, not its end; what is earlier opens it")  // P-10
  func period() throws {
    let ledger = [
      try entry(99, [(carlo, 1), (anna, -1)]), try entry(100, [(carlo, 10), (anna, -10)]),
      try entry(199, [(anna, 100), (sandbox, -100)]),
      try entry(200, [(carlo, 1_000), (anna, -1_000)]),
    ]
    let statement = try Statement(of: [anna], periodMs: 100..<200, ledger: ledger)
    let section = try #require(statement.sections.first)
    #expect(statement.sections.count == 1)
    #expect(section.currency.code == "EUR")
    #expect(section.opening == -1)
    #expect(section.lines.map(\.atMs) == [100, 199])
    #expect(section.lines.map(\.amount) == [-10, 100])
    #expect(section.lines.map(\.balance) == [-11, 89])
    #expect(section.closing == 89)
  }

  @Test("lines are in the order of time, and within a millisecond in that of writing")  // P-10
  func order() throws {
    let ledger = try [(7, 3), (5, 1), (7, 4), (5, 2), (7, 5)].map {
      try entry($0, [(carlo, $1), (sandbox, -$1)])
    }
    let statement = try Statement(of: [carlo], periodMs: 0..<10, ledger: ledger)
    #expect(statement.sections.flatMap(\.lines).map(\.amount) == [1, 2, 3, 4, 5])
  }

  @Test("accounts taken together show each of their lines; others show none")  // P-10
  func together() throws {
    let ledger = [
      try entry(1, [(carlo, 10), (anna, -8), (house, -2)]),
      try entry(2, [(daria, 5), (sandbox, -5)]),
    ]
    let statement = try Statement(of: [anna, house], periodMs: 0..<10, ledger: ledger)
    let lines = statement.sections.flatMap(\.lines)
    #expect(lines.map(\.account) == [anna, house])
    #expect(lines.map(\.balance) == [-8, -10])
    let nobody = Account(kind: .bank, owner: "nobody")
    #expect(try Statement(of: [nobody], periodMs: 0..<10, ledger: ledger).sections.isEmpty)
  }

  @Test("what was settled before does not show, what was open does, without lines too")  // P-10
  func quiet() throws {
    let settled = try Balances([
      transfer([(carlo, 5), (sandbox, -5)]), transfer([(carlo, -5), (sandbox, 5)]),
    ])
    #expect(try Statement(of: [carlo], opening: settled, entries: []).sections.isEmpty)
    let open = try Balances([transfer([(carlo, 5), (sandbox, -5)])])
    let section = try #require(
      try Statement(of: [carlo], opening: open, entries: []).sections.first)
    #expect(section.opening == 5)
    #expect(section.lines.isEmpty)
    #expect(section.closing == 5)
  }

  @Test("beyond Int64 there is no statement")  // P-10
  func overflow() throws {
    let full = try Balances([transfer([(carlo, .max), (sandbox, -.max)])])
    let more = try entry(1, [(carlo, 1), (sandbox, -1)])
    #expect(throws: Balances.Overflow.self) {
      try Statement(of: [carlo], opening: full, entries: [more])
    }
  }

  @Test("closing is opening and all lines, and opens the next period", arguments: 1...6)
  func identity(seed: UInt64) throws {  // P-9 P-10
    var dice = Dice(seed: seed)
    let ledger = try (0..<300).map { _ in
      LedgerEntry(atMs: Int64(dice.below(100)), transfer: try someTransfer(&dice))
    }
    let whole = try Balances(ledger.map(\.transfer))
    for _ in 0..<30 {
      let accounts = Set((0...dice.below(3)).map { _ in dice.one(of: everyone) })
      let cut = Int64(dice.below(101))
      let first = try Statement(of: accounts, periodMs: 0..<cut, ledger: ledger)
      let second = try Statement(of: accounts, periodMs: cut..<100, ledger: ledger)
      let earlier = try Balances(ledger.filter { $0.atMs < cut }.map(\.transfer))
      let summed = try Statement(
        of: accounts, opening: earlier, entries: ledger.filter { $0.atMs >= cut })
      #expect(summed == second, "cut \(cut), seed \(seed)")
      for section in first.sections + second.sections {
        var balance = section.opening
        for line in section.lines {
          balance += line.amount
          #expect(line.balance == balance, "cut \(cut), seed \(seed)")
        }
        #expect(section.closing == balance, "cut \(cut), seed \(seed)")
      }
      for code in ["EUR", "JPY", "KWD"] {
        let currency = try currency(code)
        func total(_ balances: Balances) -> Int64 {
          accounts.map { balances.balance(of: $0, in: currency).minorUnits }.reduce(0, +)
        }
        func section(_ statement: Statement) -> Statement.Section? {
          statement.sections.first { $0.currency == currency }
        }
        #expect(section(first)?.opening ?? 0 == 0, "cut \(cut), seed \(seed)")
        #expect(section(first)?.closing ?? 0 == total(earlier), "cut \(cut), seed \(seed)")
        #expect(section(second)?.opening ?? 0 == total(earlier), "cut \(cut), seed \(seed)")
        #expect(section(second)?.closing ?? 0 == total(whole), "cut \(cut), seed \(seed)")
      }
      let shown = (first.sections + second.sections).flatMap(\.lines).count
      let posted = ledger.flatMap(\.transfer.postings).count { accounts.contains($0.account) }
      #expect(shown == posted, "cut \(cut), seed \(seed)")
    }
  }
}
