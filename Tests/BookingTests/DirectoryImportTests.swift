internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct DirectoryImportTests {
  private let newcomer = TherapistID(rawValue: 33)
  private let newService = ServiceID(rawValue: 59)

  private var villaPractice: [DirectoryEntry] {
    var service = Practice.service(newService, of: newcomer, kind: "family", minutes: 90)
    service.locations = [villa]
    return [
      .location(Practice.officeWithRooms.renamed("Villa", id: villa, rooms: []), []),
      .therapist(Practice.therapist(newcomer, at: [villa, office]), []),
      .service(service, []),
      .schedule(Practice.everyDay(newcomer, [(8, 20, villa)])),
    ]
  }

  private func importing(_ entries: [DirectoryEntry]) -> Wanted {
    .putDirectory(Practice.importing(entries))
  }

  @Test("an import is written whole, its parts referring to each other")
  func whole() {
    var practice = Practice()
    let decision = practice.perform(importing(villaPractice))
    #expect(decision.change?.answer == .imported(created: 3, replaced: 0))
    #expect(practice.facts.schedules[newcomer]?.windows.count == 7)
    let session = practice.decide(
      booking(
        inRome("2026-11-24T08:00"), therapist: newcomer, service: newService, location: villa))
    #expect(session.booked?.span.lengthMinutes == 90)
  }

  @Test("what is there is replaced and counted so, schedules included")
  func counts() {
    var practice = Practice()
    practice.perform(importing(villaPractice))
    let again = practice.perform(importing(villaPractice))
    #expect(again.change?.answer == .imported(created: 0, replaced: 4))
    let mixed = practice.decide(
      importing([
        .location(Practice.officeWithRooms, []),
        .location(
          Practice.officeWithRooms.renamed("New", id: LocationID(rawValue: 19), rooms: []), []),
      ]))
    #expect(mixed.change?.answer == .imported(created: 1, replaced: 1))
  }

  @Test("a replaced resource loses what the import does not say, and gains a version")
  func replaces() {
    var practice = Practice()
    let bare = Therapist(
      id: bruno, displayName: "Bruno", zoneName: "Europe/Rome", languages: ["en"],
      specialities: [], insurers: [], locations: [office], grid: .standard, version: 1)
    practice.perform(importing([.therapist(bare, [])]))
    var expected = bare
    expected.version = 2
    #expect(practice.facts.therapists[bruno] == expected)
  }

  @Test("one bad entry, wherever it stands, and nothing is written")
  func allOrNothing() {
    let unknown = LocationID(rawValue: 99)
    let bad = DirectoryEntry.therapist(
      Practice.therapist(TherapistID(rawValue: 34), at: [unknown]), [])
    for position in 0...villaPractice.count {
      var entries = villaPractice
      entries.insert(bad, at: position)
      #expect(
        Practice().decide(importing(entries)).refusal
          == .notFound(id: unknown.text, field: "entries[\(position)].location_ids[0]"))
    }
  }

  @Test("all wrong fields are named at once, before what is not there")
  func allFaults() {
    var online = Practice.online
    online.city = "Roma"
    let bad: [DirectoryEntry] = [
      .therapist(Practice.therapist(newcomer, at: [LocationID(rawValue: 99)]), []),
      .location(online, []),
      .location(
        Location(
          id: villa, name: "Villa", mode: .inPerson, address: "", city: "", rooms: [], version: 1),
        []),
    ]
    guard case .invalid(let faults) = Practice().decide(importing(bad)).refusal else {
      Issue.record("expected wrong fields")
      return
    }
    #expect(
      faults.map(\.field) == ["entries[1].city", "entries[2].address", "entries[2].city"])
  }

  @Test("an import names each resource once")
  func twice() {
    for entry in villaPractice {
      let decision = Practice().decide(importing(villaPractice + [entry]))
      guard case .invalid(let faults) = decision.refusal else {
        Issue.record("expected a wrong field, got \(decision)")
        continue
      }
      #expect(faults.count == 1)
      #expect(faults.allSatisfy { $0.field.hasPrefix("entries[4].") })
    }
  }

  @Test("two locations of an import cannot share a room")
  func sharedRoom() {
    let green = Room(id: RoomID(rawValue: 23), name: "Green")
    let one = Practice.officeWithRooms.renamed("One", id: villa, rooms: [green])
    let two = Practice.officeWithRooms.renamed(
      "Two", id: LocationID(rawValue: 14), rooms: [green])
    #expect(
      Practice().decide(importing([.location(one, []), .location(two, [])])).refusal
        == .idTaken(id: green.id.text, field: "entries[1].rooms[0].id"))
  }

  @Test("a therapist may lose a location together with the service and hours that needed it")
  func losesTogether() {
    var talk = Practice.freeTalk
    talk.mode = .inPerson
    talk.locations = [office]
    let entries: [DirectoryEntry] = [
      .therapist(Practice.therapist(anna, at: [office]), []), .service(talk, []),
      .schedule(Practice.everyDay(anna, [(9, 13, office)])),
    ]
    #expect(
      Practice().decide(importing(entries)).change?.answer == .imported(created: 0, replaced: 3))
  }

  @Test("what another partner has cannot be imported over")
  func takenElsewhere() {
    var practice = Practice()
    practice.facts.takenElsewhere = [newcomer.text]
    #expect(
      practice.decide(importing(villaPractice)).refusal
        == .idTaken(id: newcomer.text, field: "entries[1].id"))
  }
}
