internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Every command on every state: what the table does not have is refused, and the refusal has the state.
struct AppointmentLifeTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func practice(_ state: AppointmentState) -> Practice {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    practice.put(id, state, .due)
    return practice
  }

  /// Where each command takes an appointment; nil where it is refused.
  private static let outcomes: [AppointmentState: [Deed: AppointmentState]] = [
    .requested: [.cancelByClient: .cancelledByClient, .time: .expired],
    .initiated: [
      .cancelByClient: .cancelledByClient, .cancelByTherapist: .cancelledByTherapist,
      .move: .initiated, .begin: .paymentProcessing, .pay: .scheduled, .time: .paymentCancelled,
    ],
    .paymentProcessing: [
      .cancelByClient: .cancelledByClient, .cancelByTherapist: .cancelledByTherapist,
      .move: .paymentProcessing, .pay: .scheduled, .time: .paymentCancelled,
    ],
    .scheduled: [
      .cancelByClient: .cancelledByClient, .cancelByTherapist: .cancelledByTherapist,
      .move: .scheduled, .pay: .scheduled, .time: .completed,
    ],
    .inProgress: [
      .cancelByClient: .cancelledByClient, .cancelByTherapist: .cancelledByTherapist,
      .complete: .completed, .attend: .inProgress, .pay: .inProgress, .time: .completed,
    ],
    .completed: [.attend: .completed, .pay: .completed, .time: .completed],
    .cancelledByClient: [.time: .cancelledByClient],
    .cancelledByTherapist: [.time: .cancelledByTherapist],
    .paymentCancelled: [.time: .paymentCancelled],
    .declined: [.time: .declined],
    .expired: [.time: .expired],
  ]

  enum Deed: CaseIterable {
    case cancelByClient, cancelByTherapist, move, complete, attend, begin, pay, time
  }

  private func command(_ deed: Deed) -> (wish: Wanted, actor: Actor) {
    switch deed {
    case .cancelByClient: (cancelling(id), .client(carlo))
    case .cancelByTherapist: (cancelling(id), .therapist(anna))
    case .move: (rescheduling(id, inRome("2026-11-25T10:00")), desk)
    case .complete: (completing(id), .therapist(anna))
    case .attend: (attending(id, .attended), .therapist(anna))
    case .begin: (beginning(id), .client(carlo))
    case .pay: (paying(id), desk)
    case .time: (.passTime(id), .time)
    }
  }

  /// What a refusal says of the state.
  private func state(in refusal: Refusal?) -> AppointmentState? {
    switch refusal {
    case .transition(id, from: let state, to: _), .notInState(id, let state, _): state
    default: nil
    }
  }

  @Test("every command, from every state, does what the table says or is refused with the state")
  func everyCommand() throws {
    #expect(Set(Self.outcomes.keys) == Set(AppointmentState.allCases))
    for from in AppointmentState.allCases {
      for deed in Deed.allCases {
        var practice = practice(from)
        // Time acts when all of it is over.
        if deed == .time { practice.now = start.advanced(byMinutes: 1_440).instant }
        let asked = command(deed)
        let decision = practice.decide(asked.wish, by: asked.actor)
        guard let to = Self.outcomes[from]?[deed] else {
          #expect(state(in: decision.refusal) == from, "\(deed) from \(from)")
          continue
        }
        #expect(decision.appointment?.state == to, "\(deed) from \(from)")
        // Each step of it is one of the table's, or leaves the state alone.
        for step in decision.transitions where step.from != step.to {
          #expect(Transitions.allowed(from: step.from).contains(step.to), "\(step)")
        }
      }
    }
  }

  @Test("a request is withdrawn by its client, and no therapist cancels it")  // A-1 B-6
  func request() throws {
    let practice = practice(.requested)
    let withdrawn = practice.decide(cancelling(id, reason: "found another"), by: .client(carlo))
    #expect(withdrawn.transitions.map(\.step) == [.withdrawn])
    #expect(withdrawn.settlement?.reason == .notBinding)
    #expect(withdrawn.appointment?.cancelReason == "found another")
    for actor in [desk, .therapist(anna)] {
      #expect(
        practice.decide(cancelling(id), by: actor).refusal
          == .transition(id, from: .requested, to: .cancelledByTherapist))
    }
  }

  @Test("a session is in progress from five minutes before its start, and over at its end")
  func byItself() throws {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    let begins = start.advanced(byMinutes: -5).instant
    #expect(practice.pass(id, until: begins.advanced(byMs: -1)).transitions == [])
    let begun = practice.pass(id, until: begins)
    #expect(begun.transitions.map(\.step) == [.begun])
    #expect(begun.appointment?.state == .inProgress)
    let end = start.advanced(byMinutes: 50).instant
    #expect(practice.pass(id, until: end.advanced(byMs: -1)).transitions == [])
    let over = practice.pass(id, until: end)
    #expect(over.appointment?.state == .completed && over.appointment?.due == nil)
    #expect(over.appointment?.attendance == .unset)
    #expect(practice.pass(id, until: end).transitions == [])
  }

  @Test("so many minutes after its end as the policy says")
  func afterItsEnd() {
    var practice = Practice()
    practice.offer { $0.completeAfterMinutes = 30 }
    practice.perform(booking(start, id: id))
    let over = start.advanced(byMinutes: 80).instant
    #expect(practice.pass(id, until: over.advanced(byMs: -1)).appointment?.state == .inProgress)
    #expect(practice.pass(id, until: over).appointment?.state == .completed)
  }

  @Test("completed by hand it is completed once, says nothing of attendance and tells nobody")
  func byHand() throws {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    practice.pass(id, until: start.instant)
    #expect(practice.decide(completing(id, seen: 1)).refusal != nil)  // B-14
    let decision = practice.perform(completing(id, seen: 2), by: .therapist(anna))
    let completed = try #require(decision.appointment)
    #expect(completed.state == .completed && completed.version == 3 && completed.due == nil)
    #expect(completed.attendance == .unset && completed.paymentStatus == .due)
    #expect(decision.notices == [])
    #expect(decision.transitions.map(\.by) == [.therapist(anna)])
    #expect(practice.pass(id, until: start.advanced(byMinutes: 1_440).instant).transitions == [])
    #expect(
      practice.decide(completing(id), by: .therapist(bruno)).refusal
        == .notFound(id: id.text, field: "appointment_id"))
  }
}
