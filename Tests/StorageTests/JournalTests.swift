internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct EventTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func positions(_ scratch: Scratch, of owner: PartnerID) throws -> [Int] {
    try scratch.rows(
      "SELECT position FROM events WHERE partner_id = '\(owner.text)' ORDER BY position"
    ).compactMap { Int($0[0]) }
  }

  @Test("each partner's events count 1, 2, 3, without a gap, whatever the other does")  // E-1
  func gapless() throws {
    let theirs = Location(
      id: LocationID(rawValue: 19), name: "Theirs", mode: .online, address: "", city: "",
      rooms: [], version: 1)
    for number in 0..<5 {
      try store.book([session(UInt128(number), span(Int32(number) * 60, Int32(number) * 60 + 50))])
      try store.apply([.locationPut(theirs)], of: otherPartner)
      // What throws takes no position.
      #expect(throws: (any Error).self) {
        try store.book([session(90, span(900, 950)), session(91, span(900, 950))])
      }
    }
    #expect(try positions(scratch, of: partner) == Array(1...(Fixture.events.count + 5)))
    #expect(try positions(scratch, of: otherPartner) == Array(1...5))
  }

  @Test("an event says what happened to what, at which version, by whom and when")  // E-1, E-3
  func content() throws {
    let booked = session(1, span(0, 50))
    try store.apply(
      [begun(anna, carlo), booked.booked], by: .client(carlo),
      at: noon.advanced(byMs: 7))
    try store.apply(
      [booked.next(.cancelledByTherapist).cancelled],
      by: .therapist(anna), at: noon.advanced(byMs: 9))
    let rows = try scratch.rows(
      """
      SELECT kind, subject_id, subject_version, actor_role, actor, at_ms FROM events
      WHERE position > \(Fixture.events.count) ORDER BY position
      """)
    let (first, second) = ("\(noon.msSinceEpoch + 7)", "\(noon.msSinceEpoch + 9)")
    #expect(
      rows == [
        ["THERAPY_BEGUN", therapyID(anna, carlo).text, "1", "CLIENT", carlo.text, first],
        ["APPOINTMENT_BOOKED", booked.id.text, "1", "CLIENT", carlo.text, first],
        ["APPOINTMENT_CANCELLED", booked.id.text, "2", "THERAPIST", anna.text, second],
      ])
  }

  @Test("every kind of event is written under a name of its own")  // E-1
  func kinds() throws {
    try store.apply([
      .schedulePut(Schedule(therapist: anna, windows: [], version: 1)),
      .policyPut(PartnerPolicy(policy: .unset, version: 1)),
    ])
    let kinds = try scratch.rows("SELECT DISTINCT kind FROM events ORDER BY kind").map { $0[0] }
    #expect(
      kinds == [
        "CLIENT_REGISTERED", "LOCATION_PUT", "POLICY_PUT", "SCHEDULE_PUT", "SERVICE_PUT",
        "THERAPIST_PUT",
      ])
  }
}

