internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct CancellingTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func practiceWithSession() -> Practice {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    return practice
  }

  @Test(
    "a client's cancelling is the client's; a therapist's and the staff's is the therapist's",
    arguments: [
      (Actor.client(carlo), AppointmentState.cancelledByClient),
      (.therapist(anna), .cancelledByTherapist), (desk, .cancelledByTherapist),
    ])
  func byWhom(_ actor: Actor, _ state: AppointmentState) throws {
    var practice = practiceWithSession()
    practice.now = practice.now.advanced(byMs: 1_000)
    let booked = try #require(practice.facts.appointments[id])
    let decision = practice.decide(cancelling(id, reason: "ill"), by: actor)
    let change = try #require(decision.change)
    let expected = Appointment(
      id: id, therapist: anna, client: carlo, service: individual, location: office,
      room: blueRoom, span: booked.span, zoneName: booked.zoneName, plan: booked.plan,
      price: booked.price, bookedAt: booked.bookedAt, state: state, paymentStatus: .none,
      version: 2, changedAt: practice.now, cancelReason: "ill")
    let transition = Transition(
      appointment: id, version: 2, step: .cancelled, from: .scheduled, to: state,
      at: practice.now, by: actor, reason: "ill")
    #expect(decision.cancelled == expected)
    #expect(change.events == [.appointmentChanged(expected, from: booked, transition)])
    #expect(
      change.effects == [
        // N-1
        .message(Notice(.appointmentCancelled, to: .client(carlo), about: .appointment(id))),
        .message(Notice(.appointmentCancelled, to: .therapist(anna), about: .appointment(id))),
      ])
  }

  @Test("what is cancelled takes no time any more")
  func frees() throws {
    var practice = practiceWithSession()
    practice.perform(cancelling(id))
    let entry = try #require(practice.facts.index.therapist(anna))
    #expect(entry.busy.isEmpty)
    #expect(practice.facts.index.busy(of: blueRoom).isEmpty)
    #expect(practice.facts.index.busy(of: carlo).isEmpty)
  }

  @Test("a session can be cancelled until, but not at, its start")
  func untilStart() {
    var practice = practiceWithSession()
    practice.now = start.instant.advanced(byMs: -1)
    #expect(practice.decide(cancelling(id)).cancelled?.state == .cancelledByTherapist)
    for actor in [desk, .therapist(anna), .client(carlo)] {
      practice.now = start.instant
      #expect(practice.decide(cancelling(id), by: actor).refusal == .begun(id, at: start))
      practice.now = start.instant.advanced(byMs: 86_400_000)
      #expect(practice.decide(cancelling(id), by: actor).refusal == .begun(id, at: start))
    }
  }

  @Test("a cancelling that saw another version is refused; one that saw none is not")  // B-14
  func staleVersion() {
    let practice = practiceWithSession()
    for seen in [Int64(0), 2, .max] {
      #expect(
        practice.decide(cancelling(id, seen: seen)).refusal
          == .staleVersion(id: id.text, seen: seen, current: 1))
    }
    #expect(practice.decide(cancelling(id, seen: 1)).cancelled?.version == 2)
    #expect(practice.decide(cancelling(id, seen: nil)).cancelled?.version == 2)
  }

  @Test("of two who saw the same version, the second is told that it is stale")  // B-14
  func twoCallers() {
    var practice = practiceWithSession()
    practice.perform(cancelling(id, seen: 1), by: .client(carlo))
    #expect(
      practice.decide(cancelling(id, seen: 1), by: .therapist(anna)).refusal
        == .staleVersion(id: id.text, seen: 1, current: 2))
  }

  @Test("what is cancelled cannot be cancelled again; the refusal says by whom it was")
  func alreadyCancelled() {
    var practice = practiceWithSession()
    practice.perform(cancelling(id), by: .client(carlo))
    #expect(
      practice.decide(cancelling(id), by: desk).refusal
        == .transition(id, from: .cancelledByClient, to: .cancelledByTherapist))
    #expect(
      practice.decide(cancelling(id), by: .client(carlo)).refusal
        == .transition(id, from: .cancelledByClient, to: .cancelledByClient))
  }

  @Test("another's appointment is as little there as one that never was")
  func anothers() {
    let practice = practiceWithSession()
    let refusal = Refusal.notFound(id: id.text, field: "appointment_id")
    for actor in [Actor.client(daria), .client(nil), .therapist(bruno)] {
      #expect(practice.decide(cancelling(id), by: actor).refusal == refusal)
      // The version must not tell either.
      #expect(practice.decide(cancelling(id, seen: 9), by: actor).refusal == refusal)
    }
    let unknown = appointmentID(2)
    #expect(
      practice.decide(cancelling(unknown)).refusal
        == .notFound(id: unknown.text, field: "appointment_id"))
  }
}

struct TransitionTests {
  /// The table, said once more: from, then where it may go.
  private let table: [(AppointmentState?, Set<AppointmentState>)] = [
    (nil, [.requested, .initiated, .scheduled]),
    (.requested, [.initiated, .scheduled, .declined, .expired, .cancelledByClient]),
    (
      .initiated,
      [
        .paymentProcessing, .scheduled, .paymentCancelled, .cancelledByClient,
        .cancelledByTherapist,
      ]
    ),
    (
      .paymentProcessing,
      [.scheduled, .paymentCancelled, .cancelledByClient, .cancelledByTherapist]
    ),
    (
      .scheduled,
      [.inProgress, .paymentCancelled, .cancelledByClient, .cancelledByTherapist]
    ),
    (.inProgress, [.completed, .cancelledByClient, .cancelledByTherapist]),
    (.completed, []),
    (.cancelledByClient, []),
    (.cancelledByTherapist, []),
    (.paymentCancelled, []),
    (.declined, []),
    (.expired, []),
  ]

  @Test("the table allows just these steps, and knows every state")
  func wholeTable() {
    #expect(Set(table.map(\.0)) == Set(AppointmentState.allCases.map(Optional.some) + [nil]))
    for (from, allowed) in table {
      let found = Transitions.allowed(from: from)
      #expect(Set(found) == allowed)
      #expect(found.count == allowed.count)
    }
  }

  @Test("cancelling asks the table, from every state and for every actor")
  func cancellingAsksTheTable() {
    var practice = Practice()
    let booked = practice.perform(booking(inRome("2026-11-24T10:00"))).booked
    for state in AppointmentState.allCases {
      for (actor, target) in [
        (Actor.client(carlo), AppointmentState.cancelledByClient),
        (.therapist(anna), .cancelledByTherapist), (desk, .cancelledByTherapist),
      ] {
        guard let session = booked?.standing(at: state) else { continue }
        practice.facts.appointments[session.id] = session
        let decision = practice.decide(cancelling(session.id), by: actor)
        if Transitions.allowed(from: state).contains(target) {
          #expect(decision.cancelled?.state == target)
        } else {
          #expect(decision.refusal == .transition(session.id, from: state, to: target))
        }
      }
    }
  }

  @Test("what can still take place takes time, and so does what took place")
  func occupying() {
    for state in AppointmentState.allCases {
      let isOpen = !Transitions.allowed(from: state).isEmpty
      #expect(state.isActive == isOpen)
      #expect(state.occupies == (isOpen || state == .completed))
    }
  }
}

extension Appointment {
  /// The same in another state.
  fileprivate func standing(at state: AppointmentState) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, zoneName: zoneName, plan: plan, price: price, bookedAt: bookedAt,
      state: state, paymentStatus: paymentStatus, version: version, changedAt: changedAt,
      cancelReason: cancelReason)
  }
}
