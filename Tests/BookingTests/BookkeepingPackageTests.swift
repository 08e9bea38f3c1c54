internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What the books say of packages, with every posting.
struct BookkeepingPackageTests {
  private let sold = packageBenefit()
  private var facts: Facts {
    var facts = Facts(index: AvailabilityIndex())
    facts.benefits[sold.id] = sold
    return facts
  }

  @Test("by total value the sum is owed from linking on, and money for it pays that")  // K-5 P-9
  func soldByTotal() {
    #expect(
      books([.benefitMade(sold)]) == [
        "PACKAGE_SOLD pkl 1 | CLIENT carlo 20000 | DEFERRED_REVENUE carlo -20000"
      ])
    #expect(
      books([.moneyMoved(sold.moved(5_000))], facts: facts) == [
        "CHARGE pkl 1 | CLIENT carlo -5000 | HAND partner 5000"
      ])
    let asked = newIntent(for: .benefit(sold.id), 15_000)
    #expect(
      books(
        [
          .paymentIntentChanged(asked.changed(captured: 15_000, fee: 250), from: asked),
          .moneyMoved(sold.moved(15_000, from: .gateway(asked.id))),
        ], facts: facts) == [
          "FEE pkl 1 | GATEWAY sandbox -250 | FEES partner 250",
          "CHARGE pkl 1 | CLIENT carlo -15000 | GATEWAY sandbox 15000",
        ])
  }

  @Test("what goes back of a package's money, or is taken back, is owed again")  // P-6 P-9
  func goesBack() {
    let taken = newIntent(for: .benefit(sold.id), 20_000).changed(captured: 20_000)
    var facts = facts
    facts.benefitIntents[sold.id] = [taken]
    let back = sold.moved(-6_000, from: .gateway(taken.id), note: "goodwill", .pending)
    #expect(
      books([.moneyMoved(back)], facts: facts) == [
        "REFUND pkl 1 (goodwill) | CLIENT carlo 6000 | GATEWAY sandbox -6000"
      ])
    #expect(
      books([.moneyChanged(back.changed(.failed), from: back)], facts: facts) == [
        "REFUND_FAILED pkl 1 (goodwill) | CLIENT carlo -6000 | GATEWAY sandbox 6000"
      ])
    let held = taken.changed(disputed: 20_000, .open)
    #expect(
      books(
        [
          .paymentIntentChanged(held.changed(refunded: 20_000, .lost), from: held),
          .moneyMoved(sold.moved(-20_000, from: .gateway(taken.id), note: "dispute")),
        ], facts: facts) == [
          "DISPUTE_LOST pkl 1 (dispute) | CLIENT carlo 20000 | DISPUTES partner -20000"
        ])
  }

  @Test("a session by total value earns its share of the sum once it was held")  // K-5 P-9 P-10
  func heldByTotal() {
    let one = session(plan: .package, price: 5_000, package: member())
    let use = Event.moneyMoved(one.moved(5_000, from: .benefit(sold.id)))
    let booked = one.changed(paid: 5_000)
    // Deferred before, and deferred still.
    #expect(
      books([
        booked.made, use,
        .benefitChanged(sold.changed(left: 15_000, sessionsLeft: 3), from: sold),
      ]) == [])
    let held = booked.changed(.completed, .attended, commission: 500)
    #expect(
      books([booked.became(held)]) == [
        "SESSION_RECOGNISED apt 1 | THERAPIST anna -5000 | DEFERRED_REVENUE carlo 5000",
        "COMMISSION apt 1 | THERAPIST anna 500 | PARTNER partner -500",
      ])
    let released = held.changed(refunded: 5_000, commission: 0, package: member(.released))
    let left = sold.changed(left: 15_000, sessionsLeft: 3)
    #expect(
      books([
        .benefitChanged(sold, from: left),
        .moneyMoved(one.moved(-5_000, from: .benefit(sold.id), note: "less is owed")),
        held.became(released),
      ]) == [
        "BENEFIT_RETURNED apt 1 (less is owed) | CLIENT carlo 5000 | DEFERRED_REVENUE carlo -5000",
        "RECOGNITION_REVERSED apt 1 | CLIENT carlo -5000 | THERAPIST anna 4500"
          + " | PARTNER partner 500",
      ])
  }

  @Test("a package that is over: what is left lapses, or is not owed any more")  // K-7 P-9
  func over() {
    let left = sold.changed(left: 12_000, sessionsLeft: 2)
    #expect(
      books([.benefitChanged(left.changed(.expired, left: 0, sessionsLeft: 0), from: left)]) == [
        "BENEFIT_EXPIRED pkl 1 | PARTNER partner -12000 | DEFERRED_REVENUE carlo 12000"
      ])
    let deleted = left.changed(.canceled, sessionsLeft: 0)
    #expect(
      books([.benefitChanged(deleted, from: left)]) == [
        "PACKAGE_RETURNED pkl 1 | CLIENT carlo -12000 | DEFERRED_REVENUE carlo 12000"
      ])
    // What is released after that is not owed either.
    let one = session(plan: .package, price: 4_000, package: member()).changed(
      .completed, paid: 4_000)
    let released = one.changed(refunded: 4_000, package: member(.released))
    #expect(
      books([
        .benefitChanged(deleted.changed(left: 16_000), from: deleted),
        .moneyMoved(one.moved(-4_000, from: .benefit(sold.id))), one.became(released),
      ]) == [
        "PACKAGE_RETURNED pkl 1 | CLIENT carlo -4000 | DEFERRED_REVENUE carlo 4000",
        "BENEFIT_RETURNED apt 1 | CLIENT carlo 4000 | DEFERRED_REVENUE carlo -4000",
        "RECOGNITION_REVERSED apt 1 | CLIENT carlo -4000 | THERAPIST anna 4000",
      ])
  }

  @Test("by procedure nothing is posted until one is chosen; another reverses it and posts anew")
  func procedure() {  // K-5 P-9
    let one = session(plan: .onSite, price: 0, package: member(isByProcedure: true))
    #expect(books([one.made]) == [])
    let chosen = one.changed(
      price: 7_000, package: member(procedure: individual, isByProcedure: true))
    #expect(
      books([one.became(chosen)]) == [
        "PROCEDURE_POSTED apt 1 | CLIENT carlo 7000 | DEFERRED_REVENUE carlo -7000"
      ])
    let other = chosen.changed(
      price: 9_000, package: member(procedure: couple, isByProcedure: true))
    let reversed =
      "RECOGNITION_REVERSED apt 1 | CLIENT carlo -7000 | DEFERRED_REVENUE carlo 7000"
    #expect(
      books([chosen.became(other)]) == [
        reversed, "PROCEDURE_POSTED apt 1 | CLIENT carlo 9000 | DEFERRED_REVENUE carlo -9000",
      ])
    #expect(books([chosen.became(one)]) == [reversed])
    let released = chosen.changed(
      package: member(.released, procedure: individual, isByProcedure: true))
    #expect(books([chosen.became(released)]) == [reversed])
    #expect(books([chosen.became(chosen.changed(.cancelledByTherapist))]) == [reversed])
    #expect(
      books([chosen.became(chosen.changed(.completed, .attended, commission: 700))]) == [
        reversed, "SESSION_RECOGNISED apt 1 | CLIENT carlo 7000 | THERAPIST anna -7000",
        "COMMISSION apt 1 | THERAPIST anna 700 | PARTNER partner -700",
      ])
    #expect(
      books([chosen.became(chosen.changed(.completed, .noShow, fee: 3_500))]) == [
        reversed, "PENALTY apt 1 | CLIENT carlo 3500 | PENALTIES anna -3500",
      ])
  }

  @Test("paid by hand before it is held, what was posted is deferred and not owed")  // K-5 P-9
  func paidAhead() {
    let chosen = session(
      plan: .onSite, package: member(procedure: individual, isByProcedure: true))
    let paid = chosen.changed(paid: 7_000)
    #expect(
      books([.moneyMoved(chosen.moved(7_000)), chosen.became(paid)]) == [
        "CHARGE apt 1 | CLIENT carlo -7000 | HAND anna 7000"
      ])
  }
}
