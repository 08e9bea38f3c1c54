internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Whatever happens, in whichever order, one at a time or several in one change: the books say what the records say.
struct BookkeepingPropertyTests {
  @Test("the books come to what the records come to, after every change")  // P-9 P-10
  func balances() throws {
    var kinds: Set<TransferKind> = []
    for seed: UInt64 in 0..<20 {
      var house = BooksHouse(seed: seed)
      for _ in 0..<150 {
        for _ in 0..<house.pick([1, 1, 1, 2, 3]) { house.happen() }
        try house.write()
        try #require(house.wrongBalances == [], "after change \(house.changes) of seed \(seed)")
      }
      kinds.formUnion(house.kinds)
    }
    #expect(kinds == Set(TransferKind.allCases))
  }
}
