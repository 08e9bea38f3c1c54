internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// The ledger is read back as it was written, and comes to what the domain reckons of the same transfers.
struct LedgerRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private static let owners = [anna.text, carlo.text, partner.text, "sandbox"]
  private static let dollar = Currency("USD")!

  /// Two or three accounts each, in one currency or two; one a minute.
  private static let entries: [LedgerEntry] = (0..<40).map { number in
    func account(_ step: Int) -> Account {
      Account(
        kind: AccountKind.allCases[(number * 7 + step * 3) % AccountKind.allCases.count],
        owner: owners[(number + step) % owners.count])
    }
    let cents = Int64(number * 37 % 90 + 2)
    var postings = [
      Posting(account(0), euro(cents)), Posting(account(1), euro(-1)),
      Posting(account(2), euro(1 - cents)),
    ]
    if number % 5 == 0 {
      let dollars = Money(minorUnits: cents, currency: dollar)
      postings += [Posting(account(0), -dollars), Posting(account(3), dollars)]
    }
    let transfer = Transfer(
      kind: TransferKind.allCases[number % TransferKind.allCases.count],
      subject: "sub_\(number % 3)", note: "no. \(number)", postings: postings)!
    return LedgerEntry(atMs: at(minutes: Int64(number)).msSinceEpoch, transfer: transfer)
  }

  private func write(_ entries: [LedgerEntry], of owner: PartnerID = partner) throws {
    try store.write { transaction in
      for entry in entries {
        let at = Instant(msSinceEpoch: entry.atMs)
        try transaction.write([entry.transfer], of: owner, at: at)
      }
    }
  }

  @Test("transfers are read in the order of writing, page by page, and for what they were")  // P-9
  func pages() throws {
    try write(LedgerRecordTests.entries)
    try write([LedgerRecordTests.entries[7]], of: otherPartner)
    try store.read { snapshot throws in
      let all = try snapshot.transfers(of: partner, about: nil, limit: 100)
      #expect(all.map(\.entry) == LedgerRecordTests.entries)
      #expect(all.map(\.number) == Array(1...40))
      #expect(try snapshot.transfers(of: partner, about: nil, after: 38, limit: 1) == [all[38]])
      let about = all.filter { $0.entry.transfer.subject == "sub_1" }
      #expect(try snapshot.transfers(of: partner, about: "sub_1", limit: 100) == about)
      #expect(
        try snapshot.transfers(of: partner, about: "sub_1", after: about[2].number, limit: 2)
          == Array(about[3...4]))
      let theirs = try snapshot.transfers(of: otherPartner, about: nil, limit: 9)
      #expect(theirs.map(\.number) == [1])
    }
  }

  @Test("balances are the sums of what was written, now and before any moment")  // P-9
  func balances() throws {
    try write(LedgerRecordTests.entries)
    try store.read { snapshot throws in
      let all = try snapshot.balances(of: partner)
      #expect(all == (try Balances(LedgerRecordTests.entries.map(\.transfer))))
      #expect(all.isBalanced)
      for minutes: Int64 in [0, 1, 17, 40] {
        let before = LedgerRecordTests.entries.prefix(Int(minutes)).map(\.transfer)
        #expect(
          try snapshot.balances(of: partner, before: at(minutes: minutes))
            == (try Balances(before)), "\(minutes)")
      }
      #expect(try snapshot.balances(of: otherPartner) == Balances())
    }
  }

  @Test(
    "a statement is what the domain makes of the whole ledger, whatever its period",
    arguments: [(0, 40), (5, 6), (13, 31), (39, 99), (-5, 0), (7, 7)])  // P-10
  func statements(_ from: Int64, _ until: Int64) throws {
    try write(LedgerRecordTests.entries)
    let (start, end) = (at(minutes: from), at(minutes: until))
    for owner in LedgerRecordTests.owners {
      let accounts = Set(AccountKind.allCases.map { Account(kind: $0, owner: owner) })
      let expected = try Statement(
        of: accounts, periodMs: start.msSinceEpoch..<end.msSinceEpoch,
        ledger: LedgerRecordTests.entries)
      let lines = expected.sections.map(\.lines.count).reduce(0, +)
      try store.read { snapshot throws in
        let found = try snapshot.statement(
          of: owner, partner, from: start, until: end, linesMax: lines)
        #expect(found?.sections == expected.sections, "\(owner)")
        guard lines > 0 else { return }
        #expect(
          try snapshot.statement(of: owner, partner, from: start, until: end, linesMax: lines - 1)
            == nil)
      }
    }
  }

  @Test("numbers have no gap, after what was taken back and after a restart too")  // P-9
  func numbers() throws {
    struct Undone: Error {}
    let transfers = LedgerRecordTests.entries.map(\.transfer)
    try store.write { transaction -> Void in
      try transaction.write([transfers[0], transfers[1]], of: partner, at: noon)
      #expect(throws: Undone.self) {
        try transaction.savepoint {
          try transaction.write([transfers[2]], of: partner, at: noon)
          throw Undone()
        }
      }
      try transaction.write([transfers[3]], of: partner, at: noon)
    }
    let reopened = try scratch.open()
    try reopened.write { try $0.write([transfers[4]], of: partner, at: noon) }
    let found = try reopened.read { try $0.transfers(of: partner, about: nil, limit: 9) }
    #expect(found.map(\.number) == [1, 2, 3, 4])
    #expect(found.map(\.entry.transfer) == [0, 1, 3, 4].map { transfers[$0] })
  }

  @Test("what a therapist is owed is what is theirs, less what they took by hand")  // P-10
  func earnings() throws {
    func posting(_ kind: AccountKind, _ owner: String, _ amount: Money) -> Posting? {
      Posting(Account(kind: kind, owner: owner), amount)
    }
    let transfer = Transfer(
      kind: .sessionRecognised, subject: "s", note: "",
      postings: [
        posting(.therapist, anna.text, euro(-6_000)), posting(.penalties, anna.text, euro(-500)),
        posting(.hand, anna.text, euro(2_000)), posting(.hand, partner.text, euro(4_500)),
        posting(.therapist, bruno.text, Money(minorUnits: -3, currency: LedgerRecordTests.dollar)),
        posting(.client, carlo.text, Money(minorUnits: 3, currency: LedgerRecordTests.dollar)),
      ])!
    try store.write { try $0.write([transfer], of: partner, at: noon) }
    var needs = Needs()
    needs.earningsOf = [anna, bruno]
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
    #expect(
      facts.earnings == [
        anna: [euro(4_500)],
        bruno: [Money(minorUnits: 3, currency: LedgerRecordTests.dollar)],
      ])
  }
}
