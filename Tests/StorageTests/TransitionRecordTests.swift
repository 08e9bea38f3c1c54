internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// The history of appointments, and the rows that follow a move.
struct TransitionRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func steps(of appointment: Appointment) throws -> [Transition] {
    try store.read { try $0.transitions(of: appointment.id) }
  }

  @Test("every step is read back as it was written, in order, whoever took it")
  func readBack() throws {
    let booked = session(1, span(0, 50))
    try store.book([booked, session(2, span(100, 150))])
    var written: [Transition] = [
      Transition(
        appointment: booked.id, version: 1, step: .booked, from: nil, to: .scheduled, at: noon,
        by: desk)
    ]
    let actors: [Actor] = [
      .staff(name: ""), .therapist(anna), .client(carlo), .client(nil), .link(booked.id), .time,
    ]
    for (index, actor) in actors.enumerated() {
      let version = Int64(index) + 2
      let old = session(1, span(0, 50), version: version - 1)
      let new = session(1, span(0, 50), version: version)
      let step = Transition(
        appointment: booked.id, version: version, step: AppointmentStep.allCases[index],
        from: .scheduled, to: .scheduled, at: noon.advanced(byMs: version), by: actor,
        reason: "no. \(index)", overridden: index == 0 ? .all : [.inPast],
        movedFrom: index == 1 ? minute(-60) : nil)
      try store.apply([.appointmentChanged(new, from: old, step)], by: actor)
      written.append(step)
    }
    #expect(try steps(of: booked) == written)
    #expect(try steps(of: session(2, span(100, 150))).count == 1)
    #expect(try steps(of: session(3, span(200, 250))) == [])
  }

  @Test("what is written of a step can be read as nothing else")
  func corrupt() throws {
    try store.book([session(1, span(0, 50))])
    for column in ["step", "to_state", "actor_role", "overridden"] {
      try scratch.tamper("UPDATE appointment_transitions SET \(column) = 'NONSENSE'")
      #expect(throws: StoreError.self) { try steps(of: session(1, span(0, 50))) }
      try scratch.tamper(
        """
        UPDATE appointment_transitions
        SET step = 'BOOKED', to_state = 'SCHEDULED', actor_role = 'STAFF', overridden = ''
        """)
    }
    #expect(try steps(of: session(1, span(0, 50))).count == 1)
  }

  private func moving(_ old: Appointment, to span: Span) -> Event {
    let new = session(1, span, version: old.version + 1)
    return .appointmentChanged(
      new, from: old,
      Transition(
        appointment: old.id, version: new.version, step: .rescheduled, from: .scheduled,
        to: .scheduled, at: noon, by: desk, movedFrom: old.span.start))
  }

  @Test("it can move over its own old time, and not over another's")  // B-10
  func moves() throws {
    let first = session(1, span(0, 50))
    try store.book([first, session(2, span(100, 150))])
    try store.apply([moving(first, to: span(30, 80))])
    let moved = session(1, span(30, 80), version: 2)
    #expect(try store.read { try $0.appointment(first.id)?.appointment } == moved)
    #expect(throws: StoreError.self) { try store.apply([moving(moved, to: span(60, 110))]) }
    #expect(try store.read { try $0.appointment(first.id)?.appointment } == moved)
    #expect(try steps(of: first).map(\.step) == [.booked, .rescheduled])
    #expect(try steps(of: first).last?.movedFrom == minute(0))
  }
}
