internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Benefits that come into a client's account, and lapse.
struct BenefitsGivingTests {
  private let id = benefitID(1)

  private func fault(_ field: String, _ expected: String) -> Refusal {
    .invalid([FieldFault(field: "benefit.\(field)", expected: expected)])
  }

  @Test("what staff give is active at once, with all its value")  // P-5
  func granted() {
    let practice = Practice()
    let expiry = practice.now.advanced(byMs: 1)
    let decision = practice.decide(
      giving(.voucher, 5_000, for: [firstTalk, individual, firstTalk], until: expiry, id: id))
    #expect(
      decision.benefit
        == Benefit(
          id: id, client: carlo, kind: .voucher, origin: .granted,
          services: [individual, firstTalk], value: euro(5_000), valueLeft: 5_000, state: .active,
          expiresAt: expiry, createdAt: practice.now, changedAt: practice.now))
    #expect(decision.moves == [] && decision.notices == [])
    let sessions = practice.decide(giving(.sessions, 0, sessions: 10)).benefit
    #expect(sessions?.sessionsLeft == 10 && sessions?.valueLeft == 0 && sessions?.state == .active)
    #expect(sessions?.due == nil)
  }

  @Test("what was paid outside is written down as money, and the client is told")  // P-5 N-1
  func byHand() throws {
    let practice = Practice()
    let decision = practice.decide(
      giving(.sessions, 50_000, sessions: 10, id: id, paid: .byHand(method: "cash")))
    #expect(decision.benefit?.origin == .bought && decision.benefit?.state == .active)
    let payment = try #require(decision.moves.first)
    #expect(payment.purpose == .benefit(id) && payment.source == .hand)
    #expect(payment.amount == euro(50_000) && payment.method == "cash")
    #expect(payment.benefitValue == 0 && payment.direction == .payment)
    #expect(decision.notices == [Notice(.paid, to: .client(carlo), about: .benefit(id))])
  }

  @Test("what is bought through a gateway pays for nothing until it is paid")  // P-5 P-7
  func throughGateway() throws {
    var practice = Practice()
    practice.offer()
    let decision = practice.perform(
      giving(.voucher, 9_000, id: id, paid: .through(gateway: "sandbox", .token("tok_1"))),
      by: .client(carlo))
    guard case .benefit(let benefit, let intent?) = decision.change?.answer else {
      Issue.record("expected an intent")
      return
    }
    #expect(benefit.state == .pending && benefit.due == nil && benefit.origin == .bought)
    #expect(intent.purpose == .benefit(id) && intent.amount == euro(9_000))
    #expect(intent.client == carlo && intent.gateway == "sandbox" && !intent.isOffSession)
    #expect(intent.source == MethodChoice(token: "tok_1"))
    #expect(intent.errand == Errand(kind: .prepare, number: 1, due: practice.now))
    #expect(
      decision.change?.events == [.benefitMade(benefit), .paymentIntentMade(intent)])
    #expect(decision.moves == [])
    practice.perform(booking(inRome("2026-11-26T10:00"), id: appointmentID(1)))
    #expect(practice.decide(using(appointmentID(1))).refusal == .noBenefit(appointmentID(1)))
  }

  @Test("it is paid by a saved method of the client's that can be charged")  // P-5 P-7
  func saved() {
    var practice = Practice()
    practice.perform(settingUp(id: methodID(1), by: nil))
    func buying(_ method: PaymentMethodID, at gateway: String = "sandbox") -> Refusal? {
      practice.decide(
        giving(.credit, 100, paid: .through(gateway: gateway, .saved(method)))
      ).refusal
    }
    let unknown = Refusal.notFound(id: methodID(2).text, field: "payment_method_id")
    #expect(buying(methodID(2)) == unknown)
    #expect(buying(methodID(1)) == .paymentMethodNotActive(methodID(1), .pending))
    practice.saved(methodID(1))
    #expect(buying(methodID(1)) == nil)
    #expect(buying(methodID(1), at: "stripe") == .gatewayMissing("sandbox"))
  }

  @Test("staff give to clients; a client buys for themself, and names no price of sessions")  // P-5
  func actors() {
    let practice = Practice()
    let unknown = Refusal.notFound(id: carlo.text, field: "benefit.client_id")
    let through = BenefitWish.Payment.through(gateway: "sandbox", nil)
    for (payment, actor) in [
      (BenefitWish.Payment.granted, Actor.client(carlo)),
      (.byHand(method: "cash"), .client(carlo)), (through, .client(daria)),
      (through, .client(nil)), (.granted, .therapist(anna)), (through, .therapist(anna)),
    ] {
      #expect(practice.decide(giving(.credit, 100, paid: payment), by: actor).refusal == unknown)
    }
    #expect(
      practice.decide(giving(.sessions, 100, sessions: 5, paid: through), by: .client(carlo))
        .refusal == fault("kind", "expected CREDIT or VOUCHER: staff sell sessions"))
    #expect(
      practice.decide(giving(.credit, 100, to: daria)).refusal
        == .notFound(id: daria.text, field: "benefit.client_id"))
  }

  @Test("values, sessions and expiry are as their kind wants them")  // P-5
  func faults() {
    let practice = Practice()
    let more = "expected more than 0, got 0"
    #expect(practice.decide(giving(.credit, 0)).refusal == fault("value.minor_units", more))
    #expect(practice.decide(giving(.voucher, 0)).refusal == fault("value.minor_units", more))
    #expect(
      practice.decide(giving(.sessions, 1, sessions: 1)).refusal
        == fault("value.minor_units", "expected 0, since they are given, got 1"))
    #expect(
      practice.decide(giving(.sessions, 0, sessions: 1, paid: .byHand(method: "cash"))).refusal
        == fault("value.minor_units", more))
    for sessions: Int32 in [0, 1_001] {
      #expect(
        practice.decide(giving(.sessions, 0, sessions: sessions)).refusal
          == fault("sessions", "expected 1 to 1000 of SESSIONS, got \(sessions)"))
    }
    #expect(practice.decide(giving(.sessions, 0, sessions: 1_000)).benefit != nil)
    #expect(
      practice.decide(giving(.credit, 1, sessions: 1)).refusal
        == fault("sessions", "expected 0 of CREDIT, got 1"))
    #expect(
      practice.decide(giving(.credit, 1, until: practice.now)).refusal
        == fault("expire_time", "expected a time in the future"))
    #expect(
      practice.decide(giving(.credit, 1, for: [individual], in: "PLN")).refusal
        == fault("value.currency", "expected EUR, which \(individual) costs, got PLN"))
  }

  @Test("its services are the partner's, and its id is its own")  // P-5
  func names() {
    var practice = Practice()
    let other = ServiceID(rawValue: 99)
    #expect(
      practice.decide(giving(.credit, 1, for: [individual, other])).refusal
        == .notFound(id: other.text, field: "benefit.service_ids[1]"))
    practice.give(1, .credit, 1)
    let taken = Refusal.idTaken(id: id.text, field: "benefit.benefit_id")
    #expect(practice.decide(giving(.credit, 1, id: id)).refusal == taken)
    practice.facts.takenElsewhere = [benefitID(2).text]
    #expect(
      practice.decide(giving(.credit, 1, id: benefitID(2))).refusal
        == .idTaken(id: benefitID(2).text, field: "benefit.benefit_id"))
  }

  @Test("at its expiry, and not before, what is left lapses, once")  // P-5
  func expiring() {
    var practice = Practice()
    let expiry = practice.now.advanced(byMs: 60_000)
    practice.give(1, .voucher, 5_000, until: expiry)
    practice.give(2, .sessions, 100, sessions: 3, until: expiry)
    practice.now = expiry.advanced(byMs: -1)
    #expect(practice.decide(.expireBenefit(id), by: .time).change?.events == [])
    practice.now = expiry
    for number: UInt128 in 1...2 {
      let wish = Wanted.expireBenefit(benefitID(number))
      let benefit = practice.perform(wish, by: .time).benefit
      #expect(benefit?.state == .expired && benefit?.valueLeft == 0 && benefit?.sessionsLeft == 0)
      #expect(benefit?.due == nil && benefit?.version == 2)
      #expect(practice.decide(wish, by: .time).change?.events == [])
    }
    #expect(
      practice.decide(.expireBenefit(benefitID(9)), by: .time).refusal
        == .notFound(id: benefitID(9).text, field: "benefit_id"))
  }
}
