internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Books begin with what stood before there were any, as if they had always been kept (P-9).
struct LedgerMigrationTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private struct Before {
    let state: AppointmentState
    var plan: PaymentPlan = .onSite
    var paid: Int64 = 0
    var refunded: Int64 = 0
    var fee: Int64 = 0
    var attendance = ""
    var currency = "EUR"
  }

  private func insert(_ before: Before, number: UInt128) throws {
    let span = span(Int32(number) * 60, Int32(number) * 60 + 50)
    try scratch.tamper(
      """
      INSERT INTO appointments (id, partner_id, therapist_id, client_id, service_id, location_id,
        room_id, start_ms, end_ms, time_zone, state, occupies, payment_status, payment_plan,
        price_minor_units, currency, version, booked_ms, changed_ms, cancel_reason,
        buffer_before_minutes, buffer_after_minutes, attendance, paid_minor_units,
        refunded_minor_units, fee_minor_units)
      VALUES ('\(appointmentID(number))', '\(partner)', '\(anna)', '\(carlo)', '\(individual)',
        '\(office)', '\(blueRoom)', \(span.start.instant.msSinceEpoch),
        \(span.end.instant.msSinceEpoch), 'Europe/Rome', '\(before.state.rawValue)',
        \(before.state.occupies ? 1 : 0), 'NONE', '\(before.plan.rawValue)', 7000,
        '\(before.currency)', 1, \(noon.msSinceEpoch), \(noon.msSinceEpoch + 100 - Int64(number)),
        '', 0, 0, '\(before.attendance)', \(before.paid), \(before.refunded), \(before.fee))
      """)
  }

  private static let befores = [
    Before(state: .completed, paid: 7_000),
    Before(state: .completed),
    Before(state: .scheduled, plan: .prepaid, paid: 7_000),
    Before(state: .cancelledByClient, paid: 7_000, refunded: 2_000, fee: 3_500),
    Before(state: .completed, paid: 1_000, attendance: "NO_SHOW"),
    Before(state: .completed, plan: .free, attendance: "NO_SHOW"),
    Before(state: .cancelledByTherapist, plan: .prepaid, paid: 7_000, refunded: 7_000),
    Before(state: .completed, plan: .prepaid, paid: 9, attendance: "LATE", currency: "USD"),
  ]

  private func opened() throws -> Store {
    try SchemaOne.make(at: scratch.path, version: 4)
    for (number, before) in LedgerMigrationTests.befores.enumerated() {
      try insert(before, number: UInt128(number) + 10)
    }
    return try scratch.open()
  }

  @Test("each account comes to what the rules would have made of it, and all to nothing")  // P-9
  func balances() throws {
    let balances = try opened().read { try $0.balances(of: partner) }
    #expect(balances.isBalanced)
    let dollar = Currency("USD")!
    let expected: [(AccountKind, String, Money)] = [
      // By hand: all of the plan on site is the therapist's.
      (.hand, anna.text, euro(7_000 + 5_000 + 1_000)), (.hand, partner.text, euro(7_000)),
      (.deferredRevenue, carlo.text, euro(-7_000 - 1_500)),
      (.client, carlo.text, euro(7_000 + 6_000)), (.therapist, anna.text, euro(-14_000)),
      (.penalties, anna.text, euro(-3_500 - 7_000)),
      (.hand, partner.text, Money(minorUnits: 9, currency: dollar)),
      (.client, carlo.text, Money(minorUnits: 6_991, currency: dollar)),
      (.therapist, anna.text, Money(minorUnits: -7_000, currency: dollar)),
      (.deferredRevenue, carlo.text, Money(minorUnits: 0, currency: dollar)),
    ]
    for (kind, owner, amount) in expected {
      #expect(
        balances.balance(of: Account(kind: kind, owner: owner), in: amount.currency) == amount)
    }
    #expect(
      Set(balances.accounts) == Set(expected.map { Account(kind: $0.0, owner: $0.1) }))
  }

  @Test("the transfers are numbered in order of time, say why, and are sealed like any")  // P-9
  func transfers() throws {
    let store = try opened()
    let found = try store.read { try $0.transfers(of: partner, about: nil, limit: 100) }
    #expect(found.map(\.number) == Array(1...Int64(found.count)))
    #expect(found.map(\.entry.atMs) == found.map(\.entry.atMs).sorted())
    #expect(Set(found.map(\.entry.transfer.note)) == ["as it stood when the ledger began"])
    let kinds = Dictionary(grouping: found, by: \.entry.transfer.subject)
      .mapValues { $0.map(\.entry.transfer.kind) }
    let expected: [[TransferKind]] = [
      [.charge, .sessionRecognised], [.sessionRecognised], [.charge], [.charge, .penalty],
      [.charge, .penalty], [], [], [.charge, .sessionRecognised],
    ]
    for (number, expected) in expected.enumerated() {
      #expect(kinds[appointmentID(UInt128(number) + 10).text] ?? [] == expected, "\(number)")
    }
    #expect(throws: (any Error).self) { try scratch.tamper("DELETE FROM ledger_postings") }
    let next = try #require(found.first).entry.transfer
    try store.write { try $0.write([next], of: partner, at: noon) }
    #expect(try scratch.count("ledger_transfers") == found.count + 1)
  }

  @Test("what nobody came to costs its price as before, now as its fee")
  func noShows() throws {
    let store = try opened()
    for (number, fee) in [(0, 0), (4, 7_000), (5, 0), (3, 3_500)] as [(UInt128, Int64)] {
      let found = try store.read { try $0.appointment(appointmentID(number + 10)) }
      #expect(found?.appointment.fee == fee, "\(number)")
    }
  }

  @Test("payments are kept, as taken by hand for their appointments")  // P-1
  func payments() throws {
    try SchemaOne.make(at: scratch.path, version: 4)
    let (paid, back) = (money(1), money(2, 1, .refund))
    for payment in [paid, back] {
      try scratch.tamper(
        """
        INSERT INTO payments VALUES ('\(payment.id)', '\(partner)', '\(appointmentID(1))',
          '\(payment.direction.rawValue)', \(payment.amount.minorUnits), 'EUR', '\(payment.method)',
          '\(payment.note)', \(payment.at.msSinceEpoch))
        """)
    }
    let store = try scratch.open()
    let found = try store.read { try $0.payments(of: partner, matching: PaymentQuery(limit: 9)) }
    #expect(found == [paid, back])
  }

  @Test(
    "a database of any version gets the schema that a new one has",
    arguments: [1, 2, 3, 4, 5] as [Int64])
  func sameSchema(_ version: Int64) throws {
    try SchemaOne.make(at: scratch.path, version: version)
    try scratch.open().checkpoint()
    let fresh = try Scratch()
    try fresh.open().checkpoint()
    let names = "SELECT type, name FROM sqlite_master ORDER BY type, name"
    #expect(try scratch.rows(names) == fresh.rows(names))
    // Nothing was earned or paid before the fourth.
    #expect(try scratch.count("ledger_transfers") == 0)
    #expect(try scratch.rows("PRAGMA foreign_key_check") == [])
  }
}
