internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct ReschedulingTests {
  private let ten = inRome("2026-11-24T10:00")
  private let eleven = inRome("2026-11-24T11:00")
  private let id = appointmentID(1)

  /// Carlo with Anna at ten; Daria is a client, too.
  private func practiceWithSession(
    _ change: (inout Practice) -> Void = { _ in }
  ) -> Practice {
    var practice = Practice()
    practice.facts.clients[daria] = Practice.client(daria)
    change(&practice)
    practice.perform(booking(ten, id: id))
    return practice
  }

  private let greenRoom = RoomID(rawValue: 23)

  private func unbookable(_ decision: Decision) -> (kinds: [Int], alternatives: [Minute]) {
    guard case .unbookable(let found, _, let alternatives) = decision.refusal else {
      return ([], [])
    }
    return (found.map(\.kind), alternatives)
  }

  @Test("it moves in one step: the new time is taken, the old one free, and nothing else changes")
  func moves() throws {  // B-10 A-1
    var practice = practiceWithSession()
    practice.wait(5)
    let booked = try #require(practice.facts.appointments[id])
    let decision = practice.perform(
      rescheduling(id, eleven, reason: "late train"), by: .client(carlo))
    let moved = try #require(decision.appointment)
    let expected = Appointment(
      id: id, therapist: anna, client: carlo, service: individual, location: office,
      room: blueRoom, span: span(eleven, minutes: 50), zoneName: booked.zoneName,
      plan: booked.plan, price: booked.price, bookedAt: booked.bookedAt, state: .scheduled,
      paymentStatus: .due, version: 2, changedAt: practice.now, cancelReason: "",
      due: eleven.advanced(byMinutes: -1_440).instant, remindedUntil: practice.now)
    #expect(moved == expected)
    let transition = Transition(
      appointment: id, version: 2, step: .rescheduled, from: .scheduled, to: .scheduled,
      at: practice.now, by: .client(carlo), reason: "late train", movedFrom: ten)
    #expect(
      decision.change?.events == [.appointmentChanged(expected, from: booked, transition)])
    #expect(practice.decide(booking(ten, attendee: .registered(daria))).booked != nil)
    #expect(
      practice.decide(booking(eleven, attendee: .registered(daria))).discrepancies.map(\.kind)
        == [4])
    #expect(practice.facts.index.violations() == [])
  }

  @Test("both are told; the client is not where the therapist chooses so")  // B-11 N-1
  func messages() {
    let practice = practiceWithSession()
    #expect(
      practice.decide(rescheduling(id, eleven)).notices == aboutBoth(.appointmentChanged, id))
    #expect(
      practice.decide(rescheduling(id, eleven, isQuiet: true)).notices
        == [Notice(.appointmentChanged, to: .therapist(anna), about: .appointment(id))])
  }

  @Test("it may overlap its own old time, and is not in its own buffers' way")  // B-10 S-7
  func overItself() throws {
    var practice = Practice()
    var service = Practice.individualSession
    service.buffers = Buffers(beforeMinutes: 15, afterMinutes: 15)
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
    practice.perform(booking(ten, id: id))
    let half = inRome("2026-11-24T10:30")
    let moved = try #require(practice.perform(rescheduling(id, half)).appointment)
    #expect(moved.span == span(half, minutes: 50))
    #expect(moved.room == blueRoom)
    #expect(practice.facts.index.violations() == [])
  }

  @Test("it counts for no cap of the day that it leaves, and for that of the day it comes to")
  func caps() throws {  // B-10 S-4
    var practice = practiceWithSession()
    practice.perform(
      .putPolicy(
        PolicyPut(policy: try #require(Policy(dailyCap: .most(1))), seenVersion: nil)))
    #expect(practice.decide(rescheduling(id, eleven)).appointment?.version == 2)
    practice.perform(booking(inRome("2026-11-25T10:00"), attendee: .registered(daria)))
    #expect(
      practice.decide(rescheduling(id, inRome("2026-11-25T11:00"))).discrepancies.map(\.kind)
        == [10])
  }

  @Test("what stands in the way is named, all at once, and nothing changes")  // B-10 S-4 A-7
  func refused() throws {
    var practice = practiceWithSession()
    practice.perform(booking(eleven, attendee: .registered(daria), id: appointmentID(2)))
    let before = practice.facts.appointments
    let decision = practice.perform(rescheduling(id, inRome("2026-11-24T11:20")))
    let (kinds, alternatives) = unbookable(decision)
    #expect(kinds == [4, 9])
    // Its own start is free, since it counts as gone, but no alternative.
    #expect(!alternatives.contains(ten))
    #expect(alternatives.count == 3)
    #expect(practice.facts.appointments == before)
  }

  @Test("each who moves it does so within their own horizon, and overrides only what they may")
  func horizonAndOverrides() {  // S-2 S-6
    let practice = practiceWithSession()
    let far = inRome("2027-01-20T10:00")
    #expect(
      practice.decide(rescheduling(id, far), by: .client(carlo)).discrepancies.map(\.kind) == [7])
    #expect(practice.decide(rescheduling(id, far), by: .therapist(anna)).appointment != nil)
    let early = inRome("2026-11-24T08:10")
    let overrides: Overrides = [.outsideLocationHours, .outsideSchedule, .offGrid]
    #expect(practice.decide(rescheduling(id, early)).discrepancies.map(\.kind) == [1, 2, 9])
    let decision = practice.decide(rescheduling(id, early, overrides: overrides))
    #expect(decision.transitions.map(\.overridden) == [overrides])
    #expect(decision.appointment?.span.start == early)
  }

  @Test("its room stays where it is free; else it gets the first that is, or the one named")
  func rooms() throws {  // B-10 S-10
    var practice = practiceWithSession { practice in
      practice.perform(booking(inRome("2026-11-25T09:00"), room: redRoom))
    }
    practice.perform(rescheduling(id, eleven, room: redRoom))
    #expect(practice.facts.appointments[id]?.room == redRoom)
    // It keeps the red room, though the blue one comes first.
    practice.perform(rescheduling(id, inRome("2026-11-25T11:00")))
    #expect(practice.facts.appointments[id]?.room == redRoom)
    // Bruno has the red room: it goes to the blue one.
    practice.perform(
      booking(
        inRome("2026-11-26T10:00"), therapist: bruno, service: couple, room: redRoom,
        attendee: .registered(daria)))
    let free = inRome("2026-11-26T10:00")
    #expect(practice.decide(rescheduling(id, free)).appointment?.room == blueRoom)
    #expect(
      practice.decide(rescheduling(id, free, room: redRoom)).discrepancies.map(\.kind) == [5])
  }

  @Test("the same start in another room is a move; the same start and place is not one")
  func nowhere() {  // B-10
    let practice = practiceWithSession()
    let moved = practice.decide(rescheduling(id, ten, room: redRoom))
    #expect(moved.appointment?.room == redRoom)
    #expect(moved.transitions.map(\.movedFrom) == [nil])
    let nothing = Refusal.invalid([
      FieldFault(field: "start_ms", expected: "expected another start, location or room")
    ])
    for (location, room) in [(nil, nil), (office, nil), (nil, blueRoom), (office, blueRoom)]
      as [(LocationID?, RoomID?)]
    {
      #expect(
        practice.decide(rescheduling(id, ten, at: location, room: room)).refusal == nothing)
    }
  }

  @Test("another location of its service will do, in a room of its own, and no other")  // B-10
  func locations() throws {
    let atVilla = Location(
      id: villa, name: "Villa", mode: .inPerson, address: "Via Cassia 9", city: "Roma",
      rooms: [Room(id: greenRoom, name: "Green")], version: 1)
    let practice = practiceWithSession { practice in
      var service = Practice.individualSession
      service.locations = [office, villa]
      practice.perform(
        .putDirectory(
          Practice.importing([
            .location(atVilla, []),
            .therapist(Practice.therapist(anna, at: [office, video, villa]), []),
            .service(service, []),
            .schedule(Practice.everyDay(anna, [(9, 13, office), (14, 18, villa)])),
          ])))
    }
    let three = inRome("2026-11-24T15:00")
    let moved = practice.decide(rescheduling(id, three, at: villa)).appointment
    #expect(moved?.location == villa && moved?.room == greenRoom)
    #expect(practice.decide(rescheduling(id, three)).discrepancies.map(\.kind) == [1])
    #expect(
      practice.decide(rescheduling(id, three, at: villa, room: redRoom)).refusal
        == .notFound(id: redRoom.text, field: "room_id"))
    // At another location its own start is another.
    let (kinds, alternatives) = unbookable(practice.decide(rescheduling(id, ten, at: villa)))
    #expect(kinds == [1] && alternatives.count == 3)
    for unknown in [video, LocationID(rawValue: 99)] {
      #expect(
        practice.decide(rescheduling(id, eleven, at: unknown)).refusal
          == .notFound(id: unknown.text, field: "location_id"))
    }
  }

  @Test("price, length and buffers stay as they were booked, whatever the service is now")
  func asBooked() throws {  // B-10 S-7
    var practice = practiceWithSession()
    var service = Practice.individualSession
    service.durationMinutes = 80
    service.price = euro(9_000)
    service.buffers = Buffers(beforeMinutes: 30, afterMinutes: 30)
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
    let moved = try #require(practice.perform(rescheduling(id, eleven)).appointment)
    #expect(moved.span == span(eleven, minutes: 50))
    #expect(moved.price == euro(7_000))
    #expect(moved.buffers == .none)
  }

  @Test("a hold of the new slot is taken over in the same step")  // B-10 S-12
  func hold() throws {
    var practice = practiceWithSession()
    practice.perform(holding(eleven, id: holdID(1)))
    #expect(practice.decide(rescheduling(id, eleven)).discrepancies.map(\.kind) == [4])
    let hold = try #require(practice.facts.holds[holdID(1)])
    let decision = practice.perform(rescheduling(id, eleven, hold: holdID(1)))
    #expect(decision.change?.events.first == .holdBooked(hold, by: id))
    #expect(practice.facts.holds[holdID(1)]?.state == .booked)
    #expect(practice.facts.index.violations() == [])
    #expect(practice.facts.index.therapist(anna)?.busy.held == [])
  }

  @Test("a hold that has lapsed is in nobody's way, and cleared away")  // S-12
  func lapsedHold() throws {
    var practice = practiceWithSession()
    practice.perform(holding(eleven, id: holdID(1)))
    practice.wait(10)
    let decision = practice.perform(rescheduling(id, eleven))
    #expect(decision.change?.events.first == .holdLapsed(holdID(1)))
    #expect(
      practice.decide(rescheduling(id, ten, hold: holdID(1))).refusal
        == .holdLapsed(holdID(1), at: practice.now))
  }

  @Test("the time to pay stays, but never goes beyond the new start")  // B-10 P-4
  func paymentDeadline() throws {
    let practice = practiceWithSession { $0.offer(.prepaid) { $0.paymentMinutes = 240 } }
    let booked = try #require(practice.facts.appointments[id])
    let deadline = practice.now.advanced(byMs: 240 * 60_000)
    #expect(booked.paymentDeadline == deadline)
    let later = practice.decide(rescheduling(id, eleven)).appointment
    #expect(later?.paymentDeadline == deadline && later?.due == deadline)
    #expect(later?.state == .initiated && later?.paymentStatus == .due)
    let today = inRome("2026-11-23T10:00")
    let sooner = practice.decide(rescheduling(id, today)).appointment
    #expect(sooner?.paymentDeadline == today.instant && sooner?.due == today.instant)
  }

  @Test("it moves until, but not at, its start")  // B-10
  func untilStart() {
    var practice = practiceWithSession()
    let next = inRome("2026-11-25T10:00")
    practice.now = ten.instant.advanced(byMs: -1)
    #expect(practice.decide(rescheduling(id, next)).appointment?.version == 2)
    practice.now = ten.instant
    #expect(practice.decide(rescheduling(id, next)).refusal == .begun(id, at: ten))
  }

  @Test("where clients have to ask, the therapist moves what is booked, and they do not")
  func whereClientsAsk() {  // B-4 B-10
    let practice = practiceWithSession { $0.offer { $0.clientBooking = .request } }
    #expect(
      practice.decide(rescheduling(id, eleven), by: .client(carlo)).refusal
        == .requestRequired(individual))
    #expect(practice.decide(rescheduling(id, eleven), by: .therapist(anna)).appointment != nil)
  }

  @Test("a stale version is refused, and another's is as little there as none")  // B-14
  func staleOrAnothers() {
    let practice = practiceWithSession()
    #expect(
      practice.decide(rescheduling(id, eleven, seen: 2)).refusal
        == .staleVersion(id: id.text, seen: 2, current: 1))
    #expect(practice.decide(rescheduling(id, eleven, seen: 1)).appointment?.version == 2)
    for actor in [Actor.client(daria), .client(nil), .therapist(bruno)] {
      #expect(
        practice.decide(rescheduling(id, eleven), by: actor).refusal
          == .notFound(id: id.text, field: "appointment_id"))
    }
  }

  @Test("one of a series moves by itself, and is still known by its rule's start")  // B-9
  func ofSeries() throws {
    var practice = practiceWithSession()
    let booked = try #require(practice.facts.appointments[id])
    let recurrence = SeriesMembership(series: SeriesID(rawValue: 7), originalStart: ten)
    practice.facts.appointments[id] = Appointment(
      id: id, therapist: anna, client: carlo, service: individual, location: office,
      room: blueRoom, span: booked.span, zoneName: booked.zoneName, plan: booked.plan,
      price: booked.price, bookedAt: booked.bookedAt, state: .scheduled, paymentStatus: .due,
      version: 1, changedAt: booked.changedAt, cancelReason: "", recurrence: recurrence)
    #expect(practice.decide(rescheduling(id, eleven)).appointment?.recurrence == recurrence)
  }
}
