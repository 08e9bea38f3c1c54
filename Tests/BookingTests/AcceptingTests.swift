internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct AcceptingTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  /// With a request that waits.
  private func practice(
    by asker: BookingWish.Attendee = .registered(carlo), plan: PaymentPlan = .onSite
  ) -> Practice {
    var practice = Practice.takingRequests(plan: plan)
    practice.perform(asking(start, asker: asker, note: "please", id: id))
    practice.wait(1)
    return practice
  }

  @Test("of a known client it becomes a normal appointment, and the client is told")  // B-5
  func known() throws {
    let practice = practice()
    let request = try #require(practice.facts.appointments[id])
    let decision = practice.decide(accepting(id), by: .therapist(anna))
    let expected = Appointment(
      id: id, therapist: anna, client: carlo, service: individual, location: office,
      room: blueRoom, span: request.span, zoneName: request.zoneName, plan: .onSite,
      price: euro(7_000), bookedAt: request.bookedAt, state: .scheduled, paymentStatus: .due,
      version: 2, changedAt: practice.now, cancelReason: "",
      due: start.advanced(byMinutes: -1_440).instant, remindedUntil: practice.now,
      request: RequestDetails(registration: nil, note: "please"))
    let transition = Transition(
      appointment: id, version: 2, step: .accepted, from: .requested, to: .scheduled,
      at: practice.now, by: .therapist(anna))
    #expect(decision.answered == expected)
    #expect(decision.isNewClient == false)
    #expect(
      decision.change?.events == [
        .therapyBegun(practice.therapy(anna, carlo)),
        .appointmentChanged(expected, from: request, transition),
      ])
    #expect(
      decision.notices == [
        Notice(.requestAccepted, to: .client(carlo), about: .appointment(id))  // N-1
      ])
  }

  @Test("whoever matches nobody becomes a client in the same change")  // B-5
  func none() throws {
    let who = person(born: "1990-02-01")
    var practice = practice(by: .new(registering(who)))
    let decision = practice.perform(accepting(id), by: .therapist(anna))
    let accepted = try #require(decision.answered)
    let client = try #require(accepted.client)
    #expect(decision.isNewClient == true)
    #expect(
      practice.facts.clients[client]
        == Client(
          id: client, person: who, terms: Practice.consent, dataProcessing: Practice.consent,
          version: 1, registeredAt: practice.now))
    #expect(practice.facts.therapies[CarePair(anna, client)]?.begunAt == practice.now)
    #expect(!practice.facts.index.busy(of: client).isEmpty)
    #expect(
      decision.notices == [
        Notice(.requestAccepted, to: .client(client), about: .appointment(id))
      ])
  }

  @Test("whoever matches one client is that client, whose time is taken from then on")  // B-5
  func one() throws {
    var practice = practice(by: .new(registering(Practice.person)))
    #expect(practice.facts.index.busy(of: carlo).isEmpty)
    let decision = practice.perform(accepting(id))
    #expect(decision.answered?.client == carlo)
    #expect(decision.isNewClient == false)
    #expect(practice.facts.clients.count == 1)
    #expect(!practice.facts.index.busy(of: carlo).isEmpty)
  }

  @Test("whoever matches several has to be named, or made")  // B-5
  func several() throws {
    var practice = practice(by: .new(registering(Practice.person)))
    practice.enrol(daria, Practice.person)
    #expect(practice.decide(accepting(id)).refusal == .severalMatch(id, [carlo, daria]))
    let named = practice.decide(accepting(id, for: .named(daria)))
    #expect(named.answered?.client == daria)
    #expect(named.isNewClient == false)
    let made = practice.decide(accepting(id, for: .new))
    #expect(made.isNewClient == true)
    #expect(![carlo, daria].contains(made.answered?.client))
  }

  @Test("a client who is named need not match, but must exist")  // B-5
  func named() {
    var practice = practice(by: .new(registering(Practice.person)))
    practice.enrol(daria, person())
    #expect(practice.decide(accepting(id, for: .named(daria))).answered?.client == daria)
    let nobody = ClientID(rawValue: 99)
    #expect(
      practice.decide(accepting(id, for: .named(nobody))).refusal
        == .notFound(id: nobody.text, field: "client_id"))
  }

  @Test("where a client asked, it is theirs: no other can be named, nor made")  // B-5
  func notAnothers() {
    var practice = practice()
    practice.enrol(daria, person())
    #expect(practice.decide(accepting(id, for: .named(carlo))).answered?.client == carlo)
    for (claimant, field) in [
      (AcceptWish.Claimant.named(daria), "client_id"), (.new, "as_new_client"),
    ] {
      guard case .invalid(let faults) = practice.decide(accepting(id, for: claimant)).refusal
      else {
        Issue.record("\(claimant) was accepted")
        continue
      }
      #expect(faults.map(\.field) == [field])
    }
  }

  @Test("a client who is taken at that time is named with what takes them, and what is free")
  // B-5, S-4, A-7
  func clientTaken() throws {
    var practice = practice(by: .new(registering(Practice.person)))
    let other = appointmentID(2)
    practice.perform(
      booking(inRome("2026-11-24T10:30"), therapist: bruno, service: couple, id: other))
    let decision = practice.decide(accepting(id))
    guard case .unbookable(let found, overridden: [], let alternatives) = decision.refusal else {
      Issue.record("\(decision)")
      return
    }
    #expect(
      found == [
        .clientBusy([
          Collision(
            appointment: other, span: span(inRome("2026-11-24T10:30"), minutes: 60),
            resource: .client(carlo))
        ])
      ])
    #expect(
      alternatives == [
        inRome("2026-11-24T09:00"), inRome("2026-11-24T09:30"), inRome("2026-11-24T11:30"),
      ])
    // Somebody new is not taken.
    #expect(practice.decide(accepting(id, for: .new)).isNewClient == true)
    // Touching is no collision.
    practice.perform(cancelling(other))
    practice.perform(booking(inRome("2026-11-24T11:00"), therapist: bruno, service: couple))
    #expect(practice.decide(accepting(id)).answered?.client == carlo)
  }

  @Test("what the rules say of the time is no question any more: notice, hours, an offer that went")
  // B-5, S-13
  func takenAlready() throws {
    var practice = practice(by: .new(registering(Practice.person)))
    practice.perform(
      .putDirectory(
        Practice.importing([.schedule(Schedule(therapist: anna, windows: [], version: 1))])))
    practice.facts.services[individual]?.locations = [video]
    var settings = AppointmentSettings()
    settings.clientBooking = .instant
    practice.facts.services[individual]?.policy = Policy(
      minimumNoticeMinutes: 1_440, appointments: settings)!
    practice.now = start.instant.advanced(byMs: -1)
    #expect(practice.decide(accepting(id)).answered?.state == .scheduled)
  }

  @Test("what has to be paid first waits for it, until the start at most")  // B-6, P-4
  func prepaid() throws {
    var practice = practice(plan: .prepaid)
    let decision = practice.decide(accepting(id))
    #expect(decision.answered?.state == .initiated)
    #expect(decision.answered?.paymentStatus == .due)
    let deadline = practice.now.advanced(byMs: 15 * 60_000)
    #expect(decision.answered?.paymentDeadline == deadline)
    #expect(decision.answered?.due == deadline)
    practice.now = start.instant.advanced(byMs: -60_000)
    #expect(practice.decide(accepting(id)).answered?.paymentDeadline == start.instant)
  }

  @Test("it can be answered until, but not at, its start: then it has lapsed")  // B-6
  func untilStart() {
    var practice = practice()
    practice.now = start.instant.advanced(byMs: -1)
    #expect(practice.decide(accepting(id)).answered != nil)
    practice.now = start.instant
    for wish in [accepting(id), declining(id), withdrawing(id)] {
      #expect(practice.decide(wish).refusal == .notRequested(id, .expired))
    }
  }

  @Test("what was answered, or was never a request, is refused with its state")
  func answeredAlready() throws {
    for (answer, state) in [
      (accepting(id), AppointmentState.scheduled), (declining(id), .declined),
      (withdrawing(id), .cancelledByClient),
    ] {
      var practice = practice()
      practice.perform(answer)
      for wish in [accepting(id), declining(id), withdrawing(id)] {
        #expect(practice.decide(wish).refusal == .notRequested(id, state))
      }
    }
    var practice = practice(plan: .prepaid)
    practice.perform(accepting(id))
    #expect(practice.decide(accepting(id)).refusal == .notRequested(id, .initiated))
    practice = Practice()
    practice.perform(booking(start, id: id))
    #expect(practice.decide(withdrawing(id)).refusal == .notRequested(id, .scheduled))
  }

  @Test("an answer to another version is refused")  // B-14
  func stale() {
    let practice = practice()
    for wish in [accepting(id, seen: 2), declining(id, seen: 2), withdrawing(id, seen: 2)] {
      #expect(practice.decide(wish).refusal == .staleVersion(id: id.text, seen: 2, current: 1))
    }
    for wish in [accepting(id, seen: 1), declining(id, seen: 1), withdrawing(id, seen: 1)] {
      #expect(practice.decide(wish).answered?.version == 2)
    }
  }

  @Test("to others a request is not there")  // B-5
  func others() {
    let practice = practice()
    let refusal = Refusal.notFound(id: id.text, field: "appointment_id")
    for wish in [accepting(id), declining(id), withdrawing(id), accepting(id, seen: 9)] {
      for actor in [
        Actor.therapist(bruno), .client(daria), .client(nil), .link(appointmentID(2)),
      ] {
        #expect(practice.decide(wish, by: actor).refusal == refusal)
      }
    }
    let unknown = appointmentID(7)
    #expect(
      practice.decide(accepting(unknown)).refusal
        == .notFound(id: unknown.text, field: "appointment_id"))
  }
}

