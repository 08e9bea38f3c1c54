internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Where two ways to move money meet.
struct PaymentEdgeTests {
  private let start = inRome("2026-11-26T10:00")
  private let id = appointmentID(1)
  private var chargeTime: Instant { inRome("2026-11-25T10:00").instant }

  private func appointment(_ practice: Practice) throws -> Appointment {
    try #require(practice.facts.appointments[id])
  }

  @Test("what was given back by hand is not lost again by a dispute: never more than was paid")
  // P-6 P-9
  func disputeAfterRefundByHand() throws {
    var practice = Practice()
    practice.offer(.prepaid, price: 7_000)
    practice.perform(booking(start, id: id))
    practice.perform(beginning(id, .token("tok_ok"), through: "sandbox"), by: .client(carlo))
    practice.pays(id)
    let intent = try #require(practice.intents(of: id).last)
    practice.perform(
      .recordRefund(
        MoneyWish(
          appointment: id, seenVersion: nil, amount: euro(5_000), method: "cash", note: "sorry")))
    practice.hear("evt_1", .disputed(intent.id, .lost, amount: 7_000))
    let lost = try appointment(practice)
    #expect(lost.refunded <= lost.paid)
    #expect(lost.paid == 7_000 && lost.refunded == 7_000)
    #expect(practice.intents(of: id).last?.refunded == 7_000)
    #expect(practice.books.payments.last?.amount == euro(2_000))
    // The bank took all of it: what had been given back by hand is lost to the partner.
    #expect(try practice.books.balance(.gateway, of: "sandbox") == 0)
  }

  @Test(
    "a client's own attempt that fails at the time to charge leaves the saved card to be charged")
  // P-2 P-3
  func chargedAfterClientsAttempt() throws {
    var practice = Practice()
    practice.offer(.captureBefore, price: 7_000)
    practice.saveCard(of: carlo)
    practice.perform(booking(start, id: id))
    practice.pass(id, until: chargeTime.advanced(byMs: -1_000))
    practice.perform(beginning(id, .token("tok_bad"), through: "sandbox"), by: .client(carlo))
    practice.answer(id, .report(.prepared))
    practice.pass(id, until: chargeTime)
    practice.answer(
      id,
      .report(
        IntentReport(reference: "pi_1", state: .requiresPaymentMethod, failure: "card_declined")))
    #expect(try appointment(practice).chargeAt == chargeTime.advanced(byMs: 60_000))
    practice.pass(id, until: chargeTime.advanced(byMs: 60_000))
    let charged = try appointment(practice)
    #expect(charged.chargeAt == nil && charged.paymentStatus == .processing)
    let last = try #require(practice.intents(of: id).last)
    #expect(last.isOffSession && last.errand?.kind == .confirm)
  }
}
