internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct HoldBookingTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = holdID(1)

  private func holdingPractice(client: ClientID? = nil) -> Practice {
    var practice = Practice()
    practice.facts.clients[daria] = Practice.client(daria)
    practice.perform(holding(start, client: client, id: id))
    return practice
  }

  @Test("the booking that it was made for takes it over in one step")  // S-12
  func takesOver() throws {
    var practice = holdingPractice(client: carlo)
    let hold = try #require(practice.facts.holds[id])
    let decision = practice.perform(booking(start, hold: id), by: .client(carlo))
    let appointment = try #require(decision.booked)
    #expect(decision.change?.events.first == .holdBooked(hold, by: appointment.id))
    #expect(appointment.span == hold.span && appointment.room == hold.room)
    #expect(practice.facts.holds[id]?.state == .booked)
    #expect(practice.facts.index.violations() == [])
    #expect(practice.facts.index.therapist(anna)?.busy.held == [])
    #expect(practice.facts.index.busy(of: blueRoom).held == [])
  }

  @Test("client, room, start and service of the booking may differ from the hold's")  // S-12
  func differs() throws {
    var practice = holdingPractice(client: carlo)
    let other = booking(start, room: redRoom, attendee: .registered(daria), hold: id)
    #expect(practice.decide(other).booked?.room == redRoom)
    let overlapping = booking(inRome("2026-11-24T10:30"), hold: id)
    #expect(practice.decide(overlapping).booked != nil)
    let elsewhere = booking(
      inRome("2026-11-25T14:00"), service: firstTalk, location: video, hold: id)
    practice.perform(elsewhere)
    #expect(practice.facts.holds[id]?.state == .booked)
    #expect(practice.decide(booking(start)).booked != nil)
  }

  @Test("a booking that is refused leaves the hold as it was")  // S-12
  func refused() {
    var practice = holdingPractice()
    practice.perform(booking(inRome("2026-11-24T11:00"), attendee: .registered(daria)))
    let late = booking(inRome("2026-11-24T10:30"), hold: id)
    #expect(practice.perform(late).discrepancies.map(\.kind) == [4])
    #expect(practice.facts.holds[id]?.state == .held)
    #expect(practice.decide(booking(start)).discrepancies.map(\.kind) == [4])
    #expect(practice.decide(booking(start, hold: id)).booked != nil)
  }

  @Test("other holds stay in the way of who books over their own")  // S-12
  func others() {
    var practice = holdingPractice()
    practice.perform(holding(inRome("2026-11-24T11:00"), id: holdID(2)))
    let late = booking(inRome("2026-11-24T10:30"), hold: id)
    #expect(practice.decide(late).discrepancies.map(\.kind) == [4])
  }

  @Test("at its deadline a hold is booked over no more")  // S-12
  func lapsed() throws {
    var practice = holdingPractice()
    let deadline = try #require(practice.facts.holds[id]?.expiresAt)
    practice.now = deadline.advanced(byMs: -1)
    #expect(practice.decide(booking(start, hold: id)).booked != nil)
    practice.now = deadline
    #expect(practice.decide(booking(start, hold: id)).refusal == .holdLapsed(id, at: deadline))
    #expect(practice.decide(booking(start)).booked != nil)
  }

  @Test("it must be of the same therapist, and the client's own or nobody's")  // S-12
  func whose() {
    let unknown = Refusal.notFound(id: id.text, field: "hold_id")
    let withBruno = booking(start, therapist: bruno, service: couple, hold: id)
    #expect(holdingPractice().decide(withBruno).refusal == unknown)
    #expect(
      holdingPractice(client: daria).decide(booking(start, hold: id), by: .client(carlo)).refusal
        == unknown)
    #expect(
      holdingPractice().decide(booking(start, hold: id), by: .client(carlo)).booked != nil)
    #expect(Practice().decide(booking(start, hold: id)).refusal == unknown)
  }
}