struct DecliningTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func practice(
    by asker: BookingWish.Attendee = .registered(carlo), reasonInMessage: Bool? = nil
  ) -> Practice {
    var practice = Practice.takingRequests(reasonInMessage: reasonInMessage)
    practice.perform(asking(start, asker: asker, id: id))
    practice.wait(1)
    return practice
  }

  @Test("declining frees the slot at once, keeps the reason, and tells the client")  // B-6
  func declines() throws {
    var practice = practice()
    let request = try #require(practice.facts.appointments[id])
    let decision = practice.perform(declining(id, reason: "full"), by: .therapist(anna))
    let declined = try #require(decision.answered)
    #expect(declined.state == .declined)
    #expect(declined.cancelReason == "full")
    #expect(declined.due == nil)
    #expect(declined.paymentStatus == .none)
    #expect(
      decision.change?.events == [
        .appointmentChanged(
          declined, from: request,
          Transition(
            appointment: id, version: 2, step: .declined, from: .requested, to: .declined,
            at: practice.facts.appointments[id]!.changedAt, by: .therapist(anna), reason: "full"))
      ])
    #expect(practice.facts.index.therapist(anna)?.busy.isEmpty == true)
    #expect(practice.facts.index.busy(of: blueRoom).isEmpty)
    #expect(practice.facts.index.busy(of: carlo).isEmpty)
    #expect(practice.facts.therapies.isEmpty)
  }

  @Test("the reason goes into the message if the policy says so, and only then")  // B-6
  func reason() {
    for (setting, note) in [(nil, ""), (false, ""), (true, "full")] as [(Bool?, String)] {
      #expect(
        practice(reasonInMessage: setting).decide(declining(id, reason: "full")).notices == [
          Notice(.requestDeclined, to: .client(carlo), about: .appointment(id), note: note)
        ])
    }
  }

  @Test("who is not known is told by the request")  // B-6
  func unknown() {
    let decision = practice(by: .new(registering(person()))).decide(declining(id))
    #expect(
      decision.notices == [Notice(.requestDeclined, to: .requester(id), about: .appointment(id))])
  }

  @Test("quietly, nobody is told")  // B-6
  func quiet() {
    let decision = practice(reasonInMessage: true)
      .decide(declining(id, reason: "full", isQuiet: true))
    #expect(decision.answered?.state == .declined)
    #expect(decision.notices == [])
  }

  @Test("taken back it is cancelled by the client, also when staff do it for them")  // B-6
  func withdraws() throws {
    for actor in [Actor.client(carlo), desk] {
      var practice = practice()
      let decision = practice.perform(withdrawing(id, reason: "found another"), by: actor)
      let withdrawn = try #require(decision.answered)
      #expect(withdrawn.state == .cancelledByClient)
      #expect(withdrawn.cancelReason == "found another")
      #expect(withdrawn.due == nil)
      #expect(decision.transitions.map(\.step) == [.withdrawn])
      #expect(decision.transitions.map(\.by) == [actor])
      #expect(
        decision.notices == [
          Notice(.appointmentCancelled, to: .client(carlo), about: .appointment(id)),
          Notice(.appointmentCancelled, to: .therapist(anna), about: .appointment(id)),
        ])
      #expect(practice.facts.index.therapist(anna)?.busy.isEmpty == true)
    }
  }
}
