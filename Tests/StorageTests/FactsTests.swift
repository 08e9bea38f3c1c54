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

  private func load(_ needs: Needs, of owner: PartnerID = partner) throws -> Facts {
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: owner, into: &facts) }
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

  @Test("a room that left its location is still owned")
  func ownerOfRoomThatLeft() throws {
    var without = Fixture.studio
    without.rooms = []
    try store.apply([.locationPut(without)])
    #expect(try load(everything).roomOwners == [redRoom: office])
  }
}
