internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Paying what is due for an appointment by the client's benefits.
struct BenefitsUsingTests {
  private let start = inRome("2026-11-26T10:00")
  private let id = appointmentID(1)

  private func practice(_ plan: PaymentPlan = .onSite, price: Int64 = 7_000) -> Practice {
    var practice = Practice()
    practice.offer(plan, price: price)
    practice.perform(booking(start, id: id))
    return practice
  }

  private func day(_ text: String) -> Instant { inRome("\(text)T12:00").instant }

  @Test("what expires first is used first, then the oldest; what never expires is last")  // P-5
  func order() {
    var practice = practice()
    practice.give(1, .credit, 1_000)
    practice.give(2, .voucher, 1_000, until: day("2026-12-20"))
    practice.wait(1)
    practice.give(3, .voucher, 1_000, until: day("2026-12-10"))
    practice.give(4, .credit, 1_000)
    practice.give(5, .voucher, 1_000, until: day("2026-12-20"))
    let decision = practice.perform(using(id))
    #expect(decision.uses.map(\.benefit) == [3, 2, 5, 1, 4])
    #expect(decision.uses.allSatisfy { $0.amount == 1_000 })
    guard case .benefitsUsed(let payments, let appointment) = decision.change?.answer else {
      Issue.record("expected benefits to be used")
      return
    }
    #expect(payments == decision.moves && appointment == practice.session(id))
    #expect(appointment.paid == 5_000 && appointment.paymentStatus == .due)
  }

  @Test("of two made in the same millisecond, the one with the lower id is the older")  // P-5
  func ties() {
    var practice = practice(price: 1_000)
    practice.give(2, .credit, 1_000)
    practice.give(1, .credit, 1_000)
    #expect(practice.perform(using(id)).uses.map(\.benefit) == [1])
  }

  @Test("until, but not at, its expiry a benefit pays, whether or not anyone has written that down")
  func expiry() {  // P-5
    var practice = practice()
    let expiry = day("2026-11-24")
    practice.give(1, .voucher, 1_000, until: expiry)
    practice.now = expiry.advanced(byMs: -1)
    #expect(practice.decide(using(id)).uses.map(\.benefit) == [1])
    practice.now = expiry
    #expect(practice.decide(using(id)).refusal == .noBenefit(id))
  }

  @Test("a benefit pays in its own currency, for its own services and its own client")  // P-5
  func fitting() {
    var practice = practice()
    practice.give(1, .credit, 1_000, in: "PLN")
    practice.give(2, .credit, 1_000, for: [firstTalk])
    practice.facts.clients[daria] = Practice.client(daria)
    practice.give(3, .credit, 1_000, to: daria)
    #expect(practice.decide(using(id)).refusal == .noBenefit(id))
    practice.give(4, .credit, 1_000, for: [firstTalk, individual])
    #expect(practice.perform(using(id)).uses.map(\.benefit) == [4])
  }

  @Test("they pay as far as they reach, and the rest is paid otherwise; never below zero")  // P-5
  func parts() throws {
    var practice = practice()
    practice.give(1, .voucher, 5_000)
    practice.give(2, .credit, 3_000)
    let first = practice.perform(using(id))
    #expect(first.uses.map(\.amount) == [5_000, 2_000])
    #expect(practice.benefit(1)?.state == .usedUp && practice.left(1) == 0)
    #expect(practice.benefit(2)?.state == .active && practice.left(2) == 1_000)
    #expect(practice.session(id)?.paymentStatus == .paid)
    #expect(first.notices == [Notice(.paid, to: .client(carlo), about: .appointment(id))])  // N-1
    #expect(first.transitions.map(\.step) == [.benefitsUsed])
    #expect(practice.decide(using(id)).refusal == .nothingDue(id))
    let other = appointmentID(2)
    practice.perform(booking(inRome("2026-11-27T10:00"), id: other))
    let second = practice.perform(using(other))
    #expect(second.uses.map(\.amount) == [1_000] && second.notices == [])
    #expect(practice.session(other)?.paymentStatus == .due)
    #expect(practice.decide(using(other)).refusal == .noBenefit(other))
    #expect(practice.perform(paying(other)).payment?.amount == euro(6_000))
    #expect(practice.session(other)?.paymentStatus == .paid)
  }

  @Test("a session pays the whole, whatever the price; the last one takes the rest of the value")
  func sessions() {  // P-5
    var practice = practice()
    practice.give(1, .sessions, 100, sessions: 3)
    var values: [Int64] = []
    for number: UInt128 in 1...3 {
      let id = appointmentID(number)
      practice.perform(booking(inRome("2026-11-2\(number + 5)T10:00"), id: id))
      let decision = practice.perform(using(id))
      #expect(decision.uses.map(\.amount) == [7_000])
      #expect(practice.session(id)?.paymentStatus == .paid)
      values += decision.moves.map(\.benefitValue)
    }
    #expect(values == [34, 33, 33])
    #expect(practice.benefit(1)?.state == .usedUp && practice.benefit(1)?.sessionsLeft == 0)
    practice.perform(booking(inRome("2026-11-30T10:00"), id: appointmentID(9)))
    #expect(practice.decide(using(appointmentID(9))).refusal == .noBenefit(appointmentID(9)))
  }

