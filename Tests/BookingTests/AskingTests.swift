internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct AskingTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  @Test(
    "a request is an appointment that waits: at the service's price, nothing owed, due at its start"
  )
  // B-4
  func waits() throws {
    let practice = Practice.takingRequests()
    let decision = practice.decide(asking(start, note: "mornings", id: id), by: .client(carlo))
    let expected = Appointment(
      id: id, therapist: anna, client: carlo, service: individual, location: office,
      room: blueRoom, span: span(start, minutes: 50), zoneName: "Europe/Rome", plan: .onSite,
      price: euro(7_000), bookedAt: practice.now, state: .requested, paymentStatus: .none,
      version: 1, changedAt: practice.now, cancelReason: "", due: start.instant,
      request: RequestDetails(registration: nil, note: "mornings"))
    let transition = Transition(
      appointment: id, version: 1, step: .requested, from: nil, to: .requested, at: practice.now,
      by: .client(carlo))
    #expect(decision.answered == expected)
    // B-2: it puts nobody on the therapist's list yet.
    #expect(decision.change?.events == [.appointmentBooked(expected, transition)])
  }

  @Test("the client is told that it arrived, the therapist that it is there")  // B-4, N-1
  func messages() {
    let practice = Practice.takingRequests()
    #expect(
      practice.decide(asking(start, id: id), by: .client(carlo)).notices == [
        Notice(.requestReceived, to: .client(carlo), about: .appointment(id)),
        Notice(.requestReceived, to: .therapist(anna), about: .appointment(id)),
      ])
  }

  @Test("who is not known is kept as they wrote it, and told by the request")  // B-4
  func unknown() throws {
    var practice = Practice.takingRequests()
    let registration = registering(person(born: "1990-02-01"))
    let decision = practice.perform(
      asking(start, asker: .new(registration), note: "first", id: id), by: .client(nil))
    let request = try #require(decision.answered)
    #expect(request.client == nil)
    #expect(request.request == RequestDetails(registration: registration, note: "first"))
    #expect(decision.change?.events.count == 1)
    #expect(
      decision.notices == [
        Notice(.requestReceived, to: .requester(id), about: .appointment(id)),
        Notice(.requestReceived, to: .therapist(anna), about: .appointment(id)),
      ])
    #expect(practice.facts.clients.count == 1)
  }

  @Test("a request takes its slot: therapist, room and client")  // B-4
  func takesItsSlot() throws {
    var practice = Practice.takingRequests()
    practice.perform(asking(start, id: id), by: .client(carlo))
    let again = practice.decide(asking(start, asker: .new(registering(person()))))
    #expect(
      again.discrepancies == [
        .therapistBusy([
          Collision(
            appointment: id, span: span(start, minutes: 50), resource: .therapist(anna))
        ])
      ])
    let elsewhere = practice.decide(booking(start, therapist: bruno, service: couple))
    #expect(elsewhere.discrepancies.map(\.kind) == [6])
    let inItsRoom = practice.decide(
      booking(
        start, therapist: bruno, service: couple, room: blueRoom,
        attendee: .new(Practice.registration(daria))))
    #expect(inItsRoom.discrepancies.map(\.kind) == [5])
  }

  @Test("a client asks as far ahead as clients book; staff who ask for them, as far as staff do")
  // B-4, S-2
  func horizon() {
    let practice = Practice.takingRequests()
    let inMarch = inRome("2027-03-01T10:00")
    #expect(
      practice.decide(asking(inMarch), by: .client(carlo)).discrepancies.map(\.kind) == [7])
    #expect(practice.decide(asking(inMarch), by: desk).answered?.state == .requested)
  }

  @Test("the rules of booking hold for asking, with what is free instead")  // B-4, S-4, A-7
  func rules() throws {
    let practice = Practice.takingRequests()
    let decision = practice.decide(asking(inRome("2026-11-24T13:10")), by: .client(carlo))
    guard case .unbookable(let found, overridden: [], let alternatives) = decision.refusal else {
      Issue.record("\(decision)")
      return
    }
    // Open by video, not at the office; and off the grid.
    #expect(found.map(\.kind) == [1, 2, 9])
    #expect(alternatives.count == 3)
  }

  @Test("where clients book at once there is nothing to ask for, whoever asks")  // B-4
  func notTaken() {
    let practice = Practice()
    for actor in [Actor.client(carlo), desk] {
      #expect(
        practice.decide(asking(start), by: actor).refusal == .requestsNotTaken(individual))
    }
  }

  @Test("where clients ask, they cannot book; therapist and staff can")  // B-4, B-3
  func requestRequired() {
    let practice = Practice.takingRequests()
    #expect(
      practice.decide(booking(start), by: .client(carlo)).refusal == .requestRequired(individual))
    #expect(
      practice.decide(booking(start, attendee: .new(Practice.registration())), by: .client(nil))
        .refusal == .requestRequired(individual))
    for actor in [Actor.therapist(anna), desk] {
      #expect(practice.decide(booking(start), by: actor).booked?.state == .scheduled)
    }
  }

  @Test("the policy is the service's, else the therapist's, else the partner's")  // B-4
  func policyOfWhom() {
    var asks = AppointmentSettings()
    asks.clientBooking = .request
    var books = AppointmentSettings()
    books.clientBooking = .instant
    var practice = Practice()
    practice.facts.partnerPolicy = PartnerPolicy(policy: Policy(appointments: asks)!, version: 1)
    #expect(practice.decide(asking(start)).answered != nil)
    practice.facts.therapists[anna]?.policy = Policy(appointments: books)!
    #expect(practice.decide(asking(start)).refusal == .requestsNotTaken(individual))
    practice.facts.services[individual]?.policy = Policy(appointments: asks)!
    #expect(practice.decide(asking(start)).answered != nil)
  }

  @Test("the hold that the slot was held by is taken over; another's, or a lapsed one, is not")
  // B-4, S-12
  func takesOverHold() throws {
    var practice = Practice.takingRequests()
    let hold = try #require(practice.perform(holding(start, id: holdID(1))).held)
    #expect(practice.decide(asking(start)).discrepancies.map(\.kind) == [4])
    let events = try #require(
      practice.decide(asking(start, id: id, hold: hold.id), by: .client(carlo)).change?.events)
    #expect(events.first == .holdBooked(hold, by: id))
    #expect(events.count == 2)
    #expect(
      practice.decide(asking(start, hold: holdID(9))).refusal
        == .notFound(id: holdID(9).text, field: "hold_id"))
    practice.wait(10)
    #expect(
      practice.decide(asking(start, hold: hold.id)).refusal
        == .holdLapsed(hold.id, at: hold.expiresAt))
    #expect(practice.decide(asking(start)).change?.events.first == .holdLapsed(hold.id))
  }

  @Test("consents must have been given by now, as for registering")  // B-4, B-2
  func consents() {
    let practice = Practice.takingRequests()
    let later = Consent(version: "1", acceptedAt: practice.now.advanced(byMs: 1))
    let fault = FieldFault(
      field: "person.terms.accept_time", expected: "expected a time that has passed")
    #expect(
      practice.decide(asking(start, asker: .new(registering(person(), terms: later)))).refusal
        == .invalid([fault]))
  }

  @Test("what is named must be there, and an id is taken once")  // B-4
  func named() {
    var practice = Practice.takingRequests()
    #expect(
      practice.decide(asking(start, asker: .registered(daria))).refusal
        == .notFound(id: daria.text, field: "client_id"))
    #expect(
      practice.decide(asking(start, service: couple)).refusal
        == .notFound(id: couple.text, field: "service_id"))
    practice.perform(asking(start, id: id))
    #expect(
      practice.decide(asking(inRome("2026-11-25T10:00"), id: id)).refusal
        == .idTaken(id: id.text, field: "appointment_id"))
  }

  @Test("unanswered, it expires at its start, and nobody is told")  // B-6
  func expires() throws {
    var practice = Practice.takingRequests()
    practice.perform(asking(start, id: id))
    practice.now = start.instant
    let decision = practice.perform(.passTime(id))
    #expect(practice.facts.appointments[id]?.state == .expired)
    #expect(decision.notices == [])
    #expect(practice.facts.index.therapist(anna)?.busy.isEmpty == true)
  }
}

