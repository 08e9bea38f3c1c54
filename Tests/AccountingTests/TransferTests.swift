internal import Accounting
internal import Testing

@Suite struct TransferTests {
  @Test("a line of 0 is no posting, and an account's lines of a currency are one")  // P-9
  func merging() throws {
    #expect(Posting(carlo, try money(0)) == nil)
    let made = try transfer([(sandbox, 50), (carlo, -70), (house, 0), (sandbox, 20)])
    #expect(
      made.postings
        == [Posting(carlo, try money(-70)), Posting(sandbox, try money(70))]
        .compactMap { $0 })
    #expect(
      try transfer([(carlo, 5), (sandbox, -5), (carlo, -5), (house, 5)])
        == transfer([(sandbox, -5), (house, 5)]))
  }

  @Test("what sums to something is refused, saying which currency and by how much")  // P-9
  func unbalanced() throws {
    let lines = [
      Posting(carlo, try money(-7_000)), Posting(sandbox, try money(6_999)),
      Posting(carlo, try money(3, "JPY")), Posting(house, try money(-3, "JPY")),
      Posting(house, try money(2, "BRL")),
    ]
    #expect(Transfer(kind: .charge, subject: "7", note: "", postings: lines) == nil)
    let refusal = #expect(throws: Unbalanced.self) {
      try Transfer.balanced(kind: .charge, subject: "7", note: "", postings: lines)
    }
    guard case .off(let differences) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(differences.map(\.currency.code) == ["BRL", "EUR"])
    #expect(differences.map(\.minorUnits) == [2, -1])
    #expect(
      refusal?.description == "postings: expected a sum of 0 in every currency; "
        + "BRL is off by 2, EUR is off by -1")
  }

  @Test("two currencies never make up for each other")  // P-9
  func currencies() throws {
    let lines = [Posting(carlo, try money(-5)), Posting(sandbox, try money(5, "PLN"))]
    #expect(Transfer(kind: .charge, subject: "7", note: "", postings: lines) == nil)
  }

  @Test("nothing, and what cancels out, is no transfer")  // P-9
  func empty() throws {
    for lines in [[], [(carlo, 0)], [(carlo, 5), (carlo, -5)]] as [[(Account, Int64)]] {
      #expect(throws: Unbalanced.empty) { try transfer(lines) }
    }
  }

  @Test("debits fit in Int64 up to, but not beyond, its largest")  // P-9
  func large() throws {
    let euro = try currency("EUR")
    let most = try transfer([(carlo, .max), (sandbox, -.max)])
    #expect(most.postings.map(\.amount.minorUnits) == [.max, -.max])
    for lines in [
      [(carlo, .min), (sandbox, .max), (house, 1)],
      [(carlo, .max), (daria, 1), (sandbox, -.max), (house, -1)],
      [(carlo, .max), (carlo, 1), (sandbox, -.max), (sandbox, -1)],
    ] as [[(Account, Int64)]] {
      #expect(throws: Unbalanced.tooLarge(euro)) { try transfer(lines) }
    }
    // Too large on the way, but not in the end.
    #expect(
      try transfer([(carlo, .max), (carlo, .max), (carlo, -.max), (sandbox, -.max)]) == most)
    // A sum that wraps around to 0 in 64 bits.
    #expect(throws: Unbalanced.self) {
      try transfer([(carlo, .min), (sandbox, .min)])
    }
  }

  @Test("every transfer of up to four small lines is balanced and in order, or refused")  // P-9
  func small() throws {
    let lines = try [carlo, sandbox].flatMap { account in
      try ["EUR", "PLN"].flatMap { code in
        try (Int64(-1)...1).map { (account, try money($0, code)) }
      }
    }
    var shapes: [[(Account, Money)]] = [[]]
    var made = 0
    for _ in 0..<4 {
      shapes = shapes.flatMap { shape in lines.map { shape + [$0] } }
      for shape in shapes {
        let postings = shape.map { Posting($0.0, $0.1) }
        let result = Transfer(kind: .fee, subject: "", note: "", postings: postings)
        let isRight =
          if LedgerLaws.balances(postings) {
            result.map { LedgerLaws.isWellFormed($0, of: postings) } ?? false
          } else {
            result == nil
          }
        if !isRight { Issue.record("\(shape): \(String(describing: result))") }
        made += result == nil ? 0 : 1
      }
    }
    #expect(made > 1_000)
  }

  @Test("the order of lines changes nothing, a unit more or less is refused", arguments: 1...6)
  func anyOrder(seed: UInt64) throws {  // P-9
    var dice = Dice(seed: seed)
    for round in 0..<500 {
      let made = try someTransfer(&dice)
      // In halves that merge again, and shuffled.
      let halves = try made.postings.flatMap { posting in
        let (account, amount) = (posting.account, posting.amount)
        let part = amount.minorUnits / 2 + Int64(dice.below(3))
        return [
          Posting(account, try money(part, amount.currency.code)),
          Posting(account, try money(amount.minorUnits - part, amount.currency.code)),
        ]
      }.shuffled(using: &dice)
      func again(_ lines: [Posting?]) throws(Unbalanced) -> Transfer {
        try .balanced(kind: made.kind, subject: made.subject, note: made.note, postings: lines)
      }
      #expect(try again(halves) == made, "round \(round), seed \(seed)")
      #expect(LedgerLaws.isWellFormed(made, of: halves), "round \(round), seed \(seed)")
      let off = try money(dice.one(of: [-1, 1]), dice.one(of: ["EUR", "JPY", "KWD", "PLN"]))
      let refusal = #expect(throws: Unbalanced.self, "round \(round), seed \(seed)") {
        try again(halves + [Posting(dice.one(of: everyone), off)])
      }
      guard case .off(let differences) = refusal else {
        Issue.record("round \(round), seed \(seed): \(String(describing: refusal))")
        continue
      }
      #expect(differences.map(\.currency) == [off.currency], "round \(round), seed \(seed)")
      #expect(differences.map(\.minorUnits) == [Int128(off.minorUnits)])
    }
  }
}

/// The laws of a transfer, reckoned from its lines one by one.
enum LedgerLaws {
  static func sum(_ lines: [Posting?], where counts: (Posting) -> Bool) -> Int128 {
    lines.reduce(0) { sum, line in
      line.map { counts($0) ? sum + Int128($0.amount.minorUnits) : sum } ?? sum
    }
  }

  /// Whether each currency sums to 0, and some account is left with something.
  static func balances(_ lines: [Posting?]) -> Bool {
    let some = lines.compactMap { $0 }
    return some.allSatisfy { line in
      sum(lines) { $0.amount.currency == line.amount.currency } == 0
    }
      && some.contains { line in
        sum(lines) {
          $0.account == line.account && $0.amount.currency == line.amount.currency
        } != 0
      }
  }

  static func isWellFormed(_ transfer: Transfer, of lines: [Posting?]) -> Bool {
    let keys = transfer.postings.map { ($0.account, $0.amount.currency) }
    let isOrdered = zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }
    return isOrdered && balances(transfer.postings)
      && (transfer.postings + lines.compactMap { $0 }).allSatisfy { line in
        func isBeside(_ other: Posting) -> Bool {
          other.account == line.account && other.amount.currency == line.amount.currency
        }
        return sum(transfer.postings, where: isBeside) == sum(lines, where: isBeside)
      }
  }
}
