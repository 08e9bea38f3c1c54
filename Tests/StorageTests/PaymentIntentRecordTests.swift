internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Intents and payment methods are read back as they were written, with what the gateway is to be asked next.
struct PaymentIntentRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.book([session(1, span(0, 50)), session(2, span(100, 150))])
  }

  private func read(_ id: PaymentIntentID = intentID) throws -> PaymentIntent? {
    let found = try store.read { try $0.paymentIntent(id) }
    #expect(found == nil || found?.owner == partner)
    return found?.intent
  }

  private let full = PaymentIntent(
    id: intentID, purpose: .benefit(creditID), client: daria, gateway: "stripe",
    amount: Money(minorUnits: 9, currency: Currency("JPY")!), reference: "pi_1",
    source: MethodChoice(token: "pm_1", customer: "cus_1", saved: savedMethod), isOffSession: true,
    attempt: 3, state: .succeeded, failure: "card_declined", clientSecret: "s", actionURL: "https:",
    captured: 9, refunded: 4, fee: 1, disputed: 5, dispute: .open,
    errand: Errand(kind: .look, number: 7, due: at(minutes: 3), tries: 2), version: 7,
    createdAt: noon, changedAt: at(minutes: 2))

  @Test("an intent is read back as it was written, with its errand")  // P-1, P-8
  func readBack() throws {
    try store.apply([.benefitMade(credit())])
    for made in [full, intent(PaymentIntentID(rawValue: 4_002))] {
      try store.apply([.paymentIntentMade(made)])
      #expect(try read(made.id) == made)
    }
    #expect(try read(PaymentIntentID(rawValue: 4_009)) == nil)
  }

  @Test("a change goes over the version before only, and takes all that may change")  // B-14
  func changing() throws {
    let first = intent(errand: Errand(kind: .prepare, number: 1, due: noon))
    try store.apply([.paymentIntentMade(first)])
    let second = PaymentIntent(
      id: intentID, purpose: first.purpose, client: carlo, gateway: "sandbox", amount: euro(10),
      reference: "pi_1", source: MethodChoice(token: "t"), isOffSession: true, attempt: 1,
      state: .succeeded, failure: "f", clientSecret: "s", actionURL: "u", captured: 10,
      refunded: 3, fee: 2, disputed: 1, dispute: .lost, errand: nil, version: 2, createdAt: noon,
      changedAt: at(minutes: 1))
    try store.apply([.paymentIntentChanged(second, from: first)])
    #expect(try read() == second)
    #expect(try scratch.count("gateway_errands") == 0)
    let lost = StoreError.lostUpdate(table: "payment_intents", id: intentID.text)
    #expect(throws: lost) { try store.apply([.paymentIntentChanged(second, from: first)]) }
    let skipped = intent(state: .canceled, version: 4)
    #expect(throws: lost) { try store.apply([.paymentIntentChanged(skipped, from: second)]) }
    #expect(try read() == second)
  }

  @Test("those for one thing come in the order in which they were made")
  func listing() throws {
    let all = [
      intent(state: .canceled), intent(PaymentIntentID(rawValue: 4_003), state: .processing),
      intent(PaymentIntentID(rawValue: 4_002), for: .appointment(appointmentID(2))),
    ]
    try store.apply(all.reversed().map(Event.paymentIntentMade))
    try store.read { snapshot throws in
      #expect(try snapshot.paymentIntents(for: all[0].purpose) == [all[0], all[1]])
      #expect(try snapshot.paymentIntents(for: all[2].purpose) == [all[2]])
      #expect(try snapshot.paymentIntents(for: .benefit(creditID)) == [])
    }
  }

  @Test(
    "one at a time is open for one thing: a second is turned away, whatever the code does",
    arguments: PaymentIntentState.allCases)  // P-8
  func oneOpen(_ state: PaymentIntentState) throws {
    try store.apply([.paymentIntentMade(intent(state: state))])
    let second = intent(PaymentIntentID(rawValue: 4_002))
    if state.isOpen {
      #expect(throws: StoreError.self) { try store.apply([.paymentIntentMade(second)]) }
      #expect(throws: (any Error).self) {
        try scratch.tamper(
          """
          INSERT INTO payment_intents SELECT 'pin_2', partner_id, appointment_id, benefit_id,
            client_id, gateway, minor_units, currency, reference, token, customer, method_id,
            off_session, attempt, 'PROCESSING', failure, client_secret, action_url,
            captured_minor_units, refunded_minor_units, fee_minor_units, disputed_minor_units,
            dispute, version, created_ms, changed_ms FROM payment_intents
          """)
      }
      #expect(try scratch.count("payment_intents") == 1)
    } else {
      try store.apply([.paymentIntentMade(second)])
    }
    // Of another thing there may be one.
    let other = intent(PaymentIntentID(rawValue: 4_003), for: .appointment(appointmentID(2)))
    try store.apply([.paymentIntentMade(other)])
  }

  @Test("no more is captured than asked for, and no more given back than captured")  // P-6
  func limits() throws {
    try store.apply([.paymentIntentMade(intent())])
    for wrong in ["captured_minor_units = 7001", "refunded_minor_units = 1", "minor_units = 0"] {
      #expect(throws: (any Error).self) {
        try scratch.tamper("UPDATE payment_intents SET \(wrong)")
      }
    }
  }

  @Test("what is made and changed are events that name what it is about")  // E-1
  func events() throws {
    let saved = method()
    let made = intent()
    let payout = Payout(
      id: PayoutID(rawValue: 1), therapist: anna, amount: euro(5), method: "wire", note: "",
      at: noon)
    try store.apply([
      .paymentIntentMade(made), .paymentIntentChanged(intent(version: 2), from: made),
      .paymentMethodMade(saved), .paymentMethodChanged(method(version: 2)),
      .benefitMade(credit()), .benefitChanged(credit(left: 1, version: 2), from: credit()),
      .payoutRecorded(payout), .gatewayEventHeard(gateway: "sandbox", id: "evt_1"),
    ])
    let apt = appointmentID(1).text
    #expect(
      try scratch.rows(
        """
        SELECT kind, subject_id, subject_version, related_id FROM events
        WHERE position > \(Fixture.events.count + 2) ORDER BY position
        """) == [
          ["PAYMENT_INTENT_MADE", intentID.text, "1", apt],
          ["PAYMENT_INTENT_CHANGED", intentID.text, "2", apt],
          ["PAYMENT_METHOD_MADE", savedMethod.text, "1", carlo.text],
          ["PAYMENT_METHOD_CHANGED", savedMethod.text, "2", carlo.text],
          ["BENEFIT_MADE", creditID.text, "1", carlo.text],
          ["BENEFIT_CHANGED", creditID.text, "2", carlo.text],
          ["PAYOUT_RECORDED", payout.id.text, "1", anna.text],
        ])
    #expect(try store.read { try $0.payouts(to: anna, of: partner, limit: 9) } == [payout])
    #expect(try store.read { try $0.payouts(to: anna, of: otherPartner, limit: 9) } == [])
  }
}

