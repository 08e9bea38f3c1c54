internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct FactsTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.apply([.schedulePut(Schedule(therapist: anna, windows: [], version: 1))])
    try store.book([session(1, span(0, 50))])
  }

  private func load(
    _ needs: Needs, of owner: PartnerID = partner, at now: Instant = noon
  ) throws -> Facts {
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: owner, at: now, into: &facts) }
    return facts
  }

  private var everything: Needs {
    var needs = Needs()
    needs.therapists = [anna, TherapistID(rawValue: 99)]
    needs.therapistsWhole = [anna]
    needs.locations = [office]
    needs.servicesWhole = [couple]
    needs.rooms = [redRoom, RoomID(rawValue: 99)]
    needs.clients = [daria]
    needs.appointments = [session(1, span(0, 50)).id]
    return needs
  }

  @Test("what is needed is loaded, and what that refers to")
  func loads() throws {
    let facts = try load(everything)
    #expect(Set(facts.therapists.keys) == [anna, bruno])
    #expect(facts.schedules[anna]?.version == 1)
    #expect(Set(facts.services.keys) == [individual, couple])
    #expect(facts.locations == [office: Fixture.studio])
    #expect(facts.clients == [daria: Fixture.client(daria)])
    #expect(facts.appointments.values.map(\.id) == Array(everything.appointments))
    #expect(facts.roomOwners == [redRoom: office])
    #expect(facts.takenElsewhere == [])
  }

  @Test("a service alone comes without its therapist and locations")
  func serviceAlone() throws {
    var needs = Needs()
    needs.services = [individual]
    let facts = try load(needs)
    #expect(facts.services == [individual: Fixture.service(individual, of: anna)])
    #expect(facts.therapists.isEmpty)
    #expect(facts.locations.isEmpty)
  }

  @Test("of another partner's, nothing is told but that the id is taken")
  func takenElsewhere() throws {
    let facts = try load(everything, of: otherPartner)
    #expect(facts.therapists.isEmpty)
    #expect(facts.schedules.isEmpty)
    #expect(facts.services.isEmpty)
    #expect(facts.locations.isEmpty)
    #expect(facts.clients.isEmpty)
    #expect(facts.appointments.isEmpty)
    #expect(facts.roomOwners.isEmpty)
    #expect(
      facts.takenElsewhere == [
        anna.text, office.text, couple.text, redRoom.text, daria.text,
        session(1, span(0, 50)).id.text,
      ])
  }

  @Test("a diary is the schedule, and what takes time and is not over, nearest first")  // S-13
  func diary() throws {
    let (first, later) = (session(1, span(0, 50)), session(2, span(120, 170)))
    let cancelled = session(3, span(60, 110), state: .cancelledByClient)
    let ofBruno = session(4, span(60, 110), therapist: bruno, client: daria, room: redRoom)
    try store.book([later, session(5, span(-60, -10)), cancelled, ofBruno])
    var needs = Needs()
    needs.therapists = [anna]
    needs.diaries = [anna]
    let facts = try load(needs)
    #expect(facts.schedules[anna]?.version == 1)
    #expect(facts.appointmentsToCome == [anna: [first, later]])
    let lastMs = minute(50).instant.advanced(byMs: -1)
    #expect(try load(needs, at: lastMs).appointmentsToCome == [anna: [first, later]])
    #expect(try load(needs, at: minute(50).instant).appointmentsToCome == [anna: [later]])
    #expect(try load(needs, of: otherPartner).appointmentsToCome == [:])
  }

  @Test("the partner's policy is loaded where it is needed")
  func policy() throws {
    let policy = PartnerPolicy(policy: try #require(Policy(holdMinutes: 5)), version: 1)
    try store.apply([.policyPut(policy)])
    var needs = Needs()
    #expect(try load(needs).partnerPolicy == .unset)
    needs.partnerPolicy = true
    #expect(try load(needs).partnerPolicy == policy)
    #expect(try load(needs, of: otherPartner).partnerPolicy == .unset)
  }

  @Test("a room that left its location is still owned")
  func ownerOfRoomThatLeft() throws {
    var without = Fixture.studio
    without.rooms = []
    try store.apply([.locationPut(without)])
    #expect(try load(everything).roomOwners == [redRoom: office])
  }
}

/// What the writer remembers from one command to the next.
struct FactsMemoryTests {
  private let scratch: Scratch
  private let store: Store
  private struct Undone: Error {}

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func facts(in transaction: StoreTransaction) throws -> Facts {
    var needs = Needs()
    needs.services = [individual]
    needs.clients = [carlo, ClientID(rawValue: 77)]
    var facts = Facts(index: AvailabilityIndex())
    try transaction.snapshot.load(needs, of: partner, at: noon, into: &facts)
    return facts
  }

  private let longer = Fixture.service(individual, of: anna).replacingName("Longer")

  @Test("a service that was changed is known as it is now, in the same transaction too")
  func changed() throws {
    try store.write { transaction throws -> Void in
      #expect(try facts(in: transaction).services[individual]?.name == "Colloquio")
      try transaction.apply([.servicePut(longer)])
      #expect(try facts(in: transaction).services[individual]?.name == "Longer")
    }
    let later = try store.write { try facts(in: $0) }
    #expect(later.services[individual] == longer)
  }

  @Test("what was taken back, by savepoint or transaction, is forgotten")
  func takenBack() throws {
    try store.write { transaction throws -> Void in
      #expect(throws: Undone.self) {
        try transaction.savepoint {
          try transaction.apply([.servicePut(longer)])
          #expect(try facts(in: transaction).services[individual]?.name == "Longer")
          throw Undone()
        }
      }
      #expect(try facts(in: transaction).services[individual]?.name == "Colloquio")
    }
    #expect(throws: Undone.self) {
      try store.write { transaction throws -> Void in
        try transaction.apply([
          .servicePut(longer), .clientRegistered(Fixture.client(ClientID(rawValue: 77))),
        ])
        #expect(try facts(in: transaction).clients.count == 2)
        throw Undone()
      }
    }
    try store.write { transaction throws -> Void in
      #expect(try facts(in: transaction).services[individual]?.name == "Colloquio")
      #expect(Set(try facts(in: transaction).clients.keys) == [carlo])
    }
  }

  @Test("one who was not there is found once they are")
  func registeredLater() throws {
    let late = ClientID(rawValue: 77)
    let before = try store.write { try facts(in: $0) }
    #expect(before.clients[late] == nil)
    try store.apply([.clientRegistered(Fixture.client(late))])
    let after = try store.write { try facts(in: $0) }
    #expect(after.clients[late] == Fixture.client(late))
  }
}

extension HealthcareService {
  fileprivate func replacingName(_ name: String) -> HealthcareService {
    HealthcareService(
      id: id, therapist: therapist, name: name, kind: kind, durationMinutes: durationMinutes,
      price: price, mode: mode, locations: locations, plan: plan,
      gridStepMinutes: gridStepMinutes, fullHoursOnly: fullHoursOnly, version: version)
  }
}
