internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What the books say of benefits, with every posting.
struct BookkeepingBenefitTests {
  private let one = session()

  @Test(
    "what is given is promised at the partner's cost; sessions that are given are worth nothing")
  func granted() {  // P-5 P-9
    #expect(
      books([.benefitMade(voucher())]) == [
        "BENEFIT_GRANTED ben 1 | DEFERRED_REVENUE carlo -10000 | PROMOTIONS partner 10000"
      ])
    #expect(books([.benefitMade(voucher(1, .granted, .sessions, value: 0, sessions: 5))]) == [])
  }

  @Test("what is bought is owed once it is paid, by hand or through a gateway")  // P-5 P-9
  func bought() {
    let sold = voucher(1, .bought)
    #expect(
      books([.benefitMade(sold), .moneyMoved(sold.moved(10_000))]) == [
        "BENEFIT_SOLD ben 1 | HAND partner 10000 | DEFERRED_REVENUE carlo -10000"
      ])
    let pending = voucher(1, .bought, state: .pending)
    let asked = newIntent(for: .benefit(pending.id), 10_000)
    #expect(books([.benefitMade(pending), .paymentIntentMade(asked)]) == [])
    #expect(
      books([
        .paymentIntentChanged(asked.changed(captured: 10_000, fee: 250), from: asked),
        .moneyMoved(pending.moved(10_000, from: .gateway(asked.id))),
        .benefitChanged(pending.changed(.active), from: pending),
      ]) == [
        "FEE ben 1 | GATEWAY sandbox -250 | FEES partner 250",
        "BENEFIT_SOLD ben 1 | GATEWAY sandbox 10000 | DEFERRED_REVENUE carlo -10000",
      ])
    // What it is worth beyond what was taken is given.
    #expect(
      books([
        .paymentIntentMade(asked), .moneyMoved(pending.moved(9_000, from: .gateway(asked.id))),
        .benefitChanged(pending.changed(.active), from: pending),
      ]) == [
        "BENEFIT_SOLD ben 1 | GATEWAY sandbox 9000 | DEFERRED_REVENUE carlo -10000"
          + " | PROMOTIONS partner 1000"
      ])
    #expect(books([.benefitChanged(pending.changed(.canceled, left: 0), from: pending)]) == [])
  }

  @Test("paid too late, the money is the client's, and goes back")  // P-5 P-9
  func late() {
    let over = voucher(1, .bought, state: .canceled).changed(left: 0)
    let back = over.moved(-10_000, from: .gateway(intentID(1)), note: "late", .pending)
    var facts = Facts(index: AvailabilityIndex())
    facts.benefits[over.id] = over
    facts.benefitIntents[over.id] = [newIntent(for: .benefit(over.id), 10_000)]
    #expect(
      books(
        [.moneyMoved(over.moved(10_000, from: .gateway(intentID(1)))), .moneyMoved(back)],
        facts: facts) == [
          "BENEFIT_SOLD ben 1 | CLIENT carlo -10000 | GATEWAY sandbox 10000",
          "REFUND ben 1 (late) | CLIENT carlo 10000 | GATEWAY sandbox -10000",
        ])
    // What did not go back is something to pay with.
    #expect(
      books(
        [
          .moneyChanged(back.changed(.failed), from: back),
          .benefitChanged(over.changed(.active, left: 10_000), from: over),
        ], facts: facts) == [
          "REFUND_FAILED ben 1 (late) | GATEWAY sandbox 10000 | DEFERRED_REVENUE carlo -10000"
        ])
  }

  @Test("a value pays; what is not paid yet stays a claim")  // P-5 P-9
  func used() {
    let credit = voucher(value: 3_000)
    let use = one.moved(3_000, from: .benefit(credit.id))
    #expect(
      books([
        .moneyMoved(use), .benefitChanged(credit.changed(.usedUp, left: 0), from: credit),
        one.became(one.changed(paid: 3_000)),
      ]) == [])
    let held = one.changed(.completed)
    #expect(
      books([
        .moneyMoved(use), .benefitChanged(credit.changed(.usedUp, left: 0), from: credit),
        held.became(held.changed(paid: 3_000)),
      ]) == ["BENEFIT_USED apt 1 | CLIENT carlo -3000 | DEFERRED_REVENUE carlo 3000"])
  }

  @Test("a session pays the whole price, and what it was not sold for is the partner's cost")
  func usedSession() {  // P-5 P-9
    let five = voucher(1, .bought, .sessions, value: 30_000, sessions: 5)
    let left = five.changed(left: 24_000, sessionsLeft: 4)
    let paid = one.changed(paid: 7_000)
    // Booked and paid at once.
    #expect(
      books([
        paid.made, .moneyMoved(one.moved(7_000, from: .benefit(five.id), worth: 6_000)),
        .benefitChanged(left, from: five),
      ]) == [
        "BENEFIT_USED apt 1 | DEFERRED_REVENUE carlo -1000 | PROMOTIONS partner 1000"
      ])
    // Back as a whole, it is a session again.
    let cancelled = paid.changed(.cancelledByTherapist)
    #expect(
      books([
        paid.became(cancelled), .benefitChanged(five, from: left),
        .moneyMoved(
          one.moved(-7_000, from: .benefit(five.id), worth: 6_000, note: "cancelled")),
        cancelled.became(cancelled.changed(refunded: 7_000)),
      ]) == [
        "BENEFIT_RETURNED apt 1 (cancelled) | DEFERRED_REVENUE carlo 1000"
          + " | PROMOTIONS partner -1000"
      ])
    // A part comes back as a credit of its own.
    let late = paid.changed(.cancelledByClient, fee: 3_500)
    #expect(
      books([
        paid.became(late), .benefitMade(voucher(2, .returned, .credit, value: 3_500)),
        .moneyMoved(one.moved(-3_500, from: .benefit(five.id), note: "cancelled")),
        late.became(late.changed(refunded: 3_500)),
      ]) == ["PENALTY apt 1 | PENALTIES anna -3500 | DEFERRED_REVENUE carlo 3500"])
  }

  @Test("what is left lapses to the partner at its expiry, and lives again with what comes back")
  func expired() {  // P-5 P-9
    let left = voucher().changed(left: 4_000)
    #expect(
      books([.benefitChanged(left.changed(.expired, left: 0), from: left)]) == [
        "BENEFIT_EXPIRED ben 1 | PARTNER partner -4000 | DEFERRED_REVENUE carlo 4000"
      ])
    let kept = left.changed(.expired)
    #expect(
      books([.benefitChanged(kept, from: left)]) == [
        "BENEFIT_EXPIRED ben 1 | PARTNER partner -4000 | DEFERRED_REVENUE carlo 4000"
      ])
    #expect(
      books([.benefitChanged(left, from: kept)]) == [
        "RECOGNITION_REVERSED ben 1 | PARTNER partner 4000 | DEFERRED_REVENUE carlo -4000"
      ])
  }

  @Test("given back, it is worth so much less; what a bank takes of what was used is a claim")
  func givenBack() {  // P-5 P-6 P-9
    let sold = voucher(1, .bought).changed(left: 4_000)
    let taken = newIntent(for: .benefit(sold.id), 10_000).changed(captured: 10_000)
    #expect(
      books([
        .paymentIntentChanged(taken.changed(refunded: 3_000), from: taken),
        .moneyMoved(sold.moved(-3_000, from: .gateway(taken.id), note: "moved away", .pending)),
        .benefitChanged(sold.changed(left: 1_000), from: sold),
      ]) == [
        "REFUND ben 1 (moved away) | GATEWAY sandbox -3000 | DEFERRED_REVENUE carlo 3000"
      ])
    let open = taken.changed(disputed: 10_000, .open)
    #expect(
      books([
        .paymentIntentChanged(open.changed(refunded: 10_000, .lost), from: open),
        .moneyMoved(sold.moved(-10_000, from: .gateway(taken.id))),
        .benefitChanged(sold.changed(.canceled, left: 0), from: sold),
      ]) == [
        "DISPUTE_LOST ben 1 | CLIENT carlo 6000 | DEFERRED_REVENUE carlo 4000"
          + " | DISPUTES partner -10000"
      ])
  }
}