struct PaymentMethodRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func read(_ client: ClientID, _ owner: PartnerID = partner) throws -> [PaymentMethod] {
    try store.read { try $0.paymentMethods(of: client, owner) }
  }

  @Test("methods are read back as they were written, those of a client by id")  // P-7
  func readBack() throws {
    let saving = method(state: .pending, errand: Errand(kind: .setUp, number: 1, due: noon))
    let others = [
      method(PaymentMethodID(rawValue: 4_103), state: .failed),
      method(PaymentMethodID(rawValue: 4_102), isDefault: true),
      method(PaymentMethodID(rawValue: 4_104), of: daria),
    ]
    try store.apply(([saving] + others).map(Event.paymentMethodMade))
    #expect(try read(carlo) == [saving, others[1], others[0]])
    #expect(try read(daria) == [others[2]])
    #expect(try read(carlo, otherPartner) == [])
    #expect(try store.read { try $0.paymentMethod(saving.id) }?.method == saving)
  }

  @Test("a change goes over the version before only, and ends or replaces the errand")  // P-8
  func changing() throws {
    let saving = method(state: .pending, errand: Errand(kind: .setUp, number: 1, due: noon))
    try store.apply([.paymentMethodMade(saving)])
    let looking = Errand(kind: .lookAtSetUp, number: 2, due: at(minutes: 1), tries: 1)
    for next in [method(state: .pending, errand: looking, version: 2), method(version: 3)] {
      try store.apply([.paymentMethodChanged(next)])
      #expect(try read(carlo) == [next])
      #expect(try scratch.count("gateway_errands") == (next.errand == nil ? 0 : 1))
    }
    #expect(throws: StoreError.lostUpdate(table: "payment_methods", id: savedMethod.text)) {
      try store.apply([.paymentMethodChanged(method(version: 3))])
    }
  }
}
