import Availability
import Intervals
import Testing

@Suite struct AssessmentTests {
  private let now = moment("2026-11-23T08:00Z", .client)

  private func assess(
    _ start: String, entry: TherapistEntry = therapist(), offer: Offer = offer(),
    place: Place = place(), room: RoomID? = nil, client: ClientID? = nil,
    occupancy: Booked = Booked(), now: Moment? = nil
  ) -> Assessment {
    Evaluator(therapist: entry, moment: now ?? self.now, occupancy: occupancy)
      .assess(Wish(offer: offer, place: place, room: room, start: utc(start), client: client))
  }

  @Test("nothing in the way: bookable")  // S-4
  func bookable() {
    let assessment = assess("2026-11-24T08:00Z", client: carlo)
    #expect(assessment.isBookable)
    #expect(assessment == Assessment(discrepancies: [], room: nil))
  }

  @Test("everything in the way is named at once, in order, with what it collides with")  // S-4
  func allAtOnce() {
    // Tuesday 08:10 in Rome: before the hours, off the grid, in the past, all three taken, the day
    // full, a day's notice wanted, and the horizon ended the month before.
    let wished = span("2026-11-24T07:10Z", "2026-11-24T08:00Z")
    let early = span("2026-11-24T07:00Z", "2026-11-24T07:11Z")
    let late = span("2026-11-24T07:59Z", "2026-11-24T09:00Z")
    let entry = therapist(
      places: [place(rooms: [blueRoom])], caps: SessionCaps(daily: 2, weekly: 3),
      busy: [(1, early), (2, late)])
    let booked = Booked(rooms: [blueRoom: [(3, wished)]], clients: [carlo: [(4, wished)]])
    let pastHorizon = BookingPolicy(
      horizons: HorizonPolicy(staffMonths: 6, clientMonths: -1), minimumNoticeMinutes: 1_440)
    let assessment = assess(
      "2026-11-24T07:10Z", entry: entry, offer: offer(policy: pastHorizon),
      place: place(rooms: [blueRoom]), client: carlo, occupancy: booked,
      now: moment("2026-11-24T07:11Z", .client))
    #expect(
      assessment.discrepancies == [
        .outsideLocationHours,
        .outsideSchedule,
        .inPast,
        .therapistBusy([
          Collision(appointment: appointment(1), span: early, resource: .therapist(anna)),
          Collision(appointment: appointment(2), span: late, resource: .therapist(anna)),
        ]),
        .roomBusy([
          Collision(appointment: appointment(3), span: wished, resource: .room(blueRoom))
        ]),
        .clientBusy([
          Collision(appointment: appointment(4), span: wished, resource: .client(carlo))
        ]),
        .beyondHorizon(lastDay: day("2026-10-24")),
        .underNotice(earliestStart: utc("2026-11-25T07:11Z")),
        .offGrid,
        .overCap(day: ReachedCap(firstDay: day("2026-11-24"), cap: 2, count: 2), week: nil),
      ])
    #expect(assessment.discrepancies.map(\.kind) == Array(1...10))
    #expect(!assessment.isBookable)
    #expect(assessment.room == nil)
  }

  @Test("at another location's hours only kind 1 is named; outside all hours 1 and 2")  // S-4
  func hours() {
    let entry = therapist(
      windows: everyDay("09:00", "13:00") + everyDay("13:00", "15:00", at: practice),
      places: [place(), place(practice)])
    #expect(assess("2026-11-24T13:00Z", entry: entry).discrepancies == [.outsideLocationHours])
    // Half at each: within the schedule as a whole.
    #expect(assess("2026-11-24T11:30Z", entry: entry).discrepancies == [.outsideLocationHours])
    #expect(
      assess("2026-11-24T13:30Z", entry: entry).discrepancies
        == [.outsideLocationHours, .outsideSchedule])
    #expect(assess("2026-11-24T12:00Z", entry: entry, place: place(practice)).isBookable)
    #expect(
      assess("2026-11-24T12:00Z", entry: entry, place: place(video)).discrepancies
        == [.outsideLocationHours])
  }

  @Test("a session may fill its window to the last minute, but not pass it")  // S-4 kind 1
  func windowEdges() {
    let hourly = offer(minutes: 60)
    #expect(assess("2026-11-24T08:00Z", offer: hourly).isBookable)
    #expect(assess("2026-11-24T11:00Z", offer: hourly).isBookable)
    #expect(
      assess("2026-11-24T11:30Z", offer: hourly).discrepancies.map(\.kind) == [1, 2])
    #expect(assess("2026-11-24T07:30Z", offer: hourly).discrepancies.map(\.kind) == [1, 2])
  }

  @Test("a session may begin now, but not a millisecond ago")  // S-4 kind 3
  func past() {
    let start = utc("2026-11-24T08:00Z").instant
    let atStart = Moment(now: start, role: .client)
    #expect(assess("2026-11-24T08:00Z", now: atStart).isBookable)
    let justAfter = Moment(now: start.advanced(byMs: 1), role: .client)
    #expect(assess("2026-11-24T08:00Z", now: justAfter).discrepancies == [.inPast])
  }

  @Test("sessions that only touch do not collide")  // S-4 kinds 4, 5, 6
  func touching() {
    let touching: [(UInt128, Span)] = [
      (1, span("2026-11-24T08:00Z", "2026-11-24T09:00Z")),
      (2, span("2026-11-24T09:50Z", "2026-11-24T10:00Z")),
    ]
    let entry = therapist(places: [place(rooms: [blueRoom])], busy: touching)
    let booked = Booked(rooms: [blueRoom: touching], clients: [carlo: touching])
    let assessment = assess(
      "2026-11-24T09:00Z", entry: entry, place: place(rooms: [blueRoom]), client: carlo,
      occupancy: booked)
    #expect(assessment == Assessment(discrepancies: [], room: blueRoom))
  }

  @Test("without a client, or for another, the client's collisions are left out")  // S-4 kind 6
  func clients() {
    let booked = Booked(clients: [carlo: [(4, span("2026-11-24T08:30Z", "2026-11-24T09:00Z"))]])
    #expect(assess("2026-11-24T08:00Z", occupancy: booked).isBookable)
    #expect(
      assess("2026-11-24T08:00Z", client: ClientID(rawValue: 42), occupancy: booked).isBookable)
    #expect(
      assess("2026-11-24T08:00Z", client: carlo, occupancy: booked).discrepancies.map(\.kind)
        == [6])
  }

  @Test("a start in the second pass of a repeated hour is off the grid")  // S-4 kind 9, S-9
  func secondPass() {
    let entry = therapist(windows: everyDay("00:00", "24:00"))
    let early = moment("2026-10-20T00:00Z")
    #expect(assess("2026-10-25T00:00Z", entry: entry, now: early).isBookable)
    #expect(assess("2026-10-25T01:00Z", entry: entry, now: early).discrepancies == [.offGrid])
    #expect(assess("2026-10-25T02:00Z", entry: entry, now: early).isBookable)
  }

  @Test("starts at the ends of what 32 bits hold are answered like any other")
  func extremes() {
    let evaluator = Evaluator(therapist: therapist(), moment: now, occupancy: Booked())
    for (start, kind) in [(Int32.min, 3), (Int32.max, 7)] {
      let wish = Wish(
        offer: offer(), place: place(), room: nil, start: Minute(sinceEpoch: start), client: nil)
      #expect(evaluator.assess(wish).discrepancies.map(\.kind).contains(kind))
      #expect(evaluator.alternatives(to: wish, atMost: 3).isEmpty)
    }
    let always = Span(from: Minute(sinceEpoch: .min), to: Minute(sinceEpoch: .max))!
    #expect(evaluator.starts(of: offer(), at: place(), in: always).count == 31 * 7)
  }
}
