internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What can cross on its way between a clock, a client, a gateway and its news.
struct PaymentRaceTests {
  private let start = inRome("2026-11-26T10:00")
  private let id = appointmentID(1)
  private var chargeTime: Instant { inRome("2026-11-25T10:00").instant }

  /// Charged: the gateway is being asked to take the money.
  private func charging(
    _ change: (inout AppointmentSettings) -> Void = { _ in }
  ) -> Practice {
    var practice = Practice()
    practice.offer(.captureBefore, price: 7_000, change)
    practice.saveCard(of: carlo)
    practice.perform(booking(start, id: id))
    practice.pass(id, until: chargeTime)
    practice.answer(id, .report(.prepared))
    return practice
  }

  /// Booked, and the client's card is being charged.
  private func paying() -> Practice {
    var practice = Practice()
    practice.offer(.prepaid)
    practice.perform(booking(start, id: id))
    practice.perform(beginning(id, .token("tok_ok"), through: "sandbox"), by: .client(carlo))
    practice.answer(id, .report(.prepared))
    return practice
  }

  private func appointment(_ practice: Practice) throws -> Appointment {
    try #require(practice.facts.appointments[id])
  }

  private func refunds(_ practice: Practice) -> [Int64] {
    practice.books.payments.filter { $0.direction == .refund }.map(\.amount.minorUnits)
  }

  @Test("the charge succeeds while it is being given up: it stands, and is paid")  // P-3 P-8
  func successBeatsCancel() throws {
    var practice = charging()
    practice.answer(id, .unknown("timeout"))
    let deadline = try #require(appointment(practice).paymentDeadline)
    practice.pass(id, until: deadline)
    #expect(try appointment(practice).givingUpAt == deadline.advanced(byMs: 600_000))
    practice.answer(id, .report(.succeeded(7_000)))
    let paid = try appointment(practice)
    #expect(paid.state == .scheduled && paid.paymentStatus == .paid && paid.givingUpAt == nil)
    practice.pass(id, until: deadline.advanced(byMs: 600_000))
    #expect(try appointment(practice).state == .scheduled)
    #expect(refunds(practice) == [])
  }

  @Test("where the gateway does not answer, the slot is kept ten minutes more, and then is free")
  // P-3
  func tenMinutesMore() throws {
    var practice = charging()
    practice.answer(id, .unknown("timeout"))
    let deadline = try #require(appointment(practice).paymentDeadline)
    practice.pass(id, until: deadline)
    practice.answer(id, .unknown("timeout"))
    #expect(practice.intents(of: id).last?.errand?.kind == .cancel)
    practice.pass(id, until: deadline.advanced(byMs: 599_999))
    #expect(try appointment(practice).state == .scheduled)
    #expect(practice.decide(booking(start, id: appointmentID(2))).refusal != nil)
    practice.pass(id, until: deadline.advanced(byMs: 600_000))
    #expect(try appointment(practice).state == .paymentCancelled)
    #expect(practice.perform(booking(start, id: appointmentID(2))).refusal == nil)
    // It goes on being asked, and what shows up later goes back in full.
    #expect(practice.intents(of: id).last?.errand?.kind == .cancel)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(refunds(practice) == [7_000])
    let gone = try appointment(practice)
    #expect(gone.state == .paymentCancelled && gone.paymentStatus == .refunded)
  }

  @Test("a confirmation after the time to pay is refunded in full, never lost")  // P-4
  func confirmedTooLate() throws {
    var practice = paying()
    practice.answer(id, .unknown("timeout"))
    practice.wait(15)
    practice.pass(id, until: practice.now)
    practice.wait(10)
    practice.pass(id, until: practice.now)
    #expect(try appointment(practice).state == .paymentCancelled)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(refunds(practice) == [7_000])
    let refund = try #require(practice.books.payments.last)
    #expect(refund.state == .pending && refund.errand?.kind == .refund)
  }

  @Test("cancelled while the charge is in flight: what comes in goes back, but for the fee")
  // A-6 P-8
  func cancelledInFlight() throws {
    let half = CancellationTerms(
      noticeMinutes: 2_880, inTimePercent: 0, latePercent: 50, feeWhereUnpaid: true)
    var practice = charging { $0.cancellation = half }
    practice.perform(cancelling(id), by: .client(carlo))
    #expect(practice.intents(of: id).last?.errand?.kind == .cancel)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(refunds(practice) == [3_500])
    #expect(try appointment(practice).kept == 3_500)
  }

  @Test("cancelled while the charge is in flight: where it was stopped, the fee alone is charged")
  // A-6 P-8
  func stoppedInFlight() throws {
    let half = CancellationTerms(
      noticeMinutes: 2_880, inTimePercent: 0, latePercent: 50, feeWhereUnpaid: true)
    var practice = charging { $0.cancellation = half }
    practice.perform(cancelling(id), by: .client(carlo))
    practice.answer(id, .report(.canceled))
    practice.pass(id, until: practice.now)
    #expect(practice.intents(of: id).map(\.amount) == [euro(7_000), euro(3_500)])
    practice.pays(id)
    #expect(try appointment(practice).kept == 3_500)
    #expect(refunds(practice) == [])
  }

