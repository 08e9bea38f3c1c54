internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// A procedure is chosen on a session of a package that is posted by procedure.
struct ChoosingProcedureTests {
  /// With Anna's service of 90 euros besides, and Carlo's session tomorrow at ten.
  private func practice(
    _ package: PackageMembership? = member(isByProcedure: true),
    _ state: AppointmentState = .scheduled
  ) -> Practice {
    var practice = Practice()
    var long = Practice.service(longer, of: anna, kind: "long", minutes: 90)
    long.price = euro(9_000)
    practice.perform(.putDirectory(Practice.importing([.service(long, [])])))
    practice.facts.links[linkID()] = packageLink(nil, services: [individual, longer, couple])
    let one = session(plan: .onSite, price: 0, package: package).changed(state)
    practice.facts.appointments[one.id] = one
    practice.occupy(one.occupation)
    return practice
  }

  private let longer = ServiceID(rawValue: 54)
  private let id = appointmentID(1)

  private func choosing(_ procedure: ServiceID?, seen version: Int64? = nil) -> Wanted {
    .chooseProcedure(
      ProcedureWish(appointment: id, seenVersion: version, procedure: procedure))
  }

  @Test("chosen, it costs what that costs; another replaces it, and none takes it back")  // K-5
  func chosen() {
    var practice = practice()
    let first = practice.perform(choosing(individual))
    #expect(practice.session(id)?.price == euro(7_000))
    #expect(practice.session(id)?.package?.procedure == individual)
    #expect(practice.session(id)?.paymentStatus == .due)
    #expect(first.transitions.map(\.step) == [.procedureChosen])
    #expect(
      first.change?.transfers.map(\.line) == [
        "PROCEDURE_POSTED apt 1 | CLIENT carlo 7000 | DEFERRED_REVENUE carlo -7000"
      ])
    // Said again, it is nothing new.
    #expect(practice.perform(choosing(individual)).change?.events == [])
    let other = practice.perform(choosing(longer))
    #expect(practice.session(id)?.price == euro(9_000))
    #expect(
      other.change?.transfers.map(\.kind) == [.recognitionReversed, .procedurePosted])
    let none = practice.perform(choosing(nil))
    #expect(practice.session(id)?.price == euro(0))
    #expect(practice.session(id)?.paymentStatus == PaymentStatus.none)
    #expect(none.change?.transfers.map(\.kind) == [.recognitionReversed])
  }

  @Test("of the package's services, and of the session's therapist")  // K-5
  func which() {
    for procedure in [couple, firstTalk, ServiceID(rawValue: 99)] {
      #expect(
        practice().decide(choosing(procedure)).refusal
          == .notFound(id: procedure.text, field: "procedure_id"))
    }
    var practice = practice()
    var dear = Practice.service(longer, of: anna, kind: "long", minutes: 90)
    dear.price = Money(minorUnits: 9_000, currency: Currency("PLN")!)
    practice.perform(.putDirectory(Practice.importing([.service(dear, [])])))
    if case .invalid(let faults) = practice.decide(choosing(longer)).refusal {
      #expect(faults.map(\.field) == ["procedure_id"])
    } else {
      Issue.record("another currency is refused")
    }
  }

  @Test("only on a session of a package by procedure, while it stands or once it was held")  // K-5
  func whereItIsChosen() {
    #expect(practice(nil).decide(choosing(individual)).refusal == .noProcedure(id))
    #expect(practice(member()).decide(choosing(individual)).refusal == .noProcedure(id))
    for state in AppointmentState.allCases {
      let decision = practice(member(isByProcedure: true), state).decide(choosing(individual))
      switch state {
      case .scheduled, .inProgress, .completed: #expect(decision.change != nil)
      case .requested, .initiated, .paymentProcessing, .cancelledByClient, .cancelledByTherapist,
        .paymentCancelled, .declined, .expired:
        #expect(decision.refusal == .notInState(id, state, .chooseProcedure))
      }
    }
    #expect(
      practice().decide(choosing(individual, seen: 1)).refusal
        == .staleVersion(id: id.text, seen: 1, current: 2))
    #expect(
      practice().decide(choosing(individual), by: .therapist(bruno)).refusal
        == .notFound(id: id.text, field: "appointment_id"))
  }

  @Test("after it was held, it earns what was chosen, less the package's commission")  // K-5 P-10
  func held() {
    var practice = practice(
      member(isByProcedure: true, commission: .share(basisPoints: 2_000)), .inProgress)
    #expect(practice.perform(.complete(id, seenVersion: nil)).change?.transfers == [])
    let chosen = practice.perform(choosing(individual))
    #expect(practice.session(id)?.commission == 1_400)
    #expect(
      chosen.change?.transfers.map(\.line) == [
        "SESSION_RECOGNISED apt 1 | CLIENT carlo 7000 | THERAPIST anna -7000",
        "COMMISSION apt 1 | THERAPIST anna 1400 | PARTNER partner -1400",
      ])
    let other = practice.perform(choosing(longer))
    #expect(
      other.change?.transfers.map(\.kind) == [
        .recognitionReversed, .sessionRecognised, .commission,
      ])
  }

  @Test("what was paid beyond it goes back as it came; by hand it waits for a hand")  // K-5 P-6
  func paidBefore() {
    var practice = practice()
    practice.perform(choosing(longer))
    practice.perform(paying(id, euro(1_000)))
    practice.perform(beginning(id, .token("tok_1"), through: "sandbox"))
    #expect(
      practice.decide(choosing(individual)).refusal
        == .paymentInFlight(practice.intents(of: id)[0].id, .processing))
    practice.pays(id)
    #expect(practice.session(id)?.paymentStatus == .paid)
    practice.perform(choosing(individual))
    #expect(practice.books.payments.last?.amount == euro(2_000))
    #expect(practice.session(id)?.kept == 7_000)
    #expect(practice.session(id)?.paymentStatus == .paid)
    practice.perform(choosing(nil))
    #expect(practice.session(id)?.kept == 1_000)
  }

  @Test("an intent that is open asks for what is due by the new one, or for nothing")  // K-5 P-8
  func intentFollows() {
    var practice = practice()
    practice.perform(choosing(longer))
    practice.perform(beginning(id, through: "sandbox"))
    practice.answer(id, .report(.prepared))
    practice.perform(choosing(individual))
    #expect(practice.intents(of: id).last?.amount == euro(7_000))
    #expect(practice.intents(of: id).last?.errand?.kind == .prepare)
    practice.answer(id, .report(.prepared))
    practice.perform(choosing(nil))
    #expect(practice.intents(of: id).last?.errand?.kind == .cancel)
  }

  @Test("benefits that are no package's do not pay for its sessions")  // K-5 P-5
  func noBenefits() {
    var practice = practice()
    practice.perform(choosing(individual))
    practice.give(1, .credit, 50_000)
    practice.give(2, .sessions, 0, sessions: 5)
    #expect(practice.perform(using(id)).refusal == .noBenefit(id))
  }
}