struct AutoAcceptingTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  @Test("a client who is known is accepted at once: two steps, one message to each")  // B-4
  func known() throws {
    let practice = Practice.takingRequests(autoAccept: true)
    let decision = practice.decide(asking(start, id: id), by: .client(carlo))
    let accepted = try #require(decision.answered)
    #expect(accepted.state == .scheduled)
    #expect(accepted.paymentStatus == .due)
    #expect(accepted.version == 2)
    #expect(accepted.due == start.advanced(byMinutes: -1_440).instant)
    #expect(
      decision.transitions == [
        Transition(
          appointment: id, version: 1, step: .requested, from: nil, to: .requested,
          at: practice.now, by: .client(carlo)),
        Transition(
          appointment: id, version: 2, step: .accepted, from: .requested, to: .scheduled,
          at: practice.now, by: .time),
      ])
    #expect(
      decision.notices == [
        Notice(.requestAccepted, to: .client(carlo), about: .appointment(id)),
        Notice(.requestAccepted, to: .therapist(anna), about: .appointment(id)),
      ])
  }

  @Test("whoever matches no client becomes one, in the same change")  // B-4, B-5
  func newcomer() throws {
    var practice = Practice.takingRequests(autoAccept: true)
    let decision = practice.perform(
      asking(start, asker: .new(registering(person()))), by: .client(nil))
    let accepted = try #require(decision.answered)
    #expect(decision.change?.answer == .asked(accepted, isClientTold: false))
    let client = try #require(accepted.client)
    #expect(practice.facts.clients[client]?.person == person())
    #expect(practice.facts.therapies[CarePair(anna, client)] != nil)
    #expect(!practice.facts.index.busy(of: client).isEmpty)
    #expect(decision.notices.first?.recipient == .client(client))
  }

  @Test("whoever matches one client is that client, who joins the therapist's list")  // B-4, B-5
  func oneMatch() throws {
    var practice = Practice.takingRequests(autoAccept: true)
    let decision = practice.perform(asking(start, asker: .new(registering(Practice.person))))
    #expect(decision.answered?.client == carlo)
    #expect(decision.answered?.state == .scheduled)
    #expect(practice.facts.therapies[CarePair(anna, carlo)] != nil)
    #expect(practice.facts.clients.count == 1)
  }

  @Test("whoever matches several waits for a choice")  // B-4
  func severalMatches() throws {
    var practice = Practice.takingRequests(autoAccept: true)
    practice.enrol(daria, Practice.person)
    let decision = practice.decide(asking(start, asker: .new(registering(Practice.person)), id: id))
    #expect(decision.answered?.state == .requested)
    #expect(decision.answered?.client == nil)
    #expect(decision.notices.map(\.kind) == [.requestReceived, .requestReceived])
  }

  @Test("whoever matches a client who is taken then waits, and is not told")  // B-4
  func taken() throws {
    var practice = Practice.takingRequests(autoAccept: true)
    practice.perform(booking(start, therapist: bruno, service: couple))
    let wish = asking(start, asker: .new(registering(Practice.person)), id: id)
    #expect(practice.decide(wish).answered?.state == .requested)
    // A client who asks under their own id is told, as when they book.
    #expect(practice.decide(asking(start)).discrepancies.map(\.kind) == [6])
  }

  @Test("what lapsed in its way is cleared away once")  // S-12
  func lapsedHolds() throws {
    var practice = Practice.takingRequests(autoAccept: true)
    practice.perform(holding(start, client: carlo, id: holdID(1)))
    practice.wait(10)
    let decision = practice.perform(asking(start, asker: .new(registering(Practice.person))))
    let lapsed = decision.change?.events.filter { $0 == .holdLapsed(holdID(1)) }
    #expect(lapsed?.count == 1)
    #expect(decision.answered?.state == .scheduled)
  }

  @Test("its own hold, also one that names the client, is not in its way")  // S-12
  func ownHold() throws {
    var practice = Practice.takingRequests(autoAccept: true)
    practice.perform(holding(start, client: carlo, id: holdID(1)))
    let decision = practice.perform(
      asking(start, asker: .new(registering(Practice.person)), hold: holdID(1)))
    #expect(decision.answered?.state == .scheduled)
    #expect(decision.answered?.client == carlo)
  }

  @Test("off unless it is set")  // B-4
  func off() {
    for setting in [nil, false] {
      let practice = Practice.takingRequests(autoAccept: setting)
      #expect(practice.decide(asking(start)).answered?.state == .requested)
    }
  }
}
