internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Money that is recorded by hand.
struct PaymentTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func practice(_ plan: PaymentPlan = .onSite, price: Int64 = 7_000) -> Practice {
    var practice = Practice()
    practice.offer(plan, price: price)
    practice.perform(booking(start, id: id))
    return practice
  }

  private func fault(_ field: String, _ expected: String) -> Refusal {
    .invalid([FieldFault(field: field, expected: expected)])
  }

  @Test("what is booked stands at once, or until it is paid, as its plan says")  // P-1 P-4
  func plans() {
    let onSite = practice().facts.appointments[id]
    #expect(onSite?.state == .scheduled && onSite?.paymentStatus == .due)
    let free = practice(.free, price: 0).facts.appointments[id]
    #expect(free?.state == .scheduled && free?.paymentStatus == PaymentStatus.none)
    let prepaid = practice(.prepaid)
    let one = prepaid.facts.appointments[id]
    #expect(one?.state == .initiated && one?.paymentStatus == .due)
    #expect(one?.paymentDeadline == prepaid.now.advanced(byMs: 15 * 60_000))
    let gift = practice(.prepaid, price: 0).facts.appointments[id]
    #expect(gift?.state == .scheduled && gift?.paymentStatus == PaymentStatus.none)
  }

  @Test("one to be paid first is confirmed once it is paid, and not before")  // P-4 N-1
  func confirmedOncePaid() throws {
    var practice = Practice()
    practice.offer(.prepaid)
    #expect(practice.perform(booking(start, id: id)).notices == [])
    let begun = practice.perform(beginning(id, seen: 1), by: .client(carlo))
    #expect(begun.appointment?.state == .paymentProcessing && begun.notices == [])
    #expect(begun.appointment?.paymentStatus == .processing)
    #expect(begun.transitions.map(\.step) == [.paymentBegun])
    // The deadline stays.
    let deadline = practice.now.advanced(byMs: 15 * 60_000)
    #expect(begun.appointment?.paymentDeadline == deadline && begun.appointment?.due == deadline)
    practice.wait(14)
    let paid = practice.perform(paying(id))
    let appointment = try #require(paid.appointment)
    #expect(appointment.state == .scheduled && appointment.paymentStatus == .paid)
    #expect(appointment.paid == 7_000 && appointment.paymentDeadline == nil)
    #expect(appointment.due == start.advanced(byMinutes: -1_440).instant)
    #expect(
      paid.notices == aboutBoth(.bookingConfirmed, id) + [
        Notice(.paid, to: .client(carlo), about: .appointment(id))
      ])
    practice.wait(60)
    #expect(practice.perform(.passTime(id), by: .time).transitions == [])
  }

  @Test("it can be paid without going to the page, too")  // P-4
  func withoutBeginning() {
    let decision = practice(.prepaid).decide(paying(id))
    #expect(decision.transitions.map(\.to) == [.scheduled])
  }

  @Test("not paid in time it is cancelled, both are told, and no payment is taken any more")
  func tooLate() {  // P-3 P-4
    for begins in [false, true] {
      var practice = practice(.prepaid)
      if begins { practice.perform(beginning(id)) }
      practice.wait(15)
      // At its deadline, whether or not anyone has written that down.
      #expect(
        practice.decide(paying(id)).refusal == .notInState(id, .paymentCancelled, .recordPayment))
      #expect(
        practice.decide(beginning(id)).refusal
          == .transition(id, from: .paymentCancelled, to: .paymentProcessing))
      let cancelled = practice.perform(.passTime(id), by: .time)
      #expect(cancelled.appointment?.state == .paymentCancelled)
      #expect(cancelled.appointment?.paymentStatus == PaymentStatus.none)
      #expect(cancelled.notices == aboutBoth(.paymentCancelled, id))
      #expect(practice.decide(booking(start)).booked != nil)
      #expect(
        practice.decide(paying(id)).refusal == .notInState(id, .paymentCancelled, .recordPayment))
    }
  }

  @Test("what was paid in part of one that was not paid in time stays paid until it is given back")
  func partOfTooLate() {  // P-4 P-6
    var practice = practice(.prepaid)
    practice.perform(paying(id, euro(3_000)))
    #expect(practice.facts.appointments[id]?.state == .initiated)
    #expect(practice.facts.appointments[id]?.paymentStatus == .due)
    practice.wait(15)
    practice.perform(.passTime(id), by: .time)
    #expect(practice.facts.appointments[id]?.paymentStatus == .paid)
    let refunded = practice.perform(refunding(id))
    #expect(refunded.payment?.amount == euro(3_000))
    #expect(refunded.appointment?.paymentStatus == .refunded)
    #expect(practice.decide(refunding(id)).refusal == .nothingPaid(id))
  }

  @Test("a payment is written down with the appointment's step, under an id of its own")  // P-1
  func written() throws {
    var practice = practice()
    practice.wait(3)
    let booked = try #require(practice.facts.appointments[id])
    let decision = practice.decide(
      .recordPayment(
        MoneyWish(
          appointment: id, seenVersion: 1, amount: euro(7_000), method: "card", note: "terminal 2")
      ), by: .therapist(anna))
    let payment = Payment(
      id: Stamp(at: practice.now, seed: practice.seed).id(5), purpose: .appointment(id),
      direction: .payment, amount: euro(7_000), method: "card", note: "terminal 2",
      at: practice.now)
    let appointment = try #require(decision.appointment)
    let step = Transition(
      appointment: id, version: 2, step: .paymentRecorded, from: .scheduled, to: .scheduled,
      at: practice.now, by: .therapist(anna), reason: "terminal 2")
    let change = try #require(decision.change)
    #expect(
      change.events
        == [.moneyMoved(payment), .appointmentChanged(appointment, from: booked, step)])
    // N-1
    #expect(decision.notices == [Notice(.paid, to: .client(carlo), about: .appointment(id))])
    #expect(change.answer == .moneyMoved(payment, appointment))
    #expect(change.transfers.map(\.kind) == [.charge])  // P-9
    #expect(appointment.paymentStatus == .paid && appointment.due == booked.due)
  }

  @Test("in parts, it is due until the last of them; more than is due is refused")  // P-1
  func parts() {
    var practice = practice()
    let first = practice.perform(paying(id, euro(2_000)))
    #expect(first.appointment?.paymentStatus == .due && first.notices == [])
    #expect(
      practice.decide(paying(id, euro(5_001))).refusal
        == fault("amount.minor_units", "expected 1 to 5000, which is due, got 5001"))
    let last = practice.perform(paying(id))
    #expect(last.payment?.amount == euro(5_000) && last.appointment?.paid == 7_000)
    #expect(last.appointment?.paymentStatus == .paid && last.notices.map(\.kind) == [.paid])
    #expect(practice.decide(paying(id)).refusal == .nothingDue(id))
    #expect(self.practice(.free, price: 0).decide(paying(id)).refusal == .nothingDue(id))
  }

  @Test("another currency is refused")  // P-1
  func currency() throws {
    var practice = practice()
    let dollars = Money(minorUnits: 100, currency: try #require(Currency("USD")))
    let refusal = fault("amount.currency", "expected EUR, got USD")
    #expect(practice.decide(paying(id, dollars)).refusal == refusal)
    practice.perform(paying(id))
    #expect(practice.decide(refunding(id, dollars)).refusal == refusal)
  }

  @Test("a session on site is paid at any time while it is binding, and its fee after")  // P-1 A-6
  func whenever() throws {
    var practice = practice()
    for state in [AppointmentState.scheduled, .inProgress, .completed] {
      practice.put(id, state)
      #expect(practice.decide(paying(id), by: .therapist(anna)).appointment?.state == state)
    }
    practice = Practice()
    practice.offer {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 2_880, inTimePercent: 0, latePercent: 50, feeWhereUnpaid: true)
    }
    practice.perform(booking(start, id: id))
    practice.perform(cancelling(id), by: .client(carlo))
    let paid = practice.perform(paying(id))
    #expect(paid.payment?.amount == euro(3_500) && paid.appointment?.paymentStatus == .paid)
    #expect(paid.appointment?.state == .cancelledByClient)
    #expect(
      practice.decide(paying(id)).refusal == .notInState(id, .cancelledByClient, .recordPayment))
  }

  @Test("a therapist records only what is paid on site, of their own")  // P-1
  func therapists() {
    let prepaid = practice(.prepaid)
    for wish in [paying(id), refunding(id)] {
      #expect(
        prepaid.decide(wish, by: .therapist(anna)).refusal == .planNotTherapists(id, .prepaid))
      #expect(
        practice().decide(wish, by: .therapist(bruno)).refusal
          == .notFound(id: id.text, field: "appointment_id"))
    }
    #expect(practice().decide(paying(id), by: .therapist(anna)).payment != nil)
    #expect(
      prepaid.decide(beginning(id), by: .client(daria)).refusal
        == .notFound(id: id.text, field: "appointment_id"))
  }

  @Test("never more is given back than was paid, in as many parts as one likes")  // P-6
  func refunds() {
    var practice = practice()
    #expect(practice.decide(refunding(id)).refusal == .nothingPaid(id))
    practice.perform(paying(id))
    let part = practice.perform(refunding(id, euro(2_000)))
    #expect(part.payment?.direction == .refund && part.payment?.note == "goodwill")
    #expect(part.appointment?.paymentStatus == .partlyRefunded)
    #expect(part.transitions.map(\.step) == [.refundRecorded])
    #expect(
      part.notices == [Notice(.refunded, to: .client(carlo), about: .appointment(id))])  // N-1
    #expect(
      practice.decide(refunding(id, euro(5_001))).refusal
        == fault(
          "amount.minor_units",
          "expected 1 to 5000, which is what was paid and not given back, got 5001"))
    let rest = practice.perform(refunding(id))
    #expect(rest.payment?.amount == euro(5_000) && rest.appointment?.refunded == 7_000)
    #expect(rest.appointment?.paymentStatus == .refunded)
    #expect(practice.decide(refunding(id, euro(1))).refusal == .nothingPaid(id))
  }

  @Test("without an amount what the cancelling left is given back: all but the fee")  // A-6 P-6
  func afterCancelling() {
    var practice = Practice()
    practice.offer {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 2_880, inTimePercent: 0, latePercent: 30, feeWhereUnpaid: false)
    }
    practice.perform(booking(start, id: id))
    practice.perform(paying(id))
    practice.perform(cancelling(id), by: .client(carlo))
    let refund = practice.perform(refunding(id))
    #expect(refund.payment?.amount == euro(4_900))
    #expect(refund.appointment?.paymentStatus == .partlyRefunded)
    #expect(
      practice.decide(refunding(id)).refusal
        == fault("amount", "expected an amount: nothing is owed back"))
    // Out of goodwill the fee, too.
    #expect(
      practice.decide(refunding(id, euro(2_100))).appointment?.paymentStatus == .refunded)
  }

  @Test("recorded by mistake and given back, it can be paid again")  // P-6
  func again() {
    var practice = practice()
    practice.perform(paying(id))
    practice.perform(refunding(id))
    let part = practice.perform(paying(id, euro(3_000)))
    #expect(part.appointment?.paymentStatus == .partlyRefunded)
    let whole = practice.perform(paying(id))
    #expect(whole.payment?.amount == euro(4_000) && whole.appointment?.paymentStatus == .paid)
    #expect(whole.appointment?.paid == 14_000 && whole.appointment?.refunded == 7_000)
  }

  @Test("what was paid in part only and given back is still to be paid")  // P-6 B-7
  func refundOfPart() {
    var practice = practice()
    practice.perform(paying(id, euro(3_000)))
    for amount: Int64 in [1_000, 2_000] {
      let refund = practice.perform(refunding(id, euro(amount)))
      #expect(refund.appointment?.paymentStatus == .due)
    }
    let whole = practice.perform(paying(id))
    #expect(whole.payment?.amount == euro(7_000) && whole.appointment?.paymentStatus == .paid)
  }

  @Test("of two who saw the same version, the second records nothing")  // B-14
  func stale() {
    var practice = practice()
    practice.perform(paying(id, seen: 1))
    for wish in [paying(id, seen: 1), refunding(id, seen: 1), beginning(id, seen: 1)] {
      #expect(
        practice.decide(wish).refusal == .staleVersion(id: id.text, seen: 1, current: 2))
    }
  }
}
