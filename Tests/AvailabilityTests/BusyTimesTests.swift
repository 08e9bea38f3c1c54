import Availability
import Intervals
import Testing

@Suite struct BusyTimesTests {
  private let ten = span("2026-11-24T10:00Z", "2026-11-24T11:00Z")
  private let buffered = Buffers(beforeMinutes: 10, afterMinutes: 20)
  private let deadline = utc("2026-11-24T09:00Z").instant

  private func session(
    _ number: UInt128, _ start: String, buffers: Buffers = .none, room: RoomID? = blueRoom,
    client: ClientID? = carlo
  ) -> Occupation {
    Occupation(
      occupant: .appointment(appointment(number)),
      span: Span(from: utc(start), lastingMinutes: 60)!, buffers: buffers, therapist: anna,
      room: room, client: client)
  }

  private func index() -> AvailabilityIndex {
    var index = AvailabilityIndex()
    index.adopt(therapist())
    return index
  }

  @Test("buffers keep sessions of the therapist apart, and are given back with them")  // S-7
  func buffers() {
    var index = index()
    let first = session(1, "2026-11-24T10:00Z", buffers: buffered)
    #expect(index.apply(.occupy(first)) == true)
    #expect(index.apply(.occupy(session(2, "2026-11-24T11:10Z"))) == false)
    #expect(index.apply(.occupy(session(2, "2026-11-24T08:00Z", buffers: buffered))) == true)
    // Its own buffer would reach into the first.
    #expect(
      index.apply(
        .occupy(
          session(
            3, "2026-11-24T11:20Z", buffers: Buffers(beforeMinutes: 21, afterMinutes: 0)))) == false
    )
    #expect(index.violations().isEmpty)
    #expect(index.therapist(anna)?.busy.guards.count == 2)
    // Rooms and clients know no buffers.
    #expect(index.busy(of: blueRoom).guards.isEmpty)
    #expect(index.busy(of: carlo).sessions.entries.map(\.span).last == ten)
    // With other buffers it is not the same.
    #expect(index.apply(.vacate(session(1, "2026-11-24T10:00Z"))) == true)
    #expect(index.apply(.vacate(first)) == false)
  }

  @Test("a hold takes and gives back all that it needs, and is renewed in place")  // S-10, S-12
  func holds() {
    var index = index()
    let hold = held(7, ten, until: deadline, buffers: buffered, room: blueRoom, client: carlo)
    #expect(index.apply(.hold(hold)) == true)
    #expect(index.therapist(anna)?.busy.held == [hold])
    #expect(index.busy(of: blueRoom).held.map(\.occupation.buffers) == [.none])
    let renewed = HeldTime(occupation: hold.occupation, expiresAt: deadline.advanced(byMs: 9))
    #expect(index.apply(.hold(renewed)) == true)
    #expect(index.therapist(anna)?.busy.held == [renewed])
    #expect(index.busy(of: carlo).held.map(\.expiresAt) == [renewed.expiresAt])
    #expect(index.violations().isEmpty)
    // The deadline that the caller knows may be an old one.
    #expect(index.apply(.release(hold)) == true)
    #expect(index.apply(.release(hold)) == false)
    #expect(index.therapist(anna)?.busy.isEmpty == true)
    #expect(index.busy(of: blueRoom).isEmpty)
    #expect(index.busy(of: carlo).isEmpty)
    #expect(index.violations().isEmpty)
  }

  @Test("no hold is taken over an appointment or its buffers, at any of what it needs")  // S-12
  func holdOverAppointment() {
    var index = index()
    #expect(index.apply(.occupy(session(1, "2026-11-24T10:00Z", buffers: buffered))) == true)
    #expect(index.apply(.hold(held(7, ten, until: deadline))) == false)
    let after = span("2026-11-24T11:10Z", "2026-11-24T12:00Z")
    #expect(index.apply(.hold(held(7, after, until: deadline))) == false)
    index.adopt(therapist(TherapistID(rawValue: 32)))
    let elsewhere = held(
      7, ten, until: deadline, therapist: TherapistID(rawValue: 32), room: blueRoom)
    #expect(index.apply(.hold(elsewhere)) == false)
    #expect(index.therapist(TherapistID(rawValue: 32))?.busy.isEmpty == true)
  }

  @Test("a hold that is not released is in no appointment's way: it may have lapsed")  // S-12
  func appointmentOverHold() {
    var index = index()
    let hold = held(7, ten, until: deadline)
    #expect(index.apply(.hold(hold)) == true)
    #expect(index.apply(.occupy(session(1, "2026-11-24T10:00Z"))) == true)
    #expect(index.apply(.release(hold)) == true)
    #expect(index.violations().isEmpty)
  }

  @Test("only appointments can be occupied and vacated, only holds released")
  func kinds() {
    var index = index()
    let hold = held(7, ten, until: deadline)
    #expect(index.apply(.occupy(hold.occupation)) == false)
    let appointment = session(7, "2026-11-24T10:00Z", room: nil, client: nil)
    #expect(index.apply(.occupy(appointment)) == true)
    #expect(
      index.apply(.release(HeldTime(occupation: appointment, expiresAt: deadline))) == false)
    #expect(index.violations().isEmpty)
  }

  @Test("violations name buffers that hold a session of another, or not their own")
  func violations() {
    func found(_ guards: [(UInt128, Span)]) -> [String] {
      var index = AvailabilityIndex()
      let sessions = tree([(1, ten), (2, span("2026-11-24T11:00Z", "2026-11-24T12:00Z"))])
      var entry = therapist()
      entry.busy = BusyTimes(sessions: sessions, guards: tree(guards))
      index.adopt(entry)
      return index.violations()
    }
    #expect(found([(1, span("2026-11-24T09:50Z", "2026-11-24T11:00Z"))]).isEmpty)
    let over = found([(1, span("2026-11-24T09:50Z", "2026-11-24T11:01Z"))])
    #expect(over.count == 1)
    #expect(over.first?.contains(appointment(2).text) == true)
    #expect(found([(1, span("2026-11-24T10:10Z", "2026-11-24T11:00Z"))]).count == 1)
    #expect(found([(3, span("2026-11-24T08:10Z", "2026-11-24T09:00Z"))]).count == 1)
  }

  @Test("a room is taken while a session goes on or is to come, be it only held")
  func taken() {
    let session = BusyTimes(sessions: tree([(1, ten)]))
    let end = ten.end.instant
    #expect(session.isTaken(after: end.advanced(byMs: -1)))
    #expect(!session.isTaken(after: end))
    let hold = BusyTimes(held: [held(7, ten, until: deadline)])
    #expect(hold.isTaken(after: deadline.advanced(byMs: -1)))
    #expect(!hold.isTaken(after: deadline))
    #expect(!BusyTimes().isTaken(after: end))
  }
}
