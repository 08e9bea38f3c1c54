internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct BookingRefusalTests {
  private let start = inRome("2026-11-24T10:00")

  @Test(
    "every discrepancy reaches the caller, each with what it collides with",
    arguments: [
      // Before now, and after the horizon; at night, and off the grid.
      ("2026-11-22T03:10", [1, 2, 3, 4, 5, 6, 9]), ("2027-06-01T03:10", [1, 2, 4, 5, 6, 7, 9]),
    ])  // S-4
  func allDiscrepancies(_ text: String, _ kinds: [Int]) throws {
    let wished = inRome(text)
    var practice = Practice()
    let taken = span(wished, minutes: 50)
    let one = Occupation(
      appointment: appointmentID(1), span: taken, therapist: anna, room: blueRoom, client: carlo)
    let other = Occupation(
      appointment: appointmentID(2), span: taken, therapist: bruno, room: redRoom, client: daria)
    practice.occupy(one)
    practice.occupy(other)

    let found = practice.decide(booking(wished)).discrepancies
    #expect(found.map(\.kind) == kinds)
    func collision(_ of: Occupation, _ resource: Resource) -> Collision {
      Collision(occupant: of.occupant, span: taken, resource: resource)
    }
    #expect(found.contains(.therapistBusy([collision(one, .therapist(anna))])))
    #expect(
      found.contains(
        .roomBusy([collision(one, .room(blueRoom)), collision(other, .room(redRoom))])))
    #expect(found.contains(.clientBusy([collision(one, .client(carlo))])))
  }

  @Test("a refusal offers the three nearest starts, in order of time")
  func alternatives() throws {
    var practice = Practice()
    practice.perform(booking(start))
    let wish = booking(start, attendee: .new(Practice.registration()))
    guard case .unbookable(_, _, let alternatives) = practice.decide(wish).refusal else {
      Issue.record("expected a refusal that offers something else")
      return
    }
    #expect(alternatives == ["09:00", "11:00", "11:30"].map { inRome("2026-11-24T\($0)") })
    for alternative in alternatives {
      #expect(practice.decide(booking(alternative)).booked?.span.start == alternative)
    }
  }

  @Test("a client cannot be with two therapists at once")  // S-10
  func clientBusy() {
    var practice = Practice()
    practice.perform(booking(start))
    let decision = practice.decide(booking(start, therapist: bruno, service: couple))
    #expect(decision.discrepancies.map(\.kind) == [6])
  }

  @Test("a room that is named and taken is refused, though another is free")  // S-10
  func roomBusy() {
    var practice = Practice()
    practice.perform(booking(start, room: blueRoom))
    let decision = practice.decide(
      booking(
        start, therapist: bruno, service: couple, room: blueRoom,
        attendee: .new(Practice.registration())))
    #expect(decision.discrepancies.map(\.kind) == [5])
  }

  @Test("overlapping by one minute is a collision")  // S-4
  func oneMinute() {
    var practice = Practice()
    let before = span(start.advanced(byMinutes: -30), minutes: 31)
    practice.occupy(
      Occupation(
        appointment: appointmentID(1), span: before, therapist: anna, room: nil, client: nil))
    #expect(practice.decide(booking(start)).discrepancies.map(\.kind) == [4])
  }

  @Test(
    "the last day of the role's horizon is included, the next is not",
    arguments: [
      (Actor.client(carlo), "2026-12-23", "2026-12-24"), (desk, "2027-05-23", "2027-05-24"),
      (.therapist(anna), "2027-05-23", "2027-05-24"),
    ])  // S-2
  func horizon(_ actor: Actor, _ last: String, _ next: String) throws {
    let practice = Practice()
    #expect(practice.decide(booking(inRome("\(last)T12:00")), by: actor).booked != nil)
    let beyond = practice.decide(booking(inRome("\(next)T09:00")), by: actor)
    #expect(beyond.discrepancies == [.beyondHorizon(lastDay: try #require(CivilDate(last)))])
  }

  @Test("a start at the end of reckoning is refused, and brings nothing down")  // S-2
  func farthestStart() {
    let farthest = Minute(sinceEpoch: .max)
    #expect(Practice().decide(booking(farthest)).discrepancies.map(\.kind).contains(7))
    let earliest = Minute(sinceEpoch: .min)
    #expect(Practice().decide(booking(earliest)).discrepancies.map(\.kind).contains(3))
  }

  @Test("an appointment's id is taken once, whoever has it")
  func takenID() {
    var practice = Practice()
    practice.perform(booking(start, id: appointmentID(1)))
    practice.facts.takenElsewhere = [appointmentID(2).text]
    for id in [appointmentID(1), appointmentID(2)] {
      let decision = practice.decide(booking(start.advanced(byMinutes: 60), id: id))
      #expect(decision.refusal == .idTaken(id: id.text, field: "appointment_id"))
    }
  }

  @Test("what is not there is named with its field; another partner's is not there")
  func notFound() {
    let practice = Practice()
    func refusal(_ wish: Wanted) -> Refusal? { practice.decide(wish).refusal }
    let nobody = TherapistID(rawValue: 99)
    let nothing = ServiceID(rawValue: 99)
    let noRoom = RoomID(rawValue: 99)
    for therapist in [nobody, foreigner] {
      #expect(
        refusal(booking(start, therapist: therapist))
          == .notFound(id: therapist.text, field: "therapist_id"))
    }
    // The second is Bruno's.
    for service in [nothing, couple] {
      #expect(
        refusal(booking(start, service: service))
          == .notFound(id: service.text, field: "service_id"))
    }
    // The first is Anna's, but not this service's.
    for location in [video, villa] {
      #expect(
        refusal(booking(start, location: location))
          == .notFound(id: location.text, field: "location_id"))
    }
    #expect(refusal(booking(start, room: noRoom)) == .notFound(id: noRoom.text, field: "room_id"))
    #expect(
      refusal(booking(start, attendee: .registered(daria)))
        == .notFound(id: daria.text, field: "client_id"))
  }
}
