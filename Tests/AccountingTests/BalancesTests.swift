internal import Accounting
internal import Testing

@Suite struct BalancesTests {
  @Test("a balance is what was debited less what was credited, 0 where nothing was")  // P-9
  func balance() throws {
    let euro = try currency("EUR")
    let balances = try Balances([
      transfer([(carlo, 7_000), (anna, -6_000), (house, -1_000)]),
      transfer([(sandbox, 7_000), (carlo, -7_000)]),
      transfer([(sandbox, -200), (house, 200)]),
    ])
    #expect(try balances.balance(of: anna, in: euro) == money(-6_000))
    #expect(try balances.balance(of: house, in: euro) == money(-800))
    #expect(try balances.balance(of: carlo, in: euro) == money(0))
    #expect(try balances.balance(of: daria, in: euro) == money(0))
    #expect(try balances.balance(of: anna, in: currency("PLN")) == money(0, "PLN"))
    #expect(balances.isBalanced)
    #expect(balances.accounts == [carlo, anna, house, sandbox])
    let lines = balances.trialBalance.lines
    #expect(lines.map(\.account) == [carlo, anna, house, sandbox])
    #expect(lines.map(\.turnover.debits) == [7_000, 0, 200, 7_000])
    #expect(lines.map(\.turnover.credits) == [7_000, 6_000, 1_000, 200])
    #expect(lines.map(\.turnover.balance) == [0, -6_000, -800, 6_800])
    #expect(balances.trialBalance.totals.map(\.turnover.debits) == [14_200])
    #expect(balances.trialBalance.totals.map(\.turnover.credits) == [14_200])
  }

  @Test("a lost line shows")  // P-9
  func lostLine() throws {
    var balances = Balances()
    #expect(balances.isBalanced)
    for posting in try transfer([(carlo, 5), (sandbox, -5)]).postings.dropLast() {
      try balances.add(posting)
    }
    #expect(!balances.isBalanced)
    // Another currency's surplus does not hide it.
    try balances.add(#require(Posting(sandbox, try money(-5, "PLN"))))
    #expect(!balances.isBalanced)
  }

  @Test("a currency's sums fit up to Int64's largest; beyond, nothing is added")  // P-9
  func overflow() throws {
    let euro = try currency("EUR")
    var balances = try Balances([transfer([(carlo, .max), (sandbox, -.max)])])
    let before = balances
    let one = try transfer([(daria, 1), (house, -1)])
    let overflow = #expect(throws: Balances.Overflow.self) { try balances.add(one) }
    #expect(overflow?.currency == euro)
    #expect(balances == before)
    // The real comes before the euro, and still nothing is added.
    let both = try Transfer.balanced(
      kind: .charge, subject: "", note: "",
      postings: [
        Posting(carlo, try money(1, "BRL")), Posting(house, try money(-1, "BRL")),
        Posting(carlo, try money(1)), Posting(house, try money(-1)),
      ])
    #expect(throws: Balances.Overflow.self) { try balances.add(both) }
    #expect(balances == before)
    let least = try #require(Posting(carlo, try money(.min, "PLN")))
    #expect(throws: Balances.Overflow.self) { try balances.add(least) }
    #expect(balances == before)
    try balances.add(transfer([(carlo, .max), (sandbox, -.max)], "PLN"))
    #expect(balances.isBalanced)
  }

  @Test("sums that a database made are as good as their lines")  // P-9
  func turnover() throws {
    #expect(Turnover(debits: -1, credits: 0) == nil)
    #expect(Turnover(debits: 0, credits: -1) == nil)
    let euro = try currency("EUR")
    let whole = try Balances([
      transfer([(carlo, 5), (sandbox, -5)]), transfer([(carlo, -2), (sandbox, 2)]),
    ])
    var summed = Balances()
    try summed.add(#require(Turnover(debits: 5, credits: 2)), to: carlo, in: euro)
    try summed.add(#require(Turnover(debits: 2, credits: 5)), to: sandbox, in: euro)
    #expect(summed == whole)
    #expect(summed.turnovers(of: carlo).map(\.turnover.balance) == [3])
  }

  @Test(
    "whatever moves, in any order, the trial balance is 0 and its sums are right", arguments: 1...6)
  func trialBalance(seed: UInt64) throws {  // P-9
    var dice = Dice(seed: seed)
    let transfers = try (0..<400).map { _ in try someTransfer(&dice) }
    let balances = try Balances(transfers)
    #expect(try Balances(transfers.shuffled(using: &dice)) == balances)
    #expect(balances.isBalanced)
    let trial = balances.trialBalance
    let keys = trial.lines.map { ($0.account, $0.currency) }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
    let postings = transfers.flatMap(\.postings)
    for line in trial.lines {
      let amounts = postings.filter {
        $0.account == line.account && $0.amount.currency == line.currency
      }.map(\.amount.minorUnits)
      #expect(line.turnover.debits == amounts.filter { $0 > 0 }.reduce(0, +), "seed \(seed)")
      #expect(line.turnover.credits == -amounts.filter { $0 < 0 }.reduce(0, +), "seed \(seed)")
      #expect(
        balances.balance(of: line.account, in: line.currency).minorUnits
          == amounts.reduce(0, +), "seed \(seed)")
    }
    #expect(trial.totals.map(\.currency.code) == ["EUR", "JPY", "KWD"])
    for total in trial.totals {
      let lines = trial.lines.filter { $0.currency == total.currency }
      #expect(total.turnover.balance == 0, "seed \(seed)")
      #expect(total.turnover.debits == lines.map(\.turnover.debits).reduce(0, +), "seed \(seed)")
      #expect(lines.map(\.turnover.balance).reduce(0, +) == 0, "seed \(seed)")
    }
  }
}
