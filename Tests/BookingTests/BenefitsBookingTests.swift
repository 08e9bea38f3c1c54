internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Benefits that pay for sessions as they are booked.
struct BenefitsBookingTests {
  private let start = inRome("2026-11-26T10:00")
  private let id = appointmentID(1)

  private func practice(_ plan: PaymentPlan) -> Practice {
    var practice = Practice()
    practice.offer(plan)
    return practice
  }

  @Test("where it is wished for they pay as it is booked, and what moved comes after it")  // P-5
  func wished() throws {
    var practice = practice(.onSite)
    practice.give(1, .voucher, 3_000)
    practice.give(2, .credit, 9_000)
    #expect(practice.decide(booking(start, id: id)).moves == [])
    let decision = practice.perform(bookingByBenefits(start, id: id), by: .client(carlo))
    let booked = try #require(decision.booked)
    #expect(booked.paid == 7_000 && booked.paymentStatus == .paid && booked.version == 1)
    #expect(decision.uses.map(\.amount) == [3_000, 4_000])
    #expect(Set(decision.moves.map(\.id)).count == 2)
    let events = try #require(decision.change?.events)
    let place = try #require(
      events.firstIndex { if case .appointmentBooked = $0 { true } else { false } })
    let moved = try #require(
      events.firstIndex { if case .moneyMoved = $0 { true } else { false } })
    #expect(place < moved)
    #expect(practice.left(2) == 5_000)
  }

  @Test("one to be paid first stands at once where they pay all of it, and waits for the rest else")
  func prepaid() {  // P-4 P-5
    var practice = practice(.prepaid)
    practice.give(1, .voucher, 3_000)
    let part = practice.decide(bookingByBenefits(start, id: id))
    #expect(part.booked?.state == .initiated && part.booked?.paymentStatus == .due)
    #expect(part.booked?.paid == 3_000 && part.notices == [])
    practice.give(2, .voucher, 4_000)
    let whole = practice.decide(bookingByBenefits(start, id: id))
    #expect(whole.booked?.state == .scheduled && whole.booked?.paymentStatus == .paid)
    #expect(whole.booked?.paymentDeadline == nil)
    #expect(whole.booked?.due == start.advanced(byMinutes: -1_440).instant)
    #expect(whole.notices == aboutBoth(.bookingConfirmed, id))  // N-1
  }

  @Test("a client who has enough needs no payment method for what is charged before")  // P-2 P-5
  func captureBefore() {
    var practice = practice(.captureBefore)
    practice.give(1, .credit, 6_999)
    #expect(
      practice.decide(bookingByBenefits(start), by: .client(carlo)).refusal
        == .paymentMethodRequired(individual))
    practice.give(2, .credit, 1)
    let booked = practice.decide(bookingByBenefits(start), by: .client(carlo)).booked
    #expect(booked?.paymentStatus == .paid && booked?.chargeAt == nil)
  }

  @Test("having none is no obstacle, but where only a session of a package pays")  // P-1 P-5
  func none() {
    #expect(practice(.onSite).decide(bookingByBenefits(start)).booked?.paid == 0)
    var packages = practice(.package)
    let refusal = Refusal.benefitRequired(individual)
    #expect(packages.decide(booking(start)).refusal == refusal)
    packages.give(1, .credit, 90_000)
    packages.give(2, .voucher, 90_000)
    packages.give(3, .sessions, 0, sessions: 3, for: [firstTalk])
    #expect(packages.decide(bookingByBenefits(start)).refusal == refusal)
    #expect(
      packages.decide(booking(start, attendee: .new(Practice.registration()))).refusal == refusal)
  }

  @Test("a session of a package is paid by a session in any case, whoever books")  // P-1
  func package() {
    var practice = practice(.package)
    practice.give(1, .sessions, 20_000, sessions: 2)
    for (number, actor) in [Actor.client(carlo), .therapist(anna)].enumerated() {
      let decision = practice.perform(
        booking(start.advanced(byMinutes: Int32(number) * 60)), by: actor)
      #expect(decision.booked?.state == .scheduled && decision.booked?.paymentStatus == .paid)
      #expect(decision.moves.map(\.benefitValue) == [10_000])
    }
    #expect(practice.benefit(1)?.state == .usedUp)
    #expect(
      practice.decide(booking(inRome("2026-11-27T10:00"))).refusal == .benefitRequired(individual))
  }

  @Test("a therapist does not dispose of a client's benefits")  // P-5
  func therapists() {
    let fault = FieldFault(
      field: "use_benefits", expected: "expected false: only staff and the client use them")
    #expect(
      practice(.onSite).decide(bookingByBenefits(start), by: .therapist(anna)).refusal
        == .invalid([fault]))
  }

  @Test("a series of a package takes a session for each, or is not booked")  // P-1 B-8
  func series() throws {
    var practice = practice(.package)
    practice.give(1, .sessions, 100, sessions: 3)
    let four = try recurring("FREQ=WEEKLY;COUNT=4", from: "2026-11-24T10:00")
    #expect(practice.decide(four).refusal == .benefitRequired(individual))
    #expect(practice.decide(four, validateOnly: true).refusal == .benefitRequired(individual))
    let decision = practice.perform(
      try recurring("FREQ=WEEKLY;COUNT=3", from: "2026-11-24T10:00"))
    #expect(decision.moves.map(\.benefitValue) == [34, 33, 33])
    #expect(Set(decision.moves.map(\.id)).count == 3)
    let sessions = decision.outcome?.occurrences.compactMap(\.appointment) ?? []
    #expect(sessions.count == 3 && sessions.allSatisfy { $0.paymentStatus == .paid })
    #expect(practice.benefit(1)?.state == .usedUp && practice.benefit(1)?.version == 4)
  }

  @Test("a series that is cancelled gives all its sessions back")  // P-5 P-6 B-9
  func cancelledSeries() throws {
    var practice = practice(.package)
    practice.give(1, .sessions, 100, sessions: 3)
    let ids = try practice.book("FREQ=WEEKLY;COUNT=3", from: "2026-11-24T10:00")
    let first = try #require(ids.first)
    practice.perform(cancelling(first, .all))
    #expect(practice.left(1) == 100 && practice.benefit(1)?.sessionsLeft == 3)
    #expect(practice.benefit(1)?.state == .active)
    #expect(ids.allSatisfy { practice.session($0)?.refunded == 7_000 })
  }

  @Test("a request takes its session when it is accepted, and cannot be without")  // P-1 B-5
  func requests() {
    var practice = Practice.takingRequests(plan: .package)
    practice.perform(asking(start, id: id), by: .client(carlo))
    #expect(practice.session(id)?.state == .requested && practice.session(id)?.paid == 0)
    #expect(
      practice.decide(accepting(id), by: .therapist(anna)).refusal == .benefitRequired(individual))
    practice.give(1, .sessions, 0, sessions: 1)
    let accepted = practice.perform(accepting(id), by: .therapist(anna)).answered
    #expect(accepted?.state == .scheduled && accepted?.paymentStatus == .paid)
    #expect(practice.benefit(1)?.state == .usedUp)
  }

  @Test("what would be accepted by itself waits for the therapist where no session is left")
  func autoAccept() {  // P-1 B-4
    var practice = Practice.takingRequests(autoAccept: true, plan: .package)
    #expect(practice.decide(asking(start), by: .client(carlo)).answered?.state == .requested)
    practice.give(1, .sessions, 0, sessions: 1)
    #expect(practice.decide(asking(start), by: .client(carlo)).answered?.state == .scheduled)
  }
}
