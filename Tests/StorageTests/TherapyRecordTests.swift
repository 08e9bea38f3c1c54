internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct TherapyRecordTests {
  private let scratch: Scratch
  private let store: Store
  private let annas = CarePair(anna, carlo)

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.apply([begun(anna, carlo), begun(bruno, carlo), begun(anna, daria)])
  }

  private func therapy(
    _ pair: CarePair, selfBooking: Bool = false, version: Int64 = 1
  ) -> Therapy {
    Therapy(
      id: therapyID(pair.therapist, pair.client), pair: pair, selfBooking: selfBooking,
      version: version, begunAt: noon)
  }

  @Test("a change is written over the version before, and told as an event")  // B-7
  func change() throws {
    let changed = therapy(annas, selfBooking: true, version: 2)
    try store.apply([.therapyChanged(changed)])
    let found = try store.read { try $0.therapy(changed.id) }
    #expect(found?.therapy == changed && found?.owner == partner)
    #expect(try store.read { try $0.therapy(of: annas) }?.therapy == changed)
    #expect(
      try scratch.rows(
        """
        SELECT kind, subject_id, subject_version, related_id FROM events
        ORDER BY position DESC LIMIT 1
        """) == [["THERAPY_CHANGED", changed.id.text, "2", carlo.text]])
  }

  @Test("a change of another version than the one that is there is lost, and says so")  // B-14
  func lost() throws {
    let changed = therapy(annas, selfBooking: true, version: 3)
    #expect(throws: StoreError.lostUpdate(table: "therapies", id: changed.id.text)) {
      try store.apply([.therapyChanged(changed)])
    }
    #expect(try store.read { try $0.therapy(of: annas) }?.therapy == therapy(annas))
  }

  @Test("therapies are listed by id, of a therapist, a client or both, a page at a time")
  func lists() throws {
    let all = [
      therapy(annas), therapy(CarePair(anna, daria)), therapy(CarePair(bruno, carlo)),
    ].sorted { $0.id < $1.id }
    func list(
      _ therapist: TherapistID? = nil, _ client: ClientID? = nil, after: TherapyID? = nil,
      limit: Int = 10, of owner: PartnerID = partner
    ) throws -> [Therapy] {
      try store.read {
        try $0.therapies(
          of: owner, therapist: therapist, client: client, after: after, limit: limit)
      }
    }
    #expect(try list() == all)
    #expect(try list(limit: 2) == Array(all.prefix(2)))
    #expect(try list(after: all[1].id) == [all[2]])
    #expect(try list(anna) == all.filter { $0.pair.therapist == anna })
    #expect(try list(nil, carlo) == all.filter { $0.pair.client == carlo })
    #expect(try list(anna, carlo) == [therapy(annas)])
    #expect(try list(bruno, daria) == [])
    #expect(try list(of: otherPartner) == [])
    #expect(try list(anna, of: otherPartner) == [])
  }

  @Test("what two had with each other is told whole, cancelled sessions too, and nobody else's")
  func history() throws {  // B-7
    let sessions = [
      session(1, span(0, 50)), session(2, span(60, 80), state: .cancelledByClient),
      session(3, span(120, 170), state: .completed),
    ]
    let others = [
      session(4, span(200, 250), therapist: bruno, room: redRoom),
      session(5, span(300, 350), client: daria),
    ]
    try store.book(sessions + others)
    try scratch.tamper(
      """
      UPDATE appointments SET attendance = 'NO_SHOW', payment_status = 'PARTLY_REFUNDED',
        paid_minor_units = 7000, refunded_minor_units = 2000, fee_minor_units = 10
      WHERE id = '\(sessions[2].id.text)'
      """)
    let found = try store.read { try $0.careHistory(of: annas) }
    let expected = sessions.enumerated().map { index, session in
      CareSession(
        span: session.span, state: session.state, attendance: index == 2 ? .noShow : .unset,
        paymentStatus: index == 2 ? .partlyRefunded : session.paymentStatus,
        price: session.price, paid: index == 2 ? 7_000 : 0, refunded: index == 2 ? 2_000 : 0,
        fee: index == 2 ? 10 : 0)
    }
    #expect(Set(found.sessions) == Set(expected) && found.sessions.count == 3)
    #expect(try store.read { try $0.careHistory(of: CarePair(bruno, daria)) } == .none)
  }

  @Test("a therapy is known by its id to its partner only")
  func facts() throws {
    var needs = Needs()
    needs.therapiesByID = [therapy(annas).id]
    #expect(try load(needs).therapiesByID == [therapy(annas).id: therapy(annas)])
    let theirs = try load(needs, of: otherPartner)
    #expect(theirs.therapiesByID == [:] && theirs.takenElsewhere == [therapy(annas).id.text])
  }

  @Test("a history is loaded where the policy of the service has follow-ups wait, and else not")
  func historyFacts() throws {  // B-7
    try store.book([session(1, span(0, 50))])
    let brunos = CarePair(bruno, daria)
    var needs = Needs()
    needs.services = [individual, couple]
    needs.therapies = [annas, brunos]
    needs.careHistories = [annas: individual, brunos: couple]
    #expect(try load(needs).careHistories == [:])
    var settings = AppointmentSettings()
    settings.followUpsAfterFirstSession = true
    let policy = try #require(Policy(appointments: settings))
    try store.apply([.policyPut(PartnerPolicy(policy: policy, version: 1))])
    let facts = try load(needs)
    #expect(facts.careHistories[annas]?.sessions.count == 1)
    #expect(facts.careHistories[brunos] == CareHistory.none)
  }

  private func load(_ needs: Needs, of owner: PartnerID = partner) throws -> Facts {
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: owner, at: noon, into: &facts) }
    return facts
  }
}
