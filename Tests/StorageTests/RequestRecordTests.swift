internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Requests as they are kept, listed and answered (B-4 to B-6).
struct RequestRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private static let registration = Registration(
    id: nil,
    person: Person(
      name: "Żaneta O'Neill", email: EmailAddress("Z@example.pl")!,
      phone: PhoneNumber("+48221234567")!, language: LanguageTag("pt-BR")!,
      zoneName: "Europe/Warsaw", birthDate: CivilDate("1990-02-01")!),
    terms: Consent(version: "t-1", acceptedAt: noon.advanced(byMs: -2)),
    dataProcessing: Consent(version: "d-3", acceptedAt: noon.advanced(byMs: -1)))

  private func request(
    _ number: UInt128, _ span: Span, therapist: TherapistID = anna, client: ClientID? = nil,
    room: RoomID? = nil, registration: Registration? = RequestRecordTests.registration,
    state: AppointmentState = .requested
  ) -> Appointment {
    Appointment(
      id: AppointmentID(rawValue: 1_000 + number), therapist: therapist, client: client,
      service: therapist == anna ? individual : couple, location: office, room: room, span: span,
      zoneName: "Europe/Rome", plan: .onSite, price: euro(7_000), bookedAt: noon, state: state,
      paymentStatus: .none, version: 1, changedAt: noon, cancelReason: "", due: span.start.instant,
      request: RequestDetails(registration: registration, note: "mornings, please"))
  }

  private func accepted(_ request: Appointment, for client: ClientID) -> Appointment {
    Appointment(
      id: request.id, therapist: request.therapist, client: client, service: request.service,
      location: request.location, room: request.room, span: request.span,
      zoneName: request.zoneName, plan: request.plan, price: request.price,
      bookedAt: request.bookedAt, state: .scheduled, paymentStatus: .due, version: 2,
      changedAt: noon.advanced(byMs: 1), cancelReason: "", request: request.request)
  }

  private func answer(_ appointment: Appointment, _ request: Appointment) -> Event {
    .appointmentChanged(
      appointment, from: request,
      Transition(
        appointment: request.id, version: 2, step: .accepted, from: .requested, to: .scheduled,
        at: noon, by: desk))
  }

  @Test("a request keeps what its asker said, or only the note of a client who is known")  // B-4
  func details() throws {
    let unknown = request(1, span(60, 110))
    let known = request(2, span(120, 170), client: carlo, registration: nil)
    try store.book([unknown, known])
    for request in [unknown, known] {
      #expect(try store.read { try $0.appointment(request.id) }?.appointment == request)
    }
  }

  @Test("what nobody known asked for takes therapist and room, when the index is made anew")  // B-4
  func occupation() throws {
    let waiting = request(1, span(60, 110), room: blueRoom)
    try store.book([waiting, request(2, span(60, 110), therapist: bruno, state: .declined)])
    #expect(try store.occupations() == [waiting.occupation])
  }

  @Test("an appointment without a client must have been asked for")  // B-4
  func clientless() throws {
    #expect(throws: (any Error).self) {
      let nobody = request(1, span(60, 110))
      let booked = Appointment(
        id: nobody.id, therapist: anna, client: nil, service: individual, location: office,
        room: nil, span: nobody.span, zoneName: "Europe/Rome", plan: .onSite, price: euro(7_000),
        bookedAt: noon, state: .scheduled, paymentStatus: .none, version: 1, changedAt: noon,
        cancelReason: "")
      try store.book([booked])
    }
  }

  @Test("accepting gives it its client, whose time is guarded from then on")  // B-5
  func accepting() throws {
    let first = request(1, span(60, 110))
    try store.book([first])
    try store.apply([answer(accepted(first, for: carlo), first)])
    let found = try store.read { try $0.appointment(first.id) }?.appointment
    #expect(found == accepted(first, for: carlo))
    #expect(throws: (any Error).self) {
      try store.book([session(9, span(90, 140), therapist: bruno, room: nil)])
    }
  }

  @Test("a request cannot be given to a client who is taken at that time")  // B-5, S-10
  func takenClient() throws {
    let first = request(1, span(60, 110))
    try store.book([first, session(9, span(90, 140), therapist: bruno, room: nil)])
    #expect(throws: (any Error).self) {
      try store.apply([answer(accepted(first, for: carlo), first)])
    }
    #expect(try store.read { try $0.appointment(first.id) }?.appointment == first)
  }

  // B-5
  @Test("what waits is listed by start, then id, page by page; what has begun waits no more")
  func listing() throws {
    let late = request(1, span(300, 350))
    let early = request(4, span(60, 110))
    let twin = request(3, span(60, 110), therapist: bruno)
    try store.book([
      late, early, twin, request(2, span(120, 170), state: .declined),
      session(5, span(180, 230)),
    ])
    func page(
      to therapist: TherapistID? = nil, after: Appointment? = nil, at now: Instant = noon,
      of owner: PartnerID = partner, limit: Int = 10
    ) throws -> [Appointment] {
      try store.read {
        try $0.openRequests(
          of: owner, to: therapist,
          after: after.map { AppointmentCursor(start: $0.span.start.instant, id: $0.id) },
          at: now, limit: limit)
      }
    }
    #expect(try page() == [twin, early, late])
    #expect(try page(limit: 1) == [twin])
    #expect(try page(after: twin, limit: 1) == [early])
    #expect(try page(after: early) == [late])
    #expect(try page(after: late) == [])
    #expect(try page(to: anna) == [early, late])
    #expect(try page(to: anna, after: early) == [late])
    #expect(try page(at: minute(60).instant.advanced(byMs: -1)) == [twin, early, late])
    #expect(try page(at: minute(60).instant) == [late])
    #expect(try page(of: otherPartner) == [])
  }

  @Test("the list of what waits is found by the index of what waits")  // B-5
  func listIndex() throws {
    let plan = try scratch.rows(
      """
      EXPLAIN QUERY PLAN SELECT id FROM appointments
      WHERE partner_id = 'x' AND state = 'REQUESTED' AND start_ms > 1
      ORDER BY start_ms, id LIMIT 3
      """)
    #expect(plan.count == 1)
    #expect(plan[0].last?.contains("appointments_requested") == true)
  }

  @Test("an answer comes with all who may have asked, and their therapies with that therapist")
  // B-5
  func facts() throws {
    let waiting = request(1, span(60, 110))
    try store.book([waiting, session(2, span(120, 170))])
    try store.apply([begun(anna, carlo), begun(bruno, daria)])
    func loaded(_ id: AppointmentID, as owner: PartnerID = partner) throws -> Facts {
      var needs = Needs()
      needs.appointmentsWhole = [id]
      needs.matches = [.request(id)]
      var facts = Facts(index: AvailabilityIndex())
      try store.read { try $0.load(needs, of: owner, at: noon, into: &facts) }
      return facts
    }
    let facts = try loaded(waiting.id)
    // Both have the fixture's e-mail address and telephone.
    #expect(Set(facts.candidates.keys) == [carlo, daria])
    #expect(Set(facts.therapies.keys) == [CarePair(anna, carlo)])
    #expect(facts.policies[individual] != nil)
    #expect(try loaded(session(2, span(120, 170)).id).candidates.isEmpty)
    #expect(try loaded(waiting.id, as: otherPartner).candidates.isEmpty)
  }

  @Test("where follow-ups wait, what those who may have asked had with the therapist comes, too")
  // B-7
  func histories() throws {
    let waiting = request(1, span(60, 110))
    try store.book([waiting, session(2, span(120, 170))])
    try store.apply([begun(anna, carlo)])
    var needs = Needs()
    needs.appointmentsWhole = [waiting.id]
    needs.matches = [.request(waiting.id)]
    func histories() throws -> [CarePair: CareHistory] {
      var facts = Facts(index: AvailabilityIndex())
      try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
      return facts.careHistories
    }
    #expect(try histories().isEmpty)
    var settings = AppointmentSettings()
    settings.followUpsAfterFirstSession = true
    try store.apply([
      .policyPut(PartnerPolicy(policy: Policy(appointments: settings)!, version: 1))
    ])
    let found = try histories()
    #expect(found[CarePair(anna, carlo)]?.sessions.count == 1)
    #expect(found[CarePair(anna, daria)] == CareHistory.none)
    // A request that waits is part of it, though it begins no therapy.
    try store.book([request(3, span(300, 350), client: daria, registration: nil)])
    #expect(try histories()[CarePair(anna, daria)]?.sessions.map(\.state) == [.requested])
  }

  @Test("a client who is named comes with their therapy with the request's therapist")  // B-5
  func namedClient() throws {
    let waiting = request(1, span(60, 110))
    try store.book([waiting])
    try store.apply([begun(anna, daria)])
    var needs = Needs()
    needs.appointmentsWhole = [waiting.id]
    needs.clients = [daria]
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
    #expect(Set(facts.therapies.keys) == [CarePair(anna, daria)])
  }
}
