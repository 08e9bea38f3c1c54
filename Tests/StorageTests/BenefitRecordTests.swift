internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct BenefitRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func list(
    _ client: ClientID = carlo, _ owner: PartnerID = partner, after: BenefitID? = nil,
    limit: Int = 9
  ) throws -> [Benefit] {
    try store.read { try $0.benefits(of: client, owner, after: after, limit: limit) }
  }

  @Test("benefits are read back as they were written, with the services that they pay for")  // P-5
  func readBack() throws {
    let sessions = Benefit(
      id: BenefitID(rawValue: 4_202), client: carlo, kind: .sessions, origin: .bought,
      services: [individual, couple], value: euro(30_000), sessions: 5, valueLeft: 12_000,
      sessionsLeft: 2, state: .active, expiresAt: at(minutes: 9), note: "no. 2", version: 4,
      createdAt: noon, changedAt: at(minutes: 1))
    let all = [credit(), sessions, credit(BenefitID(rawValue: 4_203), state: .canceled)]
    try store.apply((all + [credit(BenefitID(rawValue: 4_204), of: daria)]).map(Event.benefitMade))
    #expect(try list() == all)
    #expect(try list(after: all[0].id, limit: 1) == [sessions])
    #expect(try list(carlo, otherPartner) == [])
    let found = try store.read { try $0.benefit(sessions.id) }
    #expect(found?.owner == partner && found?.benefit == sessions)
  }

  @Test("a change goes over the version before only")  // B-14
  func changing() throws {
    try store.apply([.benefitMade(credit())])
    let used = credit(left: 0, state: .usedUp, version: 2)
    try store.apply([.benefitChanged(used, from: credit())])
    #expect(try list() == [used])
    #expect(throws: StoreError.lostUpdate(table: "benefits", id: creditID.text)) {
      try store.apply([.benefitChanged(used, from: credit())])
    }
    for wrong in ["value_left_minor_units = -1", "sessions_left = 1", "kind = 'GIFT'"] {
      #expect(throws: (any Error).self) { try scratch.tamper("UPDATE benefits SET \(wrong)") }
    }
  }

  @Test("one may be written after what it is bought with, but not left out")  // P-5
  func boughtFirst() throws {
    let bought = money(1, for: .benefit(creditID))
    #expect(throws: (any Error).self) { try store.apply([.moneyMoved(bought)]) }
    #expect(try scratch.count("payments") == 0)
    try store.apply([.moneyMoved(bought), .benefitMade(credit())])
    let query = PaymentQuery(benefit: creditID, limit: 9)
    #expect(try store.read { try $0.payments(of: partner, matching: query) } == [bought])
  }

  @Test(
    "what is over is due in order of when, then of id; pages of any size join", arguments: 1...4)
  func due(_ size: Int) throws {  // P-5
    let expiring = (0..<12).map { (number: Int) -> Benefit in
      // Ids do not ascend with what is due.
      let id = BenefitID(rawValue: 4_300 + UInt128(number * 5 % 12))
      let state: BenefitState = number == 3 ? .usedUp : .active
      let expiresAt: Instant? = number == 4 ? nil : at(minutes: Int64(number / 3))
      return credit(id, state: state, expiresAt: expiresAt)
    }
    try store.apply(expiring.map(Event.benefitMade))
    let expected = expiring.filter { $0.due != nil }.sorted {
      ($0.due ?? noon, $0.id) < ($1.due ?? noon, $1.id)
    }
    var found: [DueBenefit] = []
    for _ in 0...expected.count {
      let page = try store.read {
        try $0.dueBenefits(until: at(minutes: 2), after: found.last, limit: size)
      }
      if page.isEmpty { break }
      found += page
    }
    let end = at(minutes: 2)
    let ids = expected.filter { $0.due ?? noon <= end }.map(\.id)
    #expect(found.map(\.benefit) == ids)
    try store.read { snapshot throws in
      #expect(try snapshot.nextBenefitDue(after: at(minutes: -1)) == noon)
      #expect(try snapshot.nextBenefitDue(after: noon) == at(minutes: 1))
      #expect(try snapshot.nextBenefitDue(after: at(minutes: 3)) == nil)
    }
  }
}
