internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// P-2, P-3: a saved card is charged a day before, and what comes of that.
struct ChargingTests {
  private let start = inRome("2026-11-26T10:00")
  private let id = appointmentID(1)
  private var chargeTime: Instant { inRome("2026-11-25T10:00").instant }

  private func practice(
    card: Bool = true, _ change: (inout AppointmentSettings) -> Void = { _ in }
  ) -> Practice {
    var practice = Practice()
    practice.offer(.captureBefore, price: 7_000, change)
    if card { practice.saveCard(of: carlo) }
    practice.perform(booking(start, id: id))
    return practice
  }

  @Test("it stands at once, and is charged 24 hours before the start, not a moment earlier")  // P-2
  func charged() throws {
    var practice = practice()
    let booked = try #require(practice.facts.appointments[id])
    #expect(booked.state == .scheduled && booked.paymentStatus == .due)
    #expect(booked.due == chargeTime && booked.chargeAt == chargeTime)
    #expect(practice.pass(id, until: chargeTime.advanced(byMs: -1)).transitions == [])
    practice.pass(id, until: chargeTime)
    let intent = try #require(practice.intents(of: id).last)
    #expect(intent.amount == euro(7_000) && intent.isOffSession && intent.errand?.kind == .prepare)
    #expect(practice.facts.appointments[id]?.paymentStatus == .processing)
    practice.pays(id)
    let paid = try #require(practice.facts.appointments[id])
    #expect(paid.paymentStatus == .paid && paid.paid == 7_000 && paid.state == .scheduled)
    #expect(paid.paymentDeadline == nil)
    #expect(paid.due == start.advanced(byMinutes: -180).instant)
    #expect(practice.books.payments.map(\.amount) == [euro(7_000)])
  }

  @Test("booked later than that, it is charged at once")  // P-2
  func chargedAtOnce() {
    var practice = Practice()
    practice.offer(.captureBefore)
    practice.saveCard(of: carlo)
    // A day and an hour ahead: it is charged in an hour.
    practice.perform(booking(inRome("2026-11-24T09:00"), id: id))
    #expect(practice.facts.appointments[id]?.due == inRome("2026-11-23T09:00").instant)
    practice.perform(booking(inRome("2026-11-23T11:00"), id: appointmentID(2)))
    #expect(practice.facts.appointments[appointmentID(2)]?.due == practice.now)
  }

