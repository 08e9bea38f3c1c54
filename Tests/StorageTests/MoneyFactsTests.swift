internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// What decisions about money have to know is loaded whole; of another partner's, nothing.
struct MoneyFactsTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func load(_ owner: PartnerID = partner, _ need: (inout Needs) -> Void) throws -> Facts {
    var needs = Needs()
    need(&needs)
    var (read, written) = (Facts(index: AvailabilityIndex()), Facts(index: AvailabilityIndex()))
    try store.read { try $0.load(needs, of: owner, at: noon, into: &read) }
    // The writer remembers some of it.
    try store.write { try $0.snapshot.load(needs, of: owner, at: noon, into: &written) }
    #expect(read.intents == written.intents && read.payments == written.payments)
    return read
  }

  private func book(_ appointment: Appointment) throws { try store.book([appointment]) }

  @Test(
    "an appointment comes with all its intents and payments, and the benefits that paid",
    arguments: [PaymentPlan.onSite, .prepaid, .captureBefore])  // P-1, P-5
  func whole(_ plan: PaymentPlan) throws {
    try book(session(1, span(0, 50)).with(plan: plan, paid: 14_000))
    let used = credit(left: 0, state: .usedUp)
    let (over, open) = (
      intent(state: .canceled),
      intent(
        PaymentIntentID(rawValue: 4_002), errand: Errand(kind: .look, number: 1, due: noon))
    )
    let moved = [money(1, source: .benefit(creditID), benefitValue: 7_000), money(2)]
    let other = credit(BenefitID(rawValue: 4_209))
    try store.apply(
      [.benefitMade(used), .benefitMade(other), .paymentIntentMade(over), .paymentIntentMade(open)]
        + moved.map(Event.moneyMoved) + [.paymentMethodMade(method())])
    let id = appointmentID(1)
    let facts = try load { $0.appointmentsWhole = [id] }
    #expect(facts.intents == [id: [over, open]])
    #expect(facts.payments == [id: moved])
    #expect(facts.benefits == [creditID: used])
    #expect(facts.wallets == (plan == .onSite ? [:] : [carlo: [method()]]))
    #expect(facts.accounts == [:])
    let theirs = try load(otherPartner) { $0.appointmentsWhole = [id] }
    #expect(theirs.intents.isEmpty && theirs.payments.isEmpty && theirs.benefits.isEmpty)
    #expect(theirs.wallets.isEmpty)
  }

  @Test("what is paid on site may have an intent before anything was paid")  // P-8
  func openOnSite() throws {
    try book(session(1, span(0, 50)))
    let id = appointmentID(1)
    #expect(try load { $0.appointmentsWhole = [id] }.intents == [id: []])
    try store.apply([.paymentIntentMade(intent())])
    #expect(try load { $0.appointmentsWhole = [id] }.intents == [id: [intent()]])
  }

  @Test("a fee may be charged: its client's payment methods are there")
  func fees() throws {
    try book(session(1, span(0, 50), state: .cancelledByClient).with(fee: 3_500))
    try store.apply([.paymentMethodMade(method())])
    let facts = try load { $0.appointmentsWhole = [appointmentID(1)] }
    #expect(facts.wallets == [carlo: [method()]])
  }

  @Test("an intent or a refund brings the appointment that it is for, whole")  // P-8
  func ofAppointment() throws {
    let booked = session(1, span(0, 50)).with(plan: .prepaid, paid: 7_000)
    try book(booked)
    let taken = intent(state: .succeeded, captured: 7_000)
    let (paid, back) = (
      money(1, source: .gateway(intentID)),
      money(2, 100, .refund, source: .gateway(intentID), returns: PaymentID(rawValue: 3_001))
    )
    try store.apply([.paymentIntentMade(taken), .moneyMoved(paid), .moneyMoved(back)])
    let purpose = PaymentPurpose.appointment(booked.id)
    let byIntent = try load { $0.intents = [intentID, PaymentIntentID(rawValue: 9)] }
    let byRefund = try load { $0.refunds = [back.id, PaymentID(rawValue: 9)] }
    #expect(byIntent.purposes == [intentID: purpose] && byRefund.purposes == [:])
    #expect(byRefund.refundPurposes == [back.id: purpose] && byIntent.refundPurposes == [:])
    for facts in [byIntent, byRefund] {
      #expect(facts.appointments == [booked.id: booked])
      #expect(facts.intents == [booked.id: [taken]])
      #expect(facts.payments == [booked.id: [paid, back]])
      #expect(facts.services[individual] != nil && facts.policies[individual] != nil)
    }
    let theirs = try load(otherPartner) {
      $0.intents = [intentID]
      $0.refunds = [back.id]
    }
    #expect(theirs.purposes.isEmpty && theirs.refundPurposes.isEmpty)
    #expect(theirs.appointments.isEmpty && theirs.intents.isEmpty)
    #expect(theirs.takenElsewhere == [intentID.text, back.id.text])
  }

  @Test("an intent or a refund brings the benefit that it is for, with all its money")  // P-5
  func ofBenefit() throws {
    let purpose = PaymentPurpose.benefit(creditID)
    let taken = intent(for: purpose, state: .succeeded, captured: 7_000)
    let (paid, back) = (
      money(1, for: purpose, source: .gateway(intentID)),
      money(2, for: purpose, 100, .refund, source: .gateway(intentID))
    )
    try store.apply([
      .benefitMade(credit()), .paymentIntentMade(taken), .moneyMoved(paid), .moneyMoved(back),
    ])
    for facts in [
      try load { $0.intents = [intentID] }, try load { $0.refunds = [back.id] },
      try load { $0.benefits = [creditID] },
    ] {
      #expect(facts.benefits == [creditID: credit()])
      #expect(facts.benefitIntents == [creditID: [taken]])
      #expect(facts.benefitPayments == [creditID: [paid, back]])
      #expect(facts.appointments.isEmpty)
    }
    let theirs = try load(otherPartner) { $0.benefits = [creditID] }
    #expect(theirs.benefits.isEmpty && theirs.benefitIntents.isEmpty)
    #expect(theirs.takenElsewhere == [creditID.text])
  }

  @Test("a payment method comes with its client's others; wallets are a client's own")  // P-7
  func wallets() throws {
    let all = [method(), method(PaymentMethodID(rawValue: 4_102), state: .detached)]
    let darias = method(PaymentMethodID(rawValue: 4_103), of: daria)
    try store.apply((all + [darias]).map(Event.paymentMethodMade))
    let facts = try load { $0.paymentMethods = [savedMethod, PaymentMethodID(rawValue: 9)] }
    #expect(facts.paymentMethods == [savedMethod: all[0]])
    #expect(facts.wallets == [carlo: all])
    #expect(try load { $0.wallets = [daria] }.wallets == [daria: [darias]])
    let theirs = try load(otherPartner) {
      $0.paymentMethods = [savedMethod]
      $0.wallets = [daria]
    }
    #expect(theirs.paymentMethods.isEmpty && theirs.wallets == [daria: []])
    #expect(theirs.takenElsewhere == [savedMethod.text])
  }

  @Test("an account is what is not over, of who is named or comes to what was named")  // P-5
  func accounts() throws {
    try book(session(1, span(0, 50)))
    let all = [
      credit(), credit(BenefitID(rawValue: 4_202), state: .pending),
      credit(BenefitID(rawValue: 4_203), left: 0, state: .usedUp),
      credit(BenefitID(rawValue: 4_204), state: .expired),
      credit(BenefitID(rawValue: 4_205), state: .canceled),
    ]
    try store.apply(all.map(Event.benefitMade))
    let open = [carlo: Array(all[0...1])]
    #expect(try load { $0.benefitsOf = [carlo] }.accounts == open)
    #expect(try load(otherPartner) { $0.benefitsOf = [carlo] }.accounts == [carlo: []])
    let used = try load {
      $0.appointmentsWhole = [appointmentID(1)]
      $0.benefitsFor = [appointmentID(1)]
    }
    #expect(used.accounts == open)
    #expect(try load { $0.appointmentsWhole = [appointmentID(1)] }.accounts == [:])
  }

  @Test(
    "who books comes with what could pay, as the service's plan has it",
    arguments: PaymentPlan.allCases)  // P-1, P-2, P-5
  func booking(_ plan: PaymentPlan) throws {
    try store.apply([
      .servicePut(Fixture.service(individual, of: anna).planned(plan)), .benefitMade(credit()),
      .paymentMethodMade(method()),
    ])
    let facts = try load {
      $0.services = [individual]
      $0.clients = [carlo]
    }
    #expect(facts.accounts == (plan == .package ? [carlo: [credit()]] : [:]))
    #expect(facts.wallets == (plan == .captureBefore ? [carlo: [method()]] : [:]))
    try book(session(1, span(0, 50)).with(plan: plan))
    let later = try load { $0.appointmentsWhole = [appointmentID(1)] }
    #expect(later.accounts == (plan == .package ? [carlo: [credit()]] : [:]))
    #expect(later.wallets.isEmpty == (plan != .captureBefore && plan != .prepaid))
  }

  @Test("what is new of an appointment's money is read back as it was written")  // P-2, P-10
  func columns() throws {
    let plain = session(1, span(0, 50))
    let full = plain.with(
      plan: .captureBefore, paid: 1, fee: 2, chargeAt: at(minutes: 1), givingUpAt: at(minutes: 2),
      paymentMethod: savedMethod, commission: 700)
    try book(full)
    func read() throws -> Appointment? {
      try store.read { try $0.appointment(plain.id) }?.appointment
    }
    #expect(try read() == full)
    let changed = plain.with(plan: .captureBefore, paid: 1, version: 2)
    try store.apply([changed.changed(from: full)])
    #expect(try read() == changed)
    let again = full.with(
      plan: .captureBefore, paid: 1, fee: 2, chargeAt: at(minutes: 3), givingUpAt: at(minutes: 4),
      paymentMethod: PaymentMethodID(rawValue: 4_102), commission: 1, version: 3)
    try store.apply([again.changed(from: changed)])
    #expect(try read() == again)
  }
}

extension HealthcareService {
  fileprivate func planned(_ plan: PaymentPlan) -> HealthcareService {
    HealthcareService(
      id: id, therapist: therapist, name: name, kind: kind, durationMinutes: durationMinutes,
      price: price, mode: mode, locations: locations, plan: plan,
      gridStepMinutes: gridStepMinutes, fullHoursOnly: fullHoursOnly, version: version)
  }
}
