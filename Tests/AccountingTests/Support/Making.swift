internal import Accounting
internal import Testing

func currency(_ code: String) throws -> Currency { try #require(Currency(code)) }

func money(_ minorUnits: Int64, _ code: String = "EUR") throws -> Money {
  Money(minorUnits: minorUnits, currency: try currency(code))
}

let anna = Account(kind: .therapist, owner: "anna")
let carlo = Account(kind: .client, owner: "carlo")
let daria = Account(kind: .client, owner: "daria")
let sandbox = Account(kind: .gateway, owner: "sandbox")
let house = Account(kind: .partner, owner: "house")
let everyone = [carlo, daria, anna, house, sandbox]

func transfer(_ lines: [(Account, Int64)], _ code: String = "EUR") throws -> Transfer {
  try Transfer.balanced(
    kind: .charge, subject: "7", note: "",
    postings: lines.map { Posting($0.0, try money($0.1, code)) })
}

/// A movement between some of everyone, of sizes that a practice sees, in one or two currencies.
func someTransfer(_ dice: inout Dice) throws -> Transfer {
  var lines: [Posting?] = []
  for code in [["EUR"], ["JPY"], ["EUR", "KWD"]][dice.below(3)] {
    let first = dice.below(everyone.count)
    let others = (1...(1 + dice.below(everyone.count - 1))).map {
      everyone[(first + $0) % everyone.count]
    }
    let amounts = others.map { _ in Int64(dice.below(20_000)) - 9_999 }
    lines += try zip(others, amounts).map { Posting($0, try money($1, code)) }
    lines.append(Posting(everyone[first], try money(-amounts.reduce(0, +), code)))
  }
  let made = Transfer(
    kind: dice.one(of: TransferKind.allCases), subject: String(dice.below(100)), note: "",
    postings: lines)
  // All lines may have been 0, which is no transfer.
  return try made ?? transfer([(carlo, 1), (sandbox, -1)])
}
