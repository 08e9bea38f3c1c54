internal import Availability
internal import Booking
internal import Testing

/// Buffers of a service, from its price list into what is booked (S-7).
struct BufferBookingTests {
  private var practice = Practice()

  private mutating func setBuffers(before: Int32, after: Int32) {
    var service = Practice.individualSession
    service.buffers = Buffers(beforeMinutes: before, afterMinutes: after)
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
  }

  @Test("an appointment takes its service's buffers along, and not into its own time")  // S-7
  mutating func booked() throws {
    setBuffers(before: 10, after: 20)
    let session = try #require(practice.perform(booking(inRome("2026-11-24T10:00"))).booked)
    #expect(session.buffers == Buffers(beforeMinutes: 10, afterMinutes: 20))
    #expect(session.span == span(inRome("2026-11-24T10:00"), minutes: 50))
    #expect(session.occupation.buffers == session.buffers)
  }

  @Test("a change of the service's buffers does not move what is booked")  // S-7
  mutating func asBooked() throws {
    setBuffers(before: 0, after: 30)
    let session = try #require(practice.perform(booking(inRome("2026-11-24T10:00"))).booked)
    setBuffers(before: 0, after: 0)
    #expect(practice.facts.appointments[session.id]?.buffers.afterMinutes == 30)
    // 10:00 to 10:50, and free again at 11:20.
    #expect(!practice.decide(booking(inRome("2026-11-24T11:00"))).discrepancies.isEmpty)
    #expect(practice.decide(booking(inRome("2026-11-24T11:30"))).booked != nil)
  }

  @Test("of one therapist buffers keep the time free, of a room and a client they do not")  // S-7
  mutating func bindsTherapist() throws {
    setBuffers(before: 0, after: 30)
    practice.perform(booking(inRome("2026-11-24T10:00"), room: blueRoom))
    let next = booking(
      inRome("2026-11-24T11:00"), therapist: bruno, service: couple, room: blueRoom)
    #expect(practice.decide(next).booked != nil)
  }
}
