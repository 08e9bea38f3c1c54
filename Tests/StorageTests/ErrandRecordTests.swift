internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// What gateways are to be asked, recorded with what it is about (P-8).
struct ErrandRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.book([session(1, span(0, 50))])
  }

  private func due(_ minutes: Int64, limit: Int = 9) throws -> [DueErrand] {
    try store.read { try $0.dueErrands(until: at(minutes: minutes), limit: limit) }
  }

  private func refund(_ errand: Errand?, version: Int64 = 1) -> Payment {
    money(
      2, 1_000, .refund, source: .gateway(intentID), returns: PaymentID(rawValue: 3_001),
      state: errand == nil ? .failed : .pending, reference: "re_\(version)",
      failure: errand == nil ? "expired" : "", errand: errand, version: version)
  }

  @Test("errands of intents, refunds and methods come in order of when, with all to ask them by")
  func order() throws {  // P-8
    let prepare = Errand(kind: .prepare, number: 1, due: at(minutes: 2))
    let giveBack = Errand(kind: .refund, number: 1, due: at(minutes: 1))
    let setUp = Errand(kind: .setUp, number: 1, due: at(minutes: 1), tries: 3)
    try store.apply([
      .paymentIntentMade(intent(errand: prepare)), .moneyMoved(refund(giveBack)),
      .paymentMethodMade(method(state: .pending, errand: setUp)),
    ])
    let found = try due(2)
    #expect(found.map(\.errand) == [giveBack, setUp, prepare])
    #expect(
      found.map(\.subject)
        == [.refund(refund(nil).id), .method(savedMethod), .intent(intentID)])
    #expect(found.allSatisfy { $0.partner == partner && $0.gateway == "sandbox" })
    #expect(try due(0) == [])
    #expect(try due(1) == Array(found.prefix(2)))
    #expect(try due(2, limit: 1) == Array(found.prefix(1)))
    try store.read { snapshot throws in
      #expect(try snapshot.nextErrandDue(after: noon) == at(minutes: 1))
      #expect(try snapshot.nextErrandDue(after: at(minutes: 1)) == at(minutes: 2))
      #expect(try snapshot.nextErrandDue(after: at(minutes: 2)) == nil)
    }
  }

  @Test("a change puts another errand in its place, leaves it, or ends it")  // P-8
  func replacing() throws {
    let first = intent(errand: Errand(kind: .prepare, number: 1, due: noon))
    let same = intent(errand: first.errand, version: 2)
    let asked = intent(
      errand: Errand(kind: .confirm, number: 3, due: at(minutes: 1), tries: 1), version: 3)
    let ended = intent(version: 4)
    let again = intent(errand: Errand(kind: .cancel, number: 5, due: noon), version: 5)
    try store.apply([.paymentIntentMade(first)])
    for (old, new) in zip([first, same, asked, ended], [same, asked, ended, again]) {
      try store.apply([.paymentIntentChanged(new, from: old)])
      #expect(try due(9).map(\.errand) == [new.errand].compactMap(\.self))
      #expect(try store.read { try $0.paymentIntent(intentID) }?.intent == new)
    }
  }

  @Test("a refund's goes to the gateway of its intent, and ends with it")  // P-6, P-8
  func refunds() throws {
    let asked = refund(Errand(kind: .refund, number: 1, due: noon))
    #expect(throws: StoreError.self) { try store.apply([.moneyMoved(asked)]) }
    try store.apply([
      .paymentIntentMade(intent(state: .succeeded, captured: 7_000)), .moneyMoved(asked),
    ])
    #expect(try store.read { try $0.payment(asked.id) }?.payment == asked)
    let failed = refund(nil, version: 2)
    try store.apply([.moneyChanged(failed, from: asked)])
    #expect(try store.read { try $0.payment(asked.id) }?.payment == failed)
    #expect(try due(9) == [])
    #expect(
      try scratch.rows(
        "SELECT kind, subject_version, related_id FROM events ORDER BY position DESC LIMIT 1")
        == [["REFUND_CHANGED", "2", appointmentID(1).text]])
    #expect(throws: StoreError.lostUpdate(table: "payments", id: asked.id.text)) {
      try store.apply([.moneyChanged(failed, from: asked)])
    }
  }

  @Test("a gateway's event is remembered for 90 days, and no event of the partner's")  // P-8
  func gatewayEvents() throws {
    let key = GatewayEventKey(gateway: "stripe", id: "evt_1")
    var needs = Needs()
    needs.gatewayEvents = [key, GatewayEventKey(gateway: "sandbox", id: "evt_1")]
    func heard() throws -> Set<GatewayEventKey> {
      var facts = Facts(index: AvailabilityIndex())
      try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
      return facts.heardEvents
    }
    let before = try scratch.count("events")
    #expect(try heard() == [])
    try store.apply([.gatewayEventHeard(gateway: key.gateway, id: key.id)])
    #expect(try heard() == [key])
    #expect(try scratch.count("events") == before)
    // The same a second time is a bug: whoever hears it has looked.
    #expect(throws: StoreError.self) {
      try store.apply([.gatewayEventHeard(gateway: key.gateway, id: key.id)])
    }
    let ninetyDays = noon.advanced(byMs: 90 * 86_400_000)
    try store.write { try $0.forgetGatewayEvents(at: ninetyDays) }
    #expect(try heard() == [key])
    try store.write { try $0.forgetGatewayEvents(at: ninetyDays.advanced(byMs: 1)) }
    #expect(try heard() == [])
  }
}
