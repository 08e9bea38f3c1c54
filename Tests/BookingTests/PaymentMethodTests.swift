internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What clients pay with, saved at the gateway.
struct PaymentMethodTests {
  private var practice = Practice()
  private let one = methodID(1)
  private let two = methodID(2)
  private let three = methodID(3)

  private var defaults: [PaymentMethodID] {
    practice.books.methods.filter { $0.isDefault && $0.state == .active }.map(\.id)
  }

  @Test("the gateway is asked to save it, by a token or by the client's own browser")  // P-7
  func setUp() {
    for token in ["tok_1", nil] {
      let decision = practice.decide(
        .setUpMethod(
          SetUpWish(
            client: carlo, token: token, makeDefault: false, gateway: "sandbox", id: one)),
        by: .client(carlo))
      let method = PaymentMethod(
        id: one, client: carlo, gateway: "sandbox", choice: token.map { MethodChoice(token: $0) },
        errand: Errand(kind: .setUp, number: 1, due: practice.now), createdAt: practice.now,
        changedAt: practice.now)
      #expect(
        decision.change
          == Change(events: [.paymentMethodMade(method)], answer: .paymentMethod(method)))
    }
  }

  @Test("the first that can be charged becomes the default, and those after it do not")  // P-2
  mutating func first() {
    practice.perform(settingUp(id: one))
    practice.perform(settingUp(id: two))
    #expect(defaults == [])
    practice.saved(two)
    #expect(defaults == [two])
    practice.saved(one)
    #expect(defaults == [two])
  }

  @Test("one that is to be the default takes that place once it can be charged, not before")  // P-2
  mutating func wished() {
    practice.perform(settingUp(id: one))
    practice.saved(one)
    practice.perform(settingUp(id: two, makeDefault: true))
    practice.perform(settingUp(id: three, makeDefault: true))
    #expect(defaults == [one])
    practice.saved(two)
    #expect(defaults == [two])
    practice.failed(three)
    #expect(defaults == [two])
    #expect(practice.method(three)?.isDefault == false)
  }

  @Test("another becomes the default, and the one before it is none any more")  // P-2
  mutating func makeDefault() {
    practice.perform(settingUp(id: one))
    practice.perform(settingUp(id: two))
    practice.saved(one)
    #expect(
      practice.decide(changing(two, .makeDefault)).refusal
        == .paymentMethodNotActive(two, .pending))
    practice.saved(two)
    practice.perform(changing(two, .makeDefault), by: .client(carlo))
    #expect(defaults == [two])
    #expect(practice.decide(changing(two, .makeDefault)).change?.events == [])
  }

  @Test("taken away it is charged no more; the oldest left becomes the default")  // P-2 P-7
  mutating func detach() {
    for id in [one, two, three] {
      practice.perform(settingUp(id: id))
      practice.saved(id)
      practice.wait(1)
    }
    practice.perform(changing(one, .makeDefault))
    practice.perform(changing(one, .detach))
    let gone = practice.method(one)
    #expect(gone?.state == .detached && gone?.isDefault == false)
    #expect(
      gone?.errand == Errand(kind: .detach, number: gone?.version ?? 0, due: practice.now))
    #expect(defaults == [two])
    practice.perform(changing(three, .detach))
    #expect(defaults == [two])
    #expect(practice.decide(changing(one, .detach)).change?.events == [])
    practice.perform(changing(two, .detach))
    #expect(defaults == [])
  }

  @Test("of one that could not be saved the gateway has nothing to forget")  // P-7
  mutating func detachFailed() {
    practice.perform(settingUp(id: one))
    practice.failed(one)
    practice.perform(changing(one, .detach))
    #expect(practice.method(one)?.state == .detached && practice.method(one)?.errand == nil)
  }

  @Test("the gateway is asked again how the saving stands, as long as that is open")  // P-7
  mutating func refresh() {
    practice.perform(settingUp(id: one))
    // It does not know of it yet.
    #expect(practice.decide(changing(one, .refresh)).change?.events == [])
    practice.answer(one, .report(SetUpReport(reference: "seti_1", state: .requiresAction)))
    practice.perform(changing(one, .refresh))
    let asked = practice.method(one)
    #expect(
      asked?.errand == Errand(kind: .lookAtSetUp, number: asked?.version ?? 0, due: practice.now))
    practice.saved(one)
    #expect(practice.decide(changing(one, .refresh)).change?.events == [])
  }

  @Test("staff and the client change it, and nobody else; each sees the latest")  // P-7 B-14
  mutating func actors() {
    practice.facts.clients[daria] = Practice.client(daria)
    practice.perform(settingUp(id: one))
    practice.saved(one)
    let unknown = Refusal.notFound(id: one.text, field: "payment_method_id")
    for actor in [Actor.client(daria), .therapist(anna), .client(nil)] {
      #expect(practice.decide(changing(one, .detach), by: actor).refusal == unknown)
      #expect(
        practice.decide(settingUp(id: two), by: actor).refusal
          == .notFound(id: carlo.text, field: "client_id"))
    }
    #expect(
      practice.decide(changing(one, .detach, seen: 1)).refusal
        == .staleVersion(id: one.text, seen: 1, current: 2))
    #expect(
      practice.decide(settingUp(id: one)).refusal
        == .idTaken(id: one.text, field: "payment_method_id"))
  }
}

/// Money that is paid out to therapists.
struct PayoutTests {
  private var practice = Practice()

  private func paying(_ cents: Int64, _ therapist: TherapistID = anna) -> Wanted {
    .recordPayout(
      PayoutWish(
        therapist: therapist, amount: euro(cents), method: "bank transfer", note: "October"))
  }

  @Test("as much as a therapist is owed can be paid out, and no more")  // P-10
  mutating func owed() throws {
    let zloty = Money(minorUnits: 90_000, currency: try #require(Currency("PLN")))
    practice.facts.earnings[anna] = [euro(5_000), zloty]
    let payout = Payout(
      id: Stamp(at: practice.now, seed: practice.seed).id(9), therapist: anna,
      amount: euro(5_000), method: "bank transfer", note: "October", at: practice.now)
    let decision = practice.decide(paying(5_000))
    #expect(
      decision.change?.events == [.payoutRecorded(payout)]
        && decision.change?.answer == .payout(payout))
    #expect(practice.decide(paying(5_001)).refusal == .payoutTooHigh(anna, owed: euro(5_000)))
    #expect(practice.decide(paying(1, bruno)).refusal == .payoutTooHigh(bruno, owed: euro(0)))
    practice.facts.earnings[anna] = [euro(-300)]
    #expect(practice.decide(paying(1)).refusal == .payoutTooHigh(anna, owed: euro(-300)))
  }

  @Test("to a therapist of the partner's, and more than nothing")  // P-10
  func faults() {
    #expect(
      practice.decide(paying(1, foreigner)).refusal
        == .notFound(id: foreigner.text, field: "therapist_id"))
    for cents: Int64 in [0, -1] {
      let expected = "expected more than 0, got \(cents)"
      #expect(
        practice.decide(paying(cents)).refusal
          == .invalid([FieldFault(field: "amount.minor_units", expected: expected)]))
    }
  }
}
