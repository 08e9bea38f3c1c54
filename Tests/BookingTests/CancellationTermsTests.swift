internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What cancelling costs, and what comes after it.
struct CancellationTermsTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)
  /// A day's notice; 10 % in time, 50 % too late.
  private let terms = CancellationTerms(
    noticeMinutes: 1_440, inTimePercent: 10, latePercent: 50, feeWhereUnpaid: false)

  private func practice(
    _ terms: CancellationTerms, _ plan: PaymentPlan = .onSite, price: Int64 = 7_000,
    paid: Int64 = 0
  ) -> Practice {
    var practice = Practice()
    practice.offer(plan, price: price) { $0.cancellation = terms }
    practice.perform(booking(start, id: id))
    if paid > 0 { practice.perform(paying(id, euro(paid))) }
    return practice
  }

  private func terms(
    _ inTime: Int32, _ late: Int32, unpaid: Bool = false, notice: Int32 = 1_440
  ) -> CancellationTerms {
    CancellationTerms(
      noticeMinutes: notice, inTimePercent: inTime, latePercent: late, feeWhereUnpaid: unpaid)
  }

  @Test("with just the notice that is asked for it is in time, a moment later it is not")
  func edge() throws {
    var practice = practice(terms, paid: 7_000)
    practice.now = start.advanced(byMinutes: -1_440).instant
    let inTime = try #require(practice.decide(cancelling(id), by: .client(carlo)).settlement)
    #expect(inTime.reason == .inTime && inTime.fee == euro(700) && inTime.refund == euro(6_300))
    #expect(inTime.paid == euro(7_000) && inTime.outstanding == euro(0) && inTime.terms == terms)
    practice.now = practice.now.advanced(byMs: 1)
    let late = try #require(practice.decide(cancelling(id), by: .client(carlo)).settlement)
    #expect(late.reason == .late && late.fee == euro(3_500) && late.refund == euro(3_500))
  }

  @Test("without a notice it is in time until its start")
  func noNotice() {
    var practice = practice(terms(0, 100, notice: 0), paid: 7_000)
    practice.now = start.instant.advanced(byMs: -1)
    #expect(practice.decide(cancelling(id), by: .client(carlo)).settlement?.reason == .inTime)
  }

  @Test(
    "the fee is that share of the price, rounded half up, and with the refund all that was paid")
  func rounding() throws {
    for price: Int64 in [1, 3, 49, 50, 99, 101, 149, 150, 7_001, 9_999, 999_999_999_999_999] {
      for percent: Int32 in [0, 1, 33, 49, 50, 51, 99, 100] {
        let practice = practice(terms(percent, 0), price: price, paid: price)
        let settlement = try #require(
          practice.decide(cancelling(id), by: .client(carlo)).settlement)
        let fee = settlement.fee.minorUnits
        // Half up: twice the distance from the exact share is at most one unit, and a half goes up.
        let exact = Int128(price) * Int128(percent)
        let distance = Int128(fee) * 100 - exact
        #expect(-50 < distance && distance <= 50, "\(percent) % of \(price) is not \(fee)")
        #expect(settlement.refund.minorUnits == price - fee)
      }
    }
  }

  @Test("a therapist's and the staff's cancelling costs nothing, and all goes back")
  func byTherapist() {
    var practice = practice(terms, paid: 7_000)
    practice.now = start.advanced(byMinutes: -1).instant
    for actor in [desk, .therapist(anna)] {
      let decision = practice.decide(cancelling(id), by: actor)
      #expect(decision.settlement?.reason == .byTherapist && decision.settlement?.terms == nil)
      #expect(decision.settlement?.fee == euro(0) && decision.settlement?.refund == euro(7_000))
      #expect(decision.appointment?.paymentStatus == .paid)
    }
  }

  @Test("the holder of the signed link cancels as the client does")  // A-5 A-6
  func byLink() {
    var practice = practice(terms, paid: 7_000)
    practice.now = start.advanced(byMinutes: -1).instant
    let decision = practice.decide(cancelling(id), by: .link(id))
    #expect(decision.appointment?.state == .cancelledByClient)
    #expect(decision.settlement?.reason == .late && decision.settlement?.fee == euro(3_500))
    #expect(practice.decide(cancelling(id), by: .link(appointmentID(2))).refusal != nil)
  }

  @Test("what was not paid yet is claimed where the terms want a fee there, and only there")
  func unpaid() throws {
    var practice = practice(terms(10, 50, unpaid: true))
    practice.now = start.advanced(byMinutes: -60).instant
    let claimed = practice.perform(cancelling(id), by: .client(carlo))
    let settlement = try #require(claimed.settlement)
    #expect(settlement.fee == euro(3_500) && settlement.outstanding == euro(3_500))
    #expect(settlement.paid == euro(0) && settlement.refund == euro(0))
    #expect(claimed.appointment?.fee == 3_500 && claimed.appointment?.paymentStatus == .due)

    let forgiving = self.practice(terms)
    let free = try #require(forgiving.decide(cancelling(id), by: .client(carlo)).settlement)
    #expect(free.fee == euro(0) && free.outstanding == euro(0))
    #expect(
      forgiving.decide(cancelling(id), by: .client(carlo)).appointment?.paymentStatus
        == PaymentStatus.none)
  }

  @Test(
    "of what was paid in part, the fee is kept; more is claimed only where the terms want it",
    arguments: [
      // paid, claims, fee, refund, outstanding
      (5_000, false, 3_500, 1_500, 0), (2_000, false, 2_000, 0, 0), (2_000, true, 3_500, 0, 1_500),
    ] as [(Int64, Bool, Int64, Int64, Int64)])
  func partlyPaid(paid: Int64, claims: Bool, fee: Int64, refund: Int64, outstanding: Int64) throws {
    var practice = practice(terms(10, 50, unpaid: claims), paid: paid)
    practice.now = start.advanced(byMinutes: -60).instant
    let decision = practice.decide(cancelling(id), by: .client(carlo))
    let settlement = try #require(decision.settlement)
    #expect(settlement.paid == euro(paid) && settlement.fee == euro(fee))
    #expect(settlement.refund == euro(refund) && settlement.outstanding == euro(outstanding))
    #expect(decision.appointment?.paymentStatus == (outstanding > 0 ? .due : .paid))
  }

  @Test("what was given back before counts as not paid")  // A-6 P-6
  func partlyRefunded() throws {
    var practice = practice(terms, paid: 7_000)
    practice.perform(refunding(id, euro(1_000)))
    practice.now = start.advanced(byMinutes: -60).instant
    let decision = practice.decide(cancelling(id), by: .client(carlo))
    let settlement = try #require(decision.settlement)
    #expect(settlement.paid == euro(6_000) && settlement.fee == euro(3_500))
    #expect(settlement.refund == euro(2_500))
    #expect(decision.appointment?.paymentStatus == .partlyRefunded)
  }

  @Test("one that is still to be paid is not binding: no fee, and what was paid goes back")
  func notBinding() throws {
    var practice = practice(terms(100, 100, unpaid: true), .prepaid, paid: 2_000)
    for state in [AppointmentState.initiated, .paymentProcessing] {
      practice.put(id, state)
      let decision = practice.decide(cancelling(id), by: .client(carlo))
      let settlement = try #require(decision.settlement)
      #expect(settlement.reason == .notBinding && settlement.terms == nil)
      #expect(settlement.fee == euro(0) && settlement.refund == euro(2_000))
      #expect(decision.appointment?.paymentDeadline == nil && decision.appointment?.due == nil)
      #expect(decision.appointment?.paymentStatus == .paid)
    }
  }

  @Test("in progress it can be cancelled before its start, and not from then on")
  func inProgress() {
    var practice = practice(terms)
    practice.pass(id, until: start.advanced(byMinutes: -5).instant)
    #expect(practice.facts.appointments[id]?.state == .inProgress)
    practice.now = start.instant.advanced(byMs: -1)
    let decision = practice.decide(cancelling(id), by: .client(carlo))
    #expect(decision.settlement?.reason == .late)
    #expect(decision.appointment?.due == nil)
    practice.now = start.instant
    #expect(
      practice.decide(cancelling(id), by: .client(carlo)).refusal == .begun(id, at: start))
  }

  @Test("up to three near starts are offered instead, and not the one that was given up")
  func alternatives() throws {
    let practice = practice(terms)
    let decision = practice.decide(cancelling(id), by: .client(carlo))
    guard case .cancelled(let cancellation)? = decision.change?.answer else {
      Issue.record("it is cancelled")
      return
    }
    #expect(
      cancellation.alternatives
        == ["2026-11-24T09:00", "2026-11-24T09:30", "2026-11-24T10:30"].map(inRome))
    for alternative in cancellation.alternatives {
      var after = practice
      after.perform(cancelling(id))
      #expect(after.decide(booking(alternative), by: .client(carlo)).booked != nil)
    }
  }

  @Test("the client is told of a therapist's cancelling unless the therapist chooses otherwise")
  func quiet() {  // B-11 N-1
    let practice = practice(terms)
    #expect(practice.decide(cancelling(id)).notices == aboutBoth(.appointmentCancelled, id))
    let quiet = Wanted.cancel(
      CancelWish(appointment: id, seenVersion: nil, reason: "", isQuiet: true))
    #expect(
      practice.decide(quiet).notices
        == [Notice(.appointmentCancelled, to: .therapist(anna), about: .appointment(id))])
  }
}
