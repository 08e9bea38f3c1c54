internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct HoldRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func kept(_ hold: Hold) throws -> (owner: PartnerID, hold: Hold)? {
    try store.read { try $0.hold(hold.id) }
  }

  /// "" for one that is forgotten.
  private func states(_ holds: Hold...) throws -> [String] {
    try holds.map { hold in
      try scratch.rows("SELECT state FROM holds WHERE id = '\(hold.id.text)'").first?.first ?? ""
    }
  }

  @Test("a hold is read back as it was taken, with and without room and client")  // S-12
  func readBack() throws {
    let whole = held(
      1, span(0, 50), buffers: Buffers(beforeMinutes: 5, afterMinutes: 15))
    let bare = held(2, span(100, 150), client: nil, room: nil)
    try store.apply([.holdTaken(whole), .holdTaken(bare)])
    for hold in [whole, bare] {
      let found = try kept(hold)
      #expect(found?.owner == partner)
      #expect(found?.hold == hold)
    }
    #expect(try store.read { try $0.hold(HoldID(rawValue: 9)) } == nil)
  }

  @Test("each step is an event; that one lapsed is none, since its deadline was told")  // S-12
  func events() throws {
    let (first, second, third) = (
      held(1, span(0, 50)), held(2, span(100, 150)), held(3, span(200, 250))
    )
    let renewed = held(1, span(0, 50), minutes: 20)
    let booked = session(1, span(0, 50))
    let before = Fixture.events.count
    try store.apply([.holdTaken(first), .holdTaken(second), .holdTaken(third)])
    try store.apply([.holdRenewed(renewed)])
    try store.apply([.holdBooked(renewed, by: booked.id), booked.booked])
    try store.apply([.holdReleased(second), .holdLapsed(third.id)])
    #expect(
      try scratch.rows(
        "SELECT kind, subject_id, related_id FROM events WHERE position > \(before) ORDER BY position"
      ) == [
        ["HOLD_TAKEN", first.id.text, ""], ["HOLD_TAKEN", second.id.text, ""],
        ["HOLD_TAKEN", third.id.text, ""], ["HOLD_RENEWED", first.id.text, ""],
        ["HOLD_BOOKED", first.id.text, booked.id.text],
        ["APPOINTMENT_BOOKED", booked.id.text, ""], ["HOLD_RELEASED", second.id.text, ""],
      ])
    #expect(try kept(first)?.hold.expiresAt == renewed.expiresAt)
    #expect(try states(first, second, third) == ["BOOKED", "RELEASED", "LAPSED"])
  }

  @Test("what is over is neither renewed nor ended again")
  func over() throws {
    let hold = held(1, span(0, 50))
    try store.apply([.holdTaken(hold), .holdReleased(hold)])
    let lost = StoreError.lostUpdate(table: "holds", id: hold.id.text)
    for event in [Event.holdRenewed(hold), .holdReleased(hold), .holdLapsed(hold.id)] {
      #expect(throws: lost) { try store.apply([event]) }
    }
    #expect(try states(hold) == ["RELEASED"])
  }

  @Test("for the index, all that is written down as held: also what has lapsed since")  // S-12
  func forIndex() throws {
    let (first, second) = (held(1, span(0, 50)), held(2, span(100, 150), client: nil, room: nil))
    let gone = held(3, span(200, 250))
    try store.apply([
      .holdTaken(first), .holdTaken(second), .holdTaken(gone), .holdReleased(gone),
    ])
    var found: Set<HeldTime> = []
    try scratch.open().read { try $0.forEachHeldTime { found.insert($0) } }
    #expect(found == [first.heldTime, second.heldTime])
  }

  @Test("what has lapsed is cleared away at its deadline, and forgotten 30 days later")  // S-12
  func clearing() throws {
    let (short, long) = (held(1, span(0, 50)), held(2, span(100, 150), minutes: 60))
    try store.apply([.holdTaken(short), .holdTaken(long)])
    func clear(at instant: Instant) throws -> [HeldTime] {
      try store.write { try $0.clearHolds(at: instant) }
    }
    #expect(try clear(at: short.expiresAt.advanced(byMs: -1)) == [])
    #expect(try clear(at: short.expiresAt) == [short.heldTime])
    #expect(try clear(at: short.expiresAt) == [])
    #expect(try states(short, long) == ["LAPSED", "HELD"])
    let later = short.expiresAt.advanced(byMs: StoreTransaction.holdsKeptMs)
    #expect(try clear(at: later) == [long.heldTime])
    #expect(try states(short) == ["LAPSED"])
    _ = try clear(at: later.advanced(byMs: 1))
    #expect(try states(short, long) == ["", "LAPSED"])
  }

  @Test("facts have a hold, and where it is to be renewed its service with what holds for it")
  func facts() throws {
    let hold = held(1, span(0, 50))
    try store.apply([.holdTaken(hold)])
    var needs = Needs()
    needs.holds = [hold.id]
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
    #expect(facts.holds == [hold.id: hold])
    #expect(facts.services.isEmpty && facts.therapists.isEmpty)

    needs = Needs()
    needs.holdsWhole = [hold.id]
    try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
    #expect(facts.holds == [hold.id: hold])
    #expect(Set(facts.services.keys) == [individual])
    #expect(facts.policies[individual]?.holdMinutes == 10)

    try store.read { try $0.load(needs, of: otherPartner, at: noon, into: &facts) }
    #expect(facts.holds.isEmpty)
    #expect(facts.takenElsewhere == [hold.id.text])
  }

  @Test("what was overridden stands with the step that booked")  // S-6
  func overridden() throws {
    let appointment = session(1, span(0, 50))
    let transition = Transition(
      appointment: appointment.id, version: 1, step: .booked, from: nil, to: .scheduled, at: noon,
      by: desk, overridden: [.offGrid, .outsideLocationHours])
    try store.apply([.appointmentBooked(appointment, transition)])
    try store.book([session(2, span(100, 150))])
    #expect(
      try scratch.rows(
        "SELECT overridden FROM appointment_transitions ORDER BY appointment_id")
        == [["OUTSIDE_LOCATION_HOURS,OFF_GRID"], [""]])
  }
}
