internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What the books say of an appointment's money, with every posting.
struct BookkeepingTests {
  private let one = session()

  @Test("a change without money is handed on as it is")  // P-9
  func nothing() {
    let onSite = session(plan: .onSite)
    #expect(books([onSite.made]) == [])
    #expect(books([onSite.became(onSite.changed(.inProgress))]) == [])
    let asked = session(client: nil)
    #expect(books([asked.became(asked.changed(.cancelledByClient))]) == [])
    #expect(books([one.became(one.changed(.completed, .noShow, fee: 0))]) == [])
    let free = session(plan: .free)
    #expect(books([free.became(free.changed(.completed, .attended))]) == [])
  }

  @Test(
    "paid ahead it is the client's until it is held; then it is the therapist's and the partner's")
  func ahead() {  // P-9 P-10
    let paid = one.changed(paid: 7_000)
    let old = newIntent()
    #expect(
      books([
        .paymentIntentChanged(old.changed(captured: 7_000, fee: 175), from: old),
        .moneyMoved(one.moved(7_000, from: .gateway(old.id))), one.became(paid),
      ]) == [
        "FEE apt 1 | GATEWAY sandbox -175 | FEES partner 175",
        "CHARGE apt 1 | GATEWAY sandbox 7000 | DEFERRED_REVENUE carlo -7000",
      ])
    #expect(
      books([paid.became(paid.changed(.completed, .attended, commission: 700))]) == [
        "SESSION_RECOGNISED apt 1 | THERAPIST anna -7000 | DEFERRED_REVENUE carlo 7000",
        "COMMISSION apt 1 | THERAPIST anna 700 | PARTNER partner -700",
      ])
  }

  @Test("held before it is paid, it is an open claim on the client, paid in parts")  // P-9
  func claim() {
    let held = one.changed(.completed)
    #expect(
      books([one.became(held)]) == [
        "SESSION_RECOGNISED apt 1 | CLIENT carlo 7000 | THERAPIST anna -7000"
      ])
    let part = held.changed(paid: 2_000)
    #expect(
      books([.moneyMoved(held.moved(2_000)), held.became(part)]) == [
        "CHARGE apt 1 | CLIENT carlo -2000 | HAND partner 2000"
      ])
    // More than is open is the client's.
    #expect(
      books([.moneyMoved(part.moved(6_000)), part.became(part.changed(paid: 8_000))]) == [
        "CHARGE apt 1 | CLIENT carlo -5000 | HAND partner 6000 | DEFERRED_REVENUE carlo -1000"
      ])
    // Partly paid before it is held.
    let begun = one.changed(paid: 2_000)
    #expect(
      books([begun.became(begun.changed(.completed))]) == [
        "SESSION_RECOGNISED apt 1 | CLIENT carlo 5000 | THERAPIST anna -7000"
          + " | DEFERRED_REVENUE carlo 2000"
      ])
  }

  @Test("on site the therapist takes the money, else the partner")  // P-1 P-9
  func hands() {
    for (plan, hand) in [
      (PaymentPlan.onSite, "anna"), (.prepaid, "partner"), (.captureBefore, "partner"),
    ] {
      let one = session(plan: plan)
      #expect(
        books([.moneyMoved(one.moved(7_000)), one.became(one.changed(paid: 7_000))]) == [
          "CHARGE apt 1 | HAND \(hand) 7000 | DEFERRED_REVENUE carlo -7000"
        ])
    }
  }

  @Test("what is given back says why, and counts from when it is asked for until it has failed")
  func refunds() {  // P-6 P-9
    let paid = one.changed(paid: 7_000)
    let back = one.moved(-3_000, from: .gateway(intentID(1)), note: "ill", .pending)
    let refunded = paid.changed(refunded: 3_000)
    var facts = Facts(index: AvailabilityIndex())
    facts.intents[one.id] = [newIntent(2, gateway: "other"), newIntent(1, gateway: "stripe")]
    #expect(
      books([.moneyMoved(back), paid.became(refunded)], facts: facts) == [
        "REFUND apt 1 (ill) | GATEWAY stripe -3000 | DEFERRED_REVENUE carlo 3000"
      ])
    #expect(books([.moneyChanged(back.changed(.succeeded), from: back)], facts: facts) == [])
    #expect(
      books(
        [
          .moneyChanged(back.changed(.failed), from: back),
          refunded.became(refunded.changed(refunded: 0)),
        ], facts: facts) == [
          "REFUND_FAILED apt 1 (ill) | GATEWAY stripe 3000 | DEFERRED_REVENUE carlo -3000"
        ])
    #expect(
      books([.moneyMoved(paid.moved(-7_000)), paid.became(paid.changed(refunded: 7_000))]) == [
        "REFUND apt 1 | HAND partner -7000 | DEFERRED_REVENUE carlo 7000"
      ])
  }

  @Test("cancelled, the fee is earned and the rest goes back, in the order of the events")
  func cancelling() {  // A-6 P-9
    let paid = one.changed(paid: 7_000)
    let cancelled = paid.changed(.cancelledByClient, fee: 2_100)
    #expect(
      books([
        paid.became(cancelled), .paymentIntentMade(newIntent()),
        .moneyMoved(paid.moved(-4_900, from: .gateway(intentID(1)), note: "cancelled", .pending)),
        cancelled.became(cancelled.changed(refunded: 4_900)),
      ]) == [
        "PENALTY apt 1 | PENALTIES anna -2100 | DEFERRED_REVENUE carlo 2100",
        "REFUND apt 1 (cancelled) | GATEWAY sandbox -4900 | DEFERRED_REVENUE carlo 4900",
      ])
    // Where nothing was paid, a claim.
    #expect(
      books([one.became(one.changed(.cancelledByClient, fee: 2_100))]) == [
        "PENALTY apt 1 | CLIENT carlo 2100 | PENALTIES anna -2100"
      ])
    // Not paid in time, nothing is earned.
    let part = one.changed(paid: 1_000)
    #expect(books([part.became(part.changed(.paymentCancelled))]) == [])
  }

  @Test("where attendance is corrected, what was earned is reversed before it is earned anew")
  func corrected() {  // A-4 P-9 P-10
    let paid = one.changed(paid: 7_000)
    let held = paid.changed(.completed, .attended, commission: 700)
    let missed = held.changed(.completed, .noShow, fee: 3_500, commission: 0)
    let there = [
      "RECOGNITION_REVERSED apt 1 | THERAPIST anna 6300 | PARTNER partner 700"
        + " | DEFERRED_REVENUE carlo -7000",
      "PENALTY apt 1 | PENALTIES anna -3500 | DEFERRED_REVENUE carlo 3500",
    ]
    let back = [
      "RECOGNITION_REVERSED apt 1 | PENALTIES anna 3500 | DEFERRED_REVENUE carlo -3500",
      "SESSION_RECOGNISED apt 1 | THERAPIST anna -7000 | DEFERRED_REVENUE carlo 7000",
      "COMMISSION apt 1 | THERAPIST anna 700 | PARTNER partner -700",
    ]
    #expect(books([held.became(missed)]) == there)
    #expect(books([missed.became(held)]) == back)
    #expect(books([held.became(missed), missed.became(held)]) == there + back)
    // What comes to the same is not touched.
    #expect(books([held.became(held.changed(nil, .custom("LATE")))]) == [])
  }

  @Test("a dispute holds the money back; won it returns, lost it is gone")  // P-9
  func disputes() {
    let paid = one.changed(paid: 7_000)
    let taken = newIntent().changed(captured: 7_000)
    let open = taken.changed(disputed: 7_000, .open)
    #expect(
      books([.paymentIntentChanged(open, from: taken)]) == [
        "DISPUTE_OPENED apt 1 | GATEWAY sandbox -7000 | DISPUTES partner 7000"
      ])
    #expect(
      books([.paymentIntentChanged(open.changed(.won), from: open)]) == [
        "DISPUTE_WON apt 1 | GATEWAY sandbox 7000 | DISPUTES partner -7000"
      ])
    let loss: [Event] = [
      .moneyMoved(paid.moved(-7_000, from: .gateway(taken.id), note: "bank")),
      paid.became(paid.changed(refunded: 7_000)),
    ]
    let lost = "DISPUTE_LOST apt 1 (bank) | DEFERRED_REVENUE carlo 7000 | DISPUTES partner -7000"
    #expect(
      books([.paymentIntentChanged(open.changed(refunded: 7_000, .lost), from: open)] + loss)
        == [lost])
    // News of its opening never came.
    let atOnce = taken.changed(refunded: 7_000, disputed: 7_000, .lost)
    #expect(
      books(loss + [.paymentIntentChanged(atOnce, from: taken)]) == [
        lost, "DISPUTE_OPENED apt 1 | GATEWAY sandbox -7000 | DISPUTES partner 7000",
      ])
    // More is lost than was held.
    let half = taken.changed(disputed: 4_000, .open)
    #expect(
      books([.paymentIntentChanged(half.changed(.lost), from: half)] + loss) == [
        "DISPUTE_OPENED apt 1 | GATEWAY sandbox -3000 | DISPUTES partner 3000", lost,
      ])
    // Another refund by the same intent is none of the dispute's.
    let asked = paid.moved(-1_000, from: .gateway(taken.id), .pending)
    #expect(
      books([
        .paymentIntentChanged(open.changed(refunded: 7_000, .lost), from: open),
        .moneyMoved(paid.moved(-6_000, from: .gateway(taken.id))), .moneyMoved(asked),
        paid.became(paid.changed(refunded: 7_000)),
      ]) == [
        "DISPUTE_OPENED apt 1 | GATEWAY sandbox 1000 | DISPUTES partner -1000",
        "DISPUTE_LOST apt 1 | DEFERRED_REVENUE carlo 6000 | DISPUTES partner -6000",
        "REFUND apt 1 | GATEWAY sandbox -1000 | DEFERRED_REVENUE carlo 1000",
      ])
  }

  @Test("a fee that the gateway gives back is posted the other way")  // P-9
  func fees() {
    let old = newIntent().changed(captured: 7_000, fee: 175)
    #expect(
      books([.paymentIntentChanged(old.changed(fee: 25), from: old)]) == [
        "FEE apt 1 | GATEWAY sandbox 150 | FEES partner -150"
      ])
  }

  @Test("several appointments of one change have their own books, in the order of events")
  func several() {  // P-9
    let two = session(2, plan: .onSite)
    let (first, second) = (one.changed(paid: 7_000), two.changed(paid: 500))
    #expect(
      books([
        .moneyMoved(two.moved(500)), first.became(first.changed(.completed)),
        two.became(second), second.became(second.changed(.cancelledByTherapist)),
      ]) == [
        "CHARGE apt 2 | HAND anna 500 | DEFERRED_REVENUE carlo -500",
        "SESSION_RECOGNISED apt 1 | THERAPIST anna -7000 | DEFERRED_REVENUE carlo 7000",
      ])
  }

  @Test("a payout is what a therapist is owed less")  // P-10
  func payouts() throws {
    let payout = Payout(
      id: PayoutID(rawValue: 1), therapist: anna, amount: euro(6_300), method: "transfer",
      note: "November", at: inRome("2026-11-30T08:00").instant)
    let transfer = try #require(booked([.payoutRecorded(payout)]).first)
    #expect(transfer.kind == .payout && transfer.subject == payout.id.text && transfer.note == "")
    #expect(transfer.line.hasSuffix("| THERAPIST anna 6300 | BANK partner -6300"))
  }

  @Test("what was not what moved is never written")  // P-9
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      _ = books([session().became(session().changed(paid: 1))])
    }
    await #expect(processExitsWith: .failure) {
      _ = books([.moneyMoved(session().moved(1))])
    }
    await #expect(processExitsWith: .failure) {
      _ = books([.benefitChanged(voucher().changed(left: 9_999), from: voucher())])
    }
  }
}