  @Test("a client without a saved card cannot book it; staff can")  // P-2
  func cardRequired() {
    var practice = Practice()
    practice.offer(.captureBefore)
    #expect(
      practice.decide(booking(start, id: id), by: .client(carlo)).refusal
        == .paymentMethodRequired(individual))
    #expect(practice.perform(booking(start, id: id)).refusal == nil)
  }

  @Test("a charge that fails is told to both, and leaves four hours, but never beyond the start")
  // P-3
  func grace() throws {
    var practice = practice()
    practice.pass(id, until: chargeTime)
    practice.answer(id, .report(.prepared))
    practice.wait(1)
    let failed = practice.answer(id, .report(.declined))
    #expect(failed.notices == aboutBoth(.paymentFailed, id))
    let appointment = try #require(practice.facts.appointments[id])
    #expect(appointment.paymentStatus == .failed && appointment.state == .scheduled)
    let deadline = practice.now.advanced(byMs: 4 * 3_600_000)
    #expect(appointment.paymentDeadline == deadline && appointment.due == deadline)
  }

  @Test("four hours never go beyond the start")  // P-3
  func graceEndsAtStart() throws {
    var practice = Practice()
    practice.offer(.captureBefore)
    let soon = inRome("2026-11-23T10:00")
    practice.perform(booking(soon, id: id))
    // There is no card: that is a failure, too.
    let failed = practice.pass(id, until: practice.now)
    #expect(failed.notices == aboutBoth(.paymentFailed, id))
    #expect(practice.facts.appointments[id]?.paymentDeadline == soon.instant)
    let gone = practice.pass(id, until: soon.instant)
    #expect(practice.facts.appointments[id]?.state == .paymentCancelled)
    #expect(gone.notices == aboutBoth(.paymentCancelled, id))
  }

  @Test("within the four hours the client pays with another card, and it stands")  // P-3
  func paysNow() throws {
    var practice = practice()
    practice.pass(id, until: chargeTime)
    practice.answer(id, .report(.prepared))
    practice.answer(id, .report(.declined))
    practice.wait(200)
    practice.perform(beginning(id, .token("tok_other"), through: "sandbox"), by: .client(carlo))
    let intent = try #require(practice.intents(of: id).last)
    // The same intent, so that the gateway itself cannot take it twice.
    #expect(practice.intents(of: id).count == 1)
    #expect(intent.attempt == 2 && intent.errand?.kind == .confirm && !intent.isOffSession)
    practice.answer(id, .report(.succeeded(7_000)))
    let paid = try #require(practice.facts.appointments[id])
    #expect(paid.paymentStatus == .paid && paid.state == .scheduled && paid.paymentDeadline == nil)
  }

  @Test("not paid within four hours it is cancelled: the gateway is told first, the slot is free")
  // P-3
  func cancelled() throws {
    var practice = practice()
    practice.pass(id, until: chargeTime)
    practice.answer(id, .report(.prepared))
    practice.answer(id, .report(.declined))
    let deadline = try #require(practice.facts.appointments[id]?.paymentDeadline)
    practice.pass(id, until: deadline)
    #expect(practice.facts.appointments[id]?.state == .scheduled)
    #expect(practice.intents(of: id).last?.errand?.kind == .cancel)
    let answered = practice.answer(id, .report(.canceled))
    #expect(practice.facts.appointments[id]?.state == .paymentCancelled)
    #expect(answered.notices == aboutBoth(.paymentCancelled, id))
    #expect(practice.perform(booking(start, id: appointmentID(2))).refusal == nil)
  }

  @Test("one that the client has to confirm at their bank is told to both, and waits as long")
  // P-3
  func needsConfirmation() throws {
    var practice = practice()
    practice.pass(id, until: chargeTime)
    practice.answer(id, .report(.prepared))
    let told = practice.answer(id, .report(.requiresAction))
    #expect(told.notices == aboutBoth(.paymentFailed, id))
    #expect(practice.facts.appointments[id]?.paymentStatus == .requiresAction)
    let intent = try #require(practice.intents(of: id).last)
    practice.wait(30)
    practice.perform(.confirmPayment(intent.id), by: .client(carlo))
    #expect(practice.intents(of: id).last?.errand?.kind == .confirm)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(practice.facts.appointments[id]?.paymentStatus == .paid)
  }

  @Test("paid by hand before, nothing is charged")  // P-2
  func paidBefore() {
    var practice = practice()
    practice.perform(paying(id))
    #expect(practice.facts.appointments[id]?.due == start.advanced(byMinutes: -1_440).instant)
    practice.pass(id, until: chargeTime)
    #expect(practice.intents(of: id) == [])
  }

  @Test("moved, it is charged a day before its new start")  // P-2 B-10
  func moved() {
    var practice = practice()
    practice.perform(
      .reschedule(
        RescheduleWish(
          appointment: id, seenVersion: nil, start: inRome("2026-11-27T10:00"))))
    #expect(practice.facts.appointments[id]?.chargeAt == inRome("2026-11-26T10:00").instant)
  }

  @Test("a late cancellation charges the fee, and where that fails it stands as an open claim")
  //
  func fee() throws {
    let half = CancellationTerms(
      noticeMinutes: 2_880, inTimePercent: 0, latePercent: 50, feeWhereUnpaid: true)
    var practice = practice { $0.cancellation = half }
    practice.now = inRome("2026-11-25T09:00").instant
    practice.perform(cancelling(id), by: .client(carlo))
    #expect(practice.facts.appointments[id]?.state == .cancelledByClient)
    practice.pass(id, until: practice.now)
    #expect(practice.intents(of: id).last?.amount == euro(3_500))
    practice.answer(id, .report(.prepared))
    practice.answer(id, .report(.declined))
    let owed = try #require(practice.facts.appointments[id])
    #expect(owed.paymentStatus == .failed && owed.due == nil && owed.fee == 3_500)
    practice.perform(beginning(id, .token("tok_other"), through: "sandbox"))
    practice.answer(id, .report(.succeeded(3_500)))
    #expect(practice.facts.appointments[id]?.paymentStatus == .paid)
  }
}

/// what a session costs to which nobody came.
struct NoShowTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func held(_ percent: Int32) -> Practice {
    var practice = Practice()
    practice.offer(.prepaid, price: 7_005) {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 0, inTimePercent: 0, latePercent: 0, feeWhereUnpaid: false,
        noShowPercent: percent)
      $0.commission = .share(basisPoints: 1_000)
    }
    practice.perform(booking(start, id: id))
    practice.perform(beginning(id, .token("tok_ok"), through: "sandbox"))
    practice.pays(id)
    practice.pass(id, until: start.advanced(byMinutes: 60).instant)
    return practice
  }

  @Test("what was paid beyond the fee goes back, and is claimed again where they came after all")
  // A-6 P-10
  func corrected() throws {
    var practice = held(50)
    #expect(practice.facts.appointments[id]?.commission == 701)
    practice.perform(attending(id, .noShow))
    let missed = try #require(practice.facts.appointments[id])
    // Half of 70.05, rounded half up.
    #expect(missed.fee == 3_503 && missed.kept == 3_503 && missed.commission == 0)
    #expect(try practice.books.balance(.penalties, of: anna.text) == -3_503)
    #expect(try practice.books.balance(.therapist, of: anna.text) == 0)
    practice.perform(attending(id, .attended))
    let held = try #require(practice.facts.appointments[id])
    #expect(held.fee == 0 && held.payable == 3_502 && held.paymentStatus == .due)
    #expect(try practice.books.balance(.client, of: carlo.text) == 3_502)
    #expect(try practice.books.balance(.therapist, of: anna.text) == -6_304)
    #expect(try practice.books.balance(.partner, of: partner.text) == -701)
  }

  @Test("unless the policy says otherwise it costs the price, and nothing moves")
  func wholePrice() throws {
    var practice = held(100)
    practice.perform(attending(id, .noShow))
    let missed = try #require(practice.facts.appointments[id])
    #expect(missed.fee == 7_005 && missed.kept == 7_005 && missed.paymentStatus == .paid)
  }
}