struct OutboxTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private let first = session(1, span(0, 50))
  private var confirmations: [Effect] {
    [
      .message(Notice(.bookingConfirmed, to: .client(carlo), about: .appointment(first.id))),
      .message(Notice(.bookingConfirmed, to: .therapist(anna), about: .appointment(first.id))),
    ]
  }

  @Test("a message is promised in the transaction of what it tells")  // N-4
  func promised() throws {
    try store.apply([first.booked], effects: confirmations)
    let rows = try scratch.rows(
      """
      SELECT event_position, ordinal, kind, recipient_id, subject_id, at_ms, state FROM outbox
      ORDER BY ordinal
      """)
    let position = "\(Fixture.events.count + 1)"
    let at = "\(noon.msSinceEpoch)"
    #expect(
      rows == [
        [position, "0", "BOOKING_CONFIRMED", carlo.text, first.id.text, at, "PENDING"],
        [position, "1", "BOOKING_CONFIRMED", anna.text, first.id.text, at, "PENDING"],
      ])
  }

  @Test("when the transaction throws, its messages are gone with it")  // N-4
  func goneWithIt() throws {
    struct PowerCut: Error {}
    #expect(throws: PowerCut.self) {
      try store.write { transaction in
        try transaction.apply([first.booked], effects: confirmations)
        throw PowerCut()
      }
    }
    #expect(try scratch.count("outbox") == 0)
    #expect(try scratch.count("appointments") == 0)
    #expect(try scratch.count("events") == Fixture.events.count)
  }

  @Test("messages of several changes in one transaction stand side by side")  // N-4
  func severalChanges() throws {
    let gone = first.next(.cancelledByClient)
    try store.write { transaction in
      try transaction.apply([first.booked], effects: confirmations)
      try transaction.apply(
        [gone.cancelled],
        effects: [
          .message(Notice(.appointmentCancelled, to: .client(carlo), about: .appointment(first.id)))
        ])
    }
    let kinds = try scratch.rows("SELECT kind FROM outbox ORDER BY event_position, ordinal")
    #expect(
      kinds == [["BOOKING_CONFIRMED"], ["BOOKING_CONFIRMED"], ["APPOINTMENT_CANCELLED"]])
  }
}

struct OutcomeTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private let key = OutcomeKey(partner: partner, method: "Book", idempotencyKey: "k")
  private let outcome = StoredOutcome(digest: [1, 2, 0, 255], reply: [9])

  @Test("an outcome is kept under partner, method and key: another of any finds none")  // B-13
  func keptUnderAllThree() throws {
    try store.write { try $0.keep(outcome, under: key, at: noon) }
    try store.read { snapshot throws in
      #expect(try snapshot.outcome(of: key) == outcome)
      for other in [
        OutcomeKey(partner: otherPartner, method: "Book", idempotencyKey: "k"),
        OutcomeKey(partner: partner, method: "Cancel", idempotencyKey: "k"),
        OutcomeKey(partner: partner, method: "Book", idempotencyKey: "K"),
      ] {
        #expect(try snapshot.outcome(of: other) == nil)
      }
    }
    // Each may have its own.
    let theirs = StoredOutcome(digest: [], reply: [])
    let theirKey = OutcomeKey(partner: otherPartner, method: "Book", idempotencyKey: "k")
    try store.write { try $0.keep(theirs, under: theirKey, at: noon) }
    #expect(try store.read { try $0.outcome(of: theirKey) } == theirs)
    #expect(try store.read { try $0.outcome(of: key) } == outcome)
  }

  @Test("the first outcome of a key stays: a second is not written over it")  // B-13
  func firstStays() throws {
    try store.write { try $0.keep(outcome, under: key, at: noon) }
    #expect(throws: (any Error).self) {
      try store.write {
        try $0.keep(StoredOutcome(digest: [7], reply: [8]), under: key, at: noon)
      }
    }
    #expect(try store.read { try $0.outcome(of: key) } == outcome)
  }

  @Test("an outcome is seen by the commands that follow in its batch")  // B-13
  func seenInBatch() throws {
    try store.write { transaction in
      try transaction.savepoint { try transaction.keep(outcome, under: key, at: noon) }
      #expect(try transaction.snapshot.outcome(of: key) == outcome)
    }
  }

  @Test("an outcome is kept for 30 days, and forgotten after")  // B-13
  func thirtyDays() throws {
    try store.write { try $0.keep(outcome, under: key, at: noon) }
    let thirtyDays = noon.advanced(byMs: 30 * 86_400_000)
    try store.write { try $0.forgetOutcomes(at: thirtyDays) }
    #expect(try store.read { try $0.outcome(of: key) } == outcome)
    try store.write { try $0.forgetOutcomes(at: thirtyDays.advanced(byMs: 1)) }
    #expect(try store.read { try $0.outcome(of: key) } == nil)
    // The key may then be used for something else.
    let other = StoredOutcome(digest: [3], reply: [4])
    try store.write { try $0.keep(other, under: key, at: thirtyDays) }
    #expect(try store.read { try $0.outcome(of: key) } == other)
  }
}
