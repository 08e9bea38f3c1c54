import Availability
import Intervals
import Testing

@Suite struct RoomTests {
  private let twoRooms = place(rooms: [redRoom, blueRoom])
  private let session = span("2026-11-24T08:00Z", "2026-11-24T08:50Z")

  private func assess(_ room: RoomID?, _ occupancy: Booked, at place: Place) -> Assessment {
    Evaluator(
      therapist: therapist(places: [place]), moment: moment("2026-11-23T00:00Z"),
      occupancy: occupancy
    ).assess(Wish(offer: offer(), place: place, room: room, start: session.start, client: nil))
  }

  @Test("where no room is named, the first free one in the place's order is taken")  // S-10
  func firstFree() {
    #expect(assess(nil, Booked(), at: twoRooms).room == redRoom)
    #expect(assess(nil, Booked(rooms: [redRoom: [(1, session)]]), at: twoRooms).room == blueRoom)
    #expect(assess(nil, Booked(rooms: [blueRoom: [(1, session)]]), at: twoRooms).room == redRoom)
    #expect(assess(nil, Booked(rooms: [redRoom: [(1, session)]]), at: twoRooms).isBookable)
  }

  @Test("a named room is taken or collides, whatever is free beside it")  // S-10, S-4 kind 5
  func named() {
    let booked = Booked(rooms: [blueRoom: [(1, session)]])
    #expect(assess(blueRoom, Booked(), at: twoRooms).room == blueRoom)
    let assessment = assess(blueRoom, booked, at: twoRooms)
    #expect(assessment.room == nil)
    #expect(
      assessment.discrepancies == [
        .roomBusy([
          Collision(appointment: appointment(1), span: session, resource: .room(blueRoom))
        ])
      ])
  }

  @Test("when all rooms are taken, what takes them is named in the place's order")  // S-4 kind 5
  func allTaken() {
    let early = span("2026-11-24T07:00Z", "2026-11-24T08:01Z")
    let late = span("2026-11-24T08:49Z", "2026-11-24T09:00Z")
    let booked = Booked(rooms: [blueRoom: [(1, late), (2, early)], redRoom: [(3, session)]])
    #expect(
      assess(nil, booked, at: twoRooms).discrepancies == [
        .roomBusy([
          Collision(appointment: appointment(3), span: session, resource: .room(redRoom)),
          Collision(appointment: appointment(2), span: early, resource: .room(blueRoom)),
          Collision(appointment: appointment(1), span: late, resource: .room(blueRoom)),
        ])
      ])
  }

  @Test("a place without rooms needs none")  // S-10
  func noRooms() {
    #expect(assess(nil, Booked(), at: place()) == Assessment(discrepancies: [], room: nil))
  }

  @Test("the room that would be taken is told even where the hours forbid it")  // S-6, S-10
  func roomOutsideHours() {
    let assessment = Evaluator(
      therapist: therapist(places: [twoRooms]), moment: moment("2026-11-23T00:00Z"),
      occupancy: Booked()
    ).assess(
      Wish(
        offer: offer(), place: twoRooms, room: nil, start: utc("2026-11-24T18:00Z"), client: nil))
    #expect(assessment.room == redRoom)
    #expect(assessment.discrepancies.map(\.kind) == [1, 2])
  }

  @Test("slots are listed while any room is free for all of the session")  // S-1, S-10
  func listing() {
    let entry = therapist(
      windows: [window(.tuesday, "09:00", "12:00")],
      offers: [offer(minutes: 60, grid: Grid(stepMinutes: 30, fullHoursOnly: false)!)],
      places: [twoRooms])
    let booked = Booked(rooms: [
      redRoom: [(1, span("2026-11-24T08:00Z", "2026-11-24T09:30Z"))],
      blueRoom: [(2, span("2026-11-24T08:30Z", "2026-11-24T10:00Z"))],
    ])
    let starts = entry.starts(
      "2026-11-24T00:00Z", "2026-11-25T00:00Z", now: "2026-11-23T00:00Z", occupancy: booked)
    // Until 10:30 one of them is always taken, and never the same for a whole hour.
    #expect(starts.map(rome.text) == ["2026-11-24T10:30", "2026-11-24T11:00"])
  }
}