  @Test("a session that was given away takes no value, and pays the rest after a voucher")  // P-5
  func givenSessions() {
    var practice = practice()
    practice.give(1, .sessions, 0, sessions: 1)
    practice.give(2, .voucher, 1_000, until: day("2026-12-01"))
    let decision = practice.perform(using(id))
    #expect(decision.uses.map(\.benefit) == [2, 1])
    #expect(decision.uses.map(\.amount) == [1_000, 6_000])
    #expect(decision.moves.map(\.benefitValue) == [1_000, 0])
  }

  @Test("a fee for cancelling is paid by value, and never by a session")  // P-5 A-6
  func fees() {
    var practice = Practice()
    practice.offer {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 2_880, inTimePercent: 30, latePercent: 30, feeWhereUnpaid: true)
    }
    practice.perform(booking(start, id: id))
    practice.perform(cancelling(id), by: .client(carlo))
    practice.give(1, .sessions, 0, sessions: 5)
    #expect(practice.decide(using(id)).refusal == .noBenefit(id))
    practice.give(2, .credit, 7_000)
    #expect(practice.perform(using(id)).uses.map(\.amount) == [2_100])
    #expect(practice.session(id)?.paymentStatus == .paid)
  }

  @Test("paid whole, one to be paid first is confirmed; in part it waits for the rest")  // P-4 P-5
  func prepaid() {
    var practice = practice(.prepaid)
    practice.give(1, .voucher, 3_000)
    let part = practice.perform(using(id))
    #expect(practice.session(id)?.state == .initiated && part.notices == [])
    practice.give(2, .credit, 9_000)
    let whole = practice.perform(using(id))
    #expect(whole.uses.map(\.amount) == [4_000])
    #expect(practice.session(id)?.state == .scheduled)
    #expect(practice.session(id)?.paymentDeadline == nil)
    #expect(
      whole.notices == aboutBoth(.bookingConfirmed, id) + [
        Notice(.paid, to: .client(carlo), about: .appointment(id))
      ])
  }

  @Test("paid whole, nothing is charged by itself any more")  // P-2 P-5
  func nothingToCharge() {
    var practice = practice(.captureBefore)
    #expect(practice.session(id)?.chargeAt != nil)
    practice.give(1, .credit, 9_000)
    practice.perform(using(id))
    #expect(practice.session(id)?.chargeAt == nil && practice.session(id)?.state == .scheduled)
    #expect(practice.session(id)?.due == start.advanced(byMinutes: -1_440).instant)
  }

  @Test("while an attempt is under way nothing else pays")  // P-5 P-8
  func inFlight() throws {
    var practice = practice(.prepaid)
    practice.give(1, .credit, 9_000)
    practice.perform(beginning(id, .token("tok_ok"), through: "sandbox"))
    let intent = try #require(practice.books.intents.first)
    #expect(practice.decide(using(id)).refusal == .paymentInFlight(intent.id, .processing))
    practice.answer(id, .report(.prepared))
    practice.answer(id, .report(.declined))
    #expect(practice.decide(using(id)).uses.map(\.amount) == [7_000])
  }

  @Test("what a browser may still pay is told to the gateway anew: the rest, or nothing")  // P-5
  func lessToTake() throws {
    var practice = practice(.prepaid)
    practice.perform(beginning(id, through: "sandbox"))
    practice.answer(id, .report(.prepared))
    practice.give(1, .voucher, 3_000)
    practice.perform(using(id))
    let less = try #require(practice.books.intents.first)
    #expect(less.amount == euro(4_000) && less.errand?.kind == .prepare)
    #expect(less.errand?.number == less.version)
    practice.answer(id, .report(.prepared))
    practice.give(2, .credit, 9_000)
    practice.perform(using(id))
    #expect(practice.books.intents.first?.errand?.kind == .cancel)
    #expect(practice.session(id)?.state == .scheduled)
  }

  @Test("not after the time to pay, and not twice by who saw the same version")  // P-4 B-14
  func tooLate() {
    var practice = practice(.prepaid)
    practice.give(1, .voucher, 3_000)
    practice.give(2, .voucher, 3_000)
    #expect(
      practice.decide(using(id, seen: 2)).refusal
        == .staleVersion(id: id.text, seen: 2, current: 1))
    practice.wait(15)
    #expect(
      practice.decide(using(id)).refusal == .notInState(id, .paymentCancelled, .recordPayment))
    practice.perform(.passTime(id), by: .time)
    #expect(
      practice.decide(using(id)).refusal == .notInState(id, .paymentCancelled, .recordPayment))
  }

  @Test("staff and the client use them; therapists have nothing to do with them")  // P-5
  func actors() {
    var practice = practice()
    practice.give(1, .credit, 1_000)
    #expect(practice.decide(using(id), by: .client(carlo)).uses.count == 1)
    let unknown = Refusal.notFound(id: id.text, field: "appointment_id")
    for actor in [Actor.client(daria), .therapist(anna), .link(id), .client(nil)] {
      #expect(practice.decide(using(id), by: actor).refusal == unknown)
    }
  }
}
