internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// What is written is read back as it was, by id and with its partner.
struct RecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  @Test("locations, with rooms in their order")
  func locations() throws {
    for location in [Fixture.studio, Fixture.online] {
      let found = try #require(try store.read { try $0.location(location.id) })
      #expect(found.location == location)
      #expect(found.owner == partner)
    }
    var changed = Fixture.studio
    changed.name = "Studio \u{1F9E0} \"'; DROP TABLE rooms"
    changed.address = "Via Nuova 2"
    changed.city = "Łódź"
    changed.rooms = [Room(id: redRoom, name: "Scarlet"), Room(id: blueRoom, name: "Blue")]
    changed.version = 2
    try store.apply([.locationPut(changed)])
    #expect(try store.read { try $0.location(office) }?.location == changed)
  }

  @Test("a room that left keeps its row, since old appointments name it")
  func roomLeaves() throws {
    try store.book([session(1, span(0, 50), room: redRoom)])
    var without = Fixture.studio
    without.rooms = [Room(id: blueRoom, name: "Blue")]
    try store.apply([.locationPut(without)])
    #expect(try store.read { try $0.location(office) }?.location.rooms == without.rooms)
    let kept = try store.read { try $0.appointment(session(1, span(0, 50)).id) }
    #expect(kept?.appointment.room == redRoom)
    try store.apply([.locationPut(Fixture.studio)])
    #expect(try store.read { try $0.location(office) }?.location == Fixture.studio)
  }

  @Test("therapists, with all their lists in order")
  func therapists() throws {
    #expect(try store.read { try $0.therapist(anna) }?.therapist == Fixture.therapist(anna))
    let changed = Therapist(
      id: anna, displayName: "Anna", zoneName: "Europe/Bucharest", languages: ["ro", "en", "it"],
      specialities: [], insurers: ["CNAS", "A"], locations: [video, office],
      grid: try #require(Grid(stepMinutes: 12, fullHoursOnly: true)), version: 2)
    try store.apply([.therapistPut(changed)])
    let found = try #require(try store.read { try $0.therapist(anna) })
    #expect(found.therapist == changed)
    #expect(found.owner == partner)
  }

  @Test("services, with and without a grid of their own")
  func services() throws {
    #expect(
      try store.read { try $0.service(individual) }?.service
        == Fixture.service(individual, of: anna))
    let changed = HealthcareService(
      id: individual, therapist: anna, name: "Coppia", kind: "couple", durationMinutes: 90,
      price: Money(minorUnits: 12_345, currency: try #require(Currency("PLN"))), mode: .online,
      locations: [video, office], plan: .free, gridStepMinutes: 15, fullHoursOnly: true,
      version: 2)
    try store.apply([.servicePut(changed)])
    let found = try #require(try store.read { try $0.service(individual) })
    #expect(found.service == changed)
    #expect(found.owner == partner)
    #expect(try store.read { try $0.services(of: anna) } == [changed])
  }

  @Test("clients, with both consents")  // B-2
  func clients() throws {
    let found = try #require(try store.read { try $0.client(carlo) })
    #expect(found.client == Fixture.client(carlo))
    #expect(found.owner == partner)
  }

  @Test("appointments, as booked and as cancelled, with and without a room")
  func appointments() throws {
    let first = session(1, span(0, 50))
    let roomless = session(
      2, span(70, 120), room: nil, buffers: Buffers(beforeMinutes: 20, afterMinutes: 240))
    try store.book([first, roomless])
    for appointment in [first, roomless] {
      let found = try #require(try store.read { try $0.appointment(appointment.id) })
      #expect(found.appointment == appointment)
      #expect(found.owner == partner)
    }
    let cancelled = first.next(.cancelledByTherapist)
    try store.apply([cancelled.cancelled])
    #expect(try store.read { try $0.appointment(first.id) }?.appointment == cancelled)
  }

  @Test("every transition is kept: who, when and why")
  func transitions() throws {
    let booked = session(1, span(0, 50))
    try store.book([booked])
    let gone = booked.next(.cancelledByClient)
    try store.apply([gone.cancelled])
    let rows = try scratch.rows(
      """
      SELECT version, from_state, to_state, at_ms, actor_role, actor, reason
      FROM appointment_transitions ORDER BY version
      """)
    #expect(
      rows == [
        ["1", "", "SCHEDULED", "\(noon.msSinceEpoch)", "STAFF", "desk", ""],
        [
          "2", "SCHEDULED", "CANCELLED_BY_CLIENT", "\(gone.changedAt.msSinceEpoch)", "CLIENT",
          carlo.text, "ill",
        ],
      ])
  }

  @Test("partners and their keys, those revoked left out")  // E-2
  func keys() throws {
    let keys = ["b", "a", "c"].map {
      StoredKey(prefix: $0, hash: [0, 1, 255], partner: partner, scopes: ["book", "read"])
    }
    try store.write { transaction in
      for key in keys { try transaction.insert(key, at: noon) }
      try transaction.insert(
        StoredKey(prefix: "d", hash: [], partner: otherPartner, scopes: []), at: noon)
    }
    try scratch.tamper("UPDATE api_keys SET revoked_ms = 1 WHERE prefix = 'c'")
    let found = try store.read { try $0.keys() }
    #expect(found.map(\.prefix) == ["a", "b", "d"])
    #expect(found.first == keys[1])
    #expect(found.last?.scopes == [])
    #expect(try store.read { try $0.partners() } == [partner, otherPartner])
  }

  @Test("what is not there is nil")
  func absent() throws {
    try store.read { snapshot throws in
      #expect(try snapshot.appointment(session(1, span(0, 50)).id) == nil)
      #expect(try snapshot.client(ClientID(rawValue: 9)) == nil)
      #expect(try snapshot.therapist(TherapistID(rawValue: 9)) == nil)
      #expect(try snapshot.location(LocationID(rawValue: 9)) == nil)
      #expect(try snapshot.service(ServiceID(rawValue: 9)) == nil)
      #expect(try snapshot.schedule(of: TherapistID(rawValue: 9)) == nil)
    }
  }

  @Test("a client is on a therapist's list by their therapy, of which there is one")  // B-2
  func listed() throws {
    #expect(try store.read { try $0.isListed(carlo, with: anna) } == false)
    try store.apply([begun(anna, carlo)])
    #expect(throws: (any Error).self) { try store.apply([begun(anna, carlo)]) }
    #expect(try store.read { try $0.isListed(carlo, with: anna) })
    #expect(try store.read { try $0.isListed(carlo, with: bruno) } == false)
    #expect(try scratch.count("therapies") == 1)
  }
}