  @Test("two confirmations count once")  // P-8
  func confirmedTwice() throws {
    var practice = paying()
    let intent = try #require(practice.intents(of: id).last)
    let errand = try #require(intent.errand)
    let answer = Wanted.errandAnswered(
      ErrandAnswered(
        kind: errand.kind, number: errand.number,
        answer: .intent(intent.id, .report(.succeeded(7_000)))))
    practice.perform(answer, by: .gateway("sandbox"))
    let again = practice.perform(answer, by: .gateway("sandbox"))
    #expect(again.transitions == [])
    #expect(try appointment(practice).paid == 7_000)
    #expect(practice.books.payments.count == 1)
  }

  @Test("a second payment cannot begin while it is not known what came of the first")  // P-8
  func inFlight() throws {
    let practice = paying()
    let intent = try #require(practice.intents(of: id).last)
    #expect(
      practice.decide(beginning(id, .token("tok_other"), through: "sandbox")).refusal
        == .paymentInFlight(intent.id, .processing))
  }

  @Test("news before the call's own answer: the answer counts, and once")  // P-8
  func newsFirst() throws {
    var practice = paying()
    let intent = try #require(practice.intents(of: id).last)
    practice.hear("evt_1", .intentChanged(intent.id))
    #expect(practice.intents(of: id).last?.errand?.kind == .confirm)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(try appointment(practice).paid == 7_000)
  }

  @Test("after an answer that says nothing, news have it looked up at once; told twice, once")
  // P-8
  func newsAfterSilence() throws {
    var practice = paying()
    practice.answer(id, .unknown("timeout"))
    let intent = try #require(practice.intents(of: id).last)
    #expect(intent.errand?.kind == .look && intent.errand?.due != practice.now)
    practice.hear("evt_1", .intentChanged(intent.id))
    #expect(practice.intents(of: id).last?.errand?.due == practice.now)
    let version = practice.intents(of: id).last?.version
    practice.hear("evt_1", .intentChanged(intent.id))
    #expect(practice.intents(of: id).last?.version == version)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(try appointment(practice).state == .scheduled)
  }

  @Test("news that never come are not needed: a client's own payment is looked up")  // P-8
  func newsNever() throws {
    var practice = Practice()
    practice.offer(.prepaid)
    practice.perform(booking(start, id: id))
    practice.perform(beginning(id, through: "sandbox"), by: .client(carlo))
    practice.answer(id, .report(.prepared))
    #expect(practice.intents(of: id).last?.errand?.kind == .look)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(try appointment(practice).state == .scheduled)
  }

  @Test("what may have been taken is looked up, and asked for again only where it was not")  // P-8
  func lookedUp() throws {
    var practice = paying()
    practice.answer(id, .unknown("500"))
    #expect(practice.intents(of: id).last?.errand?.kind == .look)
    practice.answer(id, .unknown("500"))
    #expect(practice.intents(of: id).last?.errand?.kind == .look)
    practice.answer(id, .report(.prepared))
    let again = try #require(practice.intents(of: id).last)
    // The same attempt, under the same key.
    #expect(again.errand?.kind == .confirm && again.attempt == 1)
  }

  @Test(
    "a failure that may be an earlier attempt's does not end a later one: it is asked for again")
  // P-8
  func earlierFailure() throws {
    var practice = paying()
    practice.answer(id, .report(.declined))
    practice.perform(beginning(id, .token("tok_other"), through: "sandbox"), by: .client(carlo))
    practice.answer(id, .unknown("timeout"))
    practice.answer(id, .report(.declined))
    let again = try #require(practice.intents(of: id).last)
    #expect(again.errand?.kind == .confirm && again.attempt == 2)
    practice.answer(id, .report(.succeeded(7_000)))
    #expect(try appointment(practice).state == .scheduled)
  }

  @Test("a gateway that forgets has taken nothing; if it remembers, the money counts or goes back")
  // P-8
  func forgets() throws {
    var practice = paying()
    practice.answer(id, .unknown("timeout"))
    practice.answer(id, .notFound)
    #expect(practice.intents(of: id).last?.state == .canceled)
    #expect(try appointment(practice).paymentStatus == .failed)
    // Paid by another intent meanwhile.
    practice.perform(beginning(id, .token("tok_ok"), through: "sandbox"), by: .client(carlo))
    practice.pays(id)
    #expect(try appointment(practice).state == .scheduled)
    let first = try #require(practice.intents(of: id).first)
    practice.hear("evt_1", .intentChanged(first.id))
    let look = try #require(practice.intents(of: id).first?.errand)
    practice.perform(
      .errandAnswered(
        ErrandAnswered(
          kind: .look, number: look.number, answer: .intent(first.id, .report(.succeeded(7_000))))),
      by: .gateway("sandbox"))
    #expect(refunds(practice) == [7_000])
    #expect(try appointment(practice).kept == 7_000)
    #expect(try appointment(practice).paymentStatus == .paid)
  }

  @Test("a refund that fails is owed still, is told, and is not tried again by itself")  // P-6
  func refundFails() throws {
    var practice = paying()
    practice.answer(id, .report(.succeeded(7_000)))
    practice.perform(cancelling(id))
    #expect(refunds(practice) == [7_000])
    practice.answerRefund(id, .report(RefundReport(reference: "re_1", state: .pending)))
    #expect(try appointment(practice).paymentStatus == .refunded)
    let failed = practice.answerRefund(
      id, .report(RefundReport(reference: "re_1", state: .failed, failure: "lost_or_stolen_card")))
    #expect(failed.notices == [Notice(.refundFailed, to: .client(carlo), about: .appointment(id))])
    let owed = try appointment(practice)
    #expect(owed.refunded == 0 && owed.kept == 7_000 && owed.paymentStatus == .paid)
    #expect(practice.books.payments.last?.errand == nil)
    practice.perform(
      .refund(RefundWish(purpose: .appointment(id), seenVersion: nil, amount: nil, reason: "again"))
    )
    #expect(refunds(practice) == [7_000, 7_000])
  }

  @Test("a refund that arrived and comes back days later is owed again")  // P-6
  func refundComesBack() throws {
    var practice = paying()
    practice.answer(id, .report(.succeeded(7_000)))
    practice.perform(cancelling(id))
    practice.answerRefund(id, .report(RefundReport(reference: "re_1", state: .succeeded)))
    let refund = try #require(practice.books.payments.last)
    #expect(refund.state == .succeeded && refund.errand == nil)
    practice.hear("evt_1", .refundChanged(refund.id))
    let told = practice.answerRefund(
      id, .report(RefundReport(reference: "re_1", state: .succeeded)))
    #expect(told.notices == [])
    practice.hear("evt_2", .refundChanged(refund.id))
    practice.answerRefund(
      id, .report(RefundReport(reference: "re_1", state: .failed, failure: "expired_card")))
    #expect(try appointment(practice).kept == 7_000)
    #expect(practice.books.payments.last?.errand == nil)
  }

  @Test("what only waits for a gateway to be cancelled cannot be moved")  // P-3 B-10
  func notMovable() throws {
    var practice = charging()
    practice.answer(id, .unknown("timeout"))
    practice.pass(id, until: try #require(appointment(practice).paymentDeadline))
    #expect(
      practice.decide(
        .reschedule(
          RescheduleWish(
            appointment: id, seenVersion: nil, start: inRome("2026-11-27T10:00")))
      ).refusal == .notInState(id, .paymentCancelled, .reschedule))
  }

  @Test("two refunds together are never more than was paid")  // P-6
  func refundedTwice() throws {
    var practice = paying()
    practice.answer(id, .report(.succeeded(7_000)))
    func refund(_ amount: Int64?) -> Wanted {
      .refund(
        RefundWish(
          purpose: .appointment(id), seenVersion: nil, amount: amount.map(euro), reason: "goodwill")
      )
    }
    practice.perform(refund(4_000))
    #expect(
      practice.decide(refund(3_001)).refusal
        == .invalid([
          FieldFault(
            field: "amount.minor_units",
            expected: "expected 1 to 3000, which can be given back this way, got 3001")
        ]))
    practice.perform(refund(nil))
    #expect(practice.decide(refund(nil)).refusal == .nothingPaid(id))
    #expect(refunds(practice) == [4_000, 3_000])
  }

  @Test("a dispute that is lost opens the claim again; what is told late changes nothing")  // P-6
  func disputed() throws {
    var practice = paying()
    practice.answer(id, .report(.succeeded(7_000)))
    let intent = try #require(practice.intents(of: id).last)
    practice.hear("evt_1", .disputed(intent.id, .open, amount: 7_000))
    #expect(try appointment(practice).paymentStatus == .disputed)
    // What the bank holds cannot be given back besides.
    #expect(
      practice.decide(
        .refund(
          RefundWish(
            purpose: .appointment(id), seenVersion: nil, amount: nil, reason: "goodwill"))
      ).refusal == .nothingPaid(id))
    practice.hear("evt_2", .disputed(intent.id, .lost, amount: 7_000))
    let lost = try appointment(practice)
    #expect(lost.kept == 0 && lost.paymentStatus == .due && lost.payable == 7_000)
    practice.hear("evt_3", .disputed(intent.id, .open, amount: 7_000))
    #expect(try appointment(practice) == lost)
  }
}
