internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct JoiningTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  private func session() throws -> Appointment {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    return try #require(practice.facts.appointments[id])
  }

  private func terms(
    _ mode: SessionMode = .online, beforeMinutes: Int32 = 10, hasVideo: Bool = true
  ) -> JoinTerms {
    JoinTerms(mode: mode, beforeMinutes: beforeMinutes, hasVideo: hasVideo)
  }

  @Test("joining opens so many minutes before the start, and not a moment sooner")
  func opening() throws {
    let session = try session()
    let (begins, ends) = (session.span.start.instant, session.span.end.instant)
    for minutes: Int32 in [0, 1, 10, 240] {
      let opens = begins.advanced(byMs: -60_000 * Int64(minutes))
      let terms = terms(beforeMinutes: minutes)
      #expect(
        session.joining(terms, at: opens.advanced(byMs: -1)) == .failure(.notOpen(until: opens)))
      #expect(
        session.joining(terms, at: opens) == .success(JoinWindow(opens: opens, closes: ends)))
    }
  }

  @Test("a session can be joined until, but not at, its end")
  func closing() throws {
    let session = try session()
    let ends = session.span.end.instant
    for mode in [SessionMode.online, .inPerson] {
      #expect(throws: Never.self) {
        try session.joining(terms(mode), at: ends.advanced(byMs: -1)).get()
      }
      #expect(session.joining(terms(mode), at: ends) == .failure(.closed(since: ends)))
    }
  }

  @Test("in person the way is told at any time before the end, with video or without")
  func address() throws {
    let session = try session()
    let begins = session.span.start.instant
    let window = JoinWindow(opens: begins, closes: session.span.end.instant)
    for now in [Instant(msSinceEpoch: 0), begins] {
      #expect(session.joining(terms(.inPerson, hasVideo: false), at: now) == .success(window))
    }
  }

  @Test("that no video is set up is told before the window opens, too")
  func noVideo() throws {
    let session = try session()
    for now in [Instant(msSinceEpoch: 0), session.span.start.instant] {
      #expect(session.joining(terms(hasVideo: false), at: now) == .failure(.noVideo))
    }
  }

  @Test(
    "what is not booked, or no more, is named with its state",
    arguments: AppointmentState.allCases)
  func states(_ state: AppointmentState) throws {
    let session = try session().being(state)
    let ends = session.span.end.instant
    for mode in [SessionMode.online, .inPerson] {
      let before = session.joining(terms(mode), at: session.span.start.instant)
      let after = session.joining(terms(mode), at: ends)
      switch state {
      case .scheduled, .inProgress:
        #expect(throws: Never.self) { try before.get() }
        #expect(after == .failure(.closed(since: ends)))
      case .completed:
        #expect(before == .failure(.state(.completed)))
        #expect(after == .failure(.closed(since: ends)))
      case .requested, .initiated, .paymentProcessing, .cancelledByClient, .cancelledByTherapist,
        .paymentCancelled, .declined, .expired:
        #expect(before == .failure(.state(state)))
        #expect(after == .failure(.state(state)))
      }
    }
  }
}

extension Appointment {
  fileprivate func being(_ state: AppointmentState) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, zoneName: zoneName, plan: plan, price: price, bookedAt: bookedAt,
      state: state, paymentStatus: paymentStatus, version: version, changedAt: changedAt,
      cancelReason: cancelReason)
  }
}
