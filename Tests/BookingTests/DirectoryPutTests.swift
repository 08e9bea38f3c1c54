internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// One entry at a time: creating, updating by mask, versions.
struct DirectoryPutTests {
  private func put(_ entry: DirectoryEntry, _ mode: DirectoryPut.Mode) -> Wanted {
    .putDirectory(
      DirectoryPut(
        entries: [DirectoryPut.Entry(path: "it", value: entry, mode: mode)], isImport: false))
  }

  private func written(_ decision: Decision) -> DirectoryEntry? {
    if case .directory(let entry, _) = decision.change?.answer { entry } else { nil }
  }

  @Test("what is created stands at version 1, and is told as created")
  func creates() throws {
    let practice = Practice()
    var location = Practice.officeWithRooms.renamed("Villa", id: villa, rooms: [])
    location.version = 77
    let decision = practice.decide(put(.location(location, []).whole, .create))
    location.version = 1
    #expect(
      decision.change
        == Change(
          events: [.locationPut(location)],
          answer: .directory(DirectoryEntry.location(location, []).whole, created: true)))
  }

  @Test("a new therapist begins with an empty schedule")
  func emptySchedule() throws {
    let id = TherapistID(rawValue: 33)
    let therapist = Practice.therapist(id, at: [office])
    let change = try #require(
      Practice().decide(put(.therapist(therapist, []).whole, .create)).change)
    #expect(
      change.events == [
        .therapistPut(therapist),
        .schedulePut(Schedule(therapist: id, windows: [], version: 1)),
      ])
    #expect(
      change.answer == .directory(DirectoryEntry.therapist(therapist, []).whole, created: true))
  }

  @Test("a therapist who is there keeps the schedule that is there")
  func keepsSchedule() throws {
    let change = try #require(
      Practice().decide(
        put(
          .therapist(Practice.therapist(anna, at: [office, video]), []).whole,
          .update(seenVersion: nil))
      ).change)
    #expect(change.events.count == 1)
  }

  @Test("an id that is taken, here or elsewhere, is not created")
  func takenID() {
    var practice = Practice()
    practice.facts.takenElsewhere = [villa.text]
    for id in [office, villa] {
      let location = Practice.officeWithRooms.renamed("Villa", id: id, rooms: [])
      for mode in id == office ? [DirectoryPut.Mode.create] : [.create, .replace] {
        let decision = practice.decide(put(.location(location, []).whole, mode))
        #expect(decision.refusal == .idTaken(id: id.text, field: "it.id"))
      }
    }
  }

  @Test("an update of what is not there is refused, another partner's too")
  func updatesNothing() {
    var practice = Practice()
    practice.facts.takenElsewhere = [villa.text]
    let location = Practice.officeWithRooms.renamed("Villa", id: villa, rooms: [])
    let decision = practice.decide(
      put(.location(location, []).whole, .update(seenVersion: nil)))
    #expect(decision.refusal == .notFound(id: villa.text, field: "it.id"))
  }

  @Test("a version that was seen must be the current one; each write adds one")  // B-14
  func versions() {
    var practice = Practice()
    let entry = DirectoryEntry.service(Practice.individualSession, [.name])
    func version(_ decision: Decision) -> Int64? {
      if case .service(let service, _) = written(decision) { service.version } else { nil }
    }
    #expect(version(practice.perform(put(entry, .update(seenVersion: 1)))) == 2)
    #expect(
      practice.decide(put(entry, .update(seenVersion: 1))).refusal
        == .staleVersion(id: individual.text, seen: 1, current: 2))
    #expect(
      practice.decide(put(entry, .update(seenVersion: 3))).refusal
        == .staleVersion(id: individual.text, seen: 3, current: 2))
    #expect(version(practice.perform(put(entry, .update(seenVersion: nil)))) == 3)
    #expect(version(practice.perform(put(entry, .replace))) == 4)
  }

  @Test(
    "an update of a location takes the fields that it names, and no other",
    arguments: [
      LocationField.name, .address, .city, .rooms,
    ])
  func locationMask(_ field: LocationField) {
    let old = Practice.officeWithRooms
    let other = Location(
      id: office, name: "Other", mode: .inPerson, address: "Via Nuova 2", city: "Milano",
      rooms: [], version: 1)
    var expected = old
    switch field {
    case .name: expected.name = other.name
    case .mode: break
    case .address: expected.address = other.address
    case .city: expected.city = other.city
    case .rooms: expected.rooms = other.rooms
    }
    expected.version = 2
    let decision = Practice().decide(put(.location(other, [field]), .update(seenVersion: nil)))
    #expect(written(decision) == .location(expected, [field]))
    #expect(decision.change?.events == [.locationPut(expected)])
  }

  @Test(
    "an update of a therapist takes the fields that it names, and no other",
    arguments: TherapistField.allCases)
  func therapistMask(_ field: TherapistField) throws {
    let old = Practice.therapist(anna, at: [office, video])
    let grid = try #require(Grid(stepMinutes: 15, fullHoursOnly: true))
    let other = Therapist(
      id: anna, displayName: "Other", email: EmailAddress("other@example.pl"),
      zoneName: "Europe/Warsaw", languages: ["pl"],
      specialities: ["grief"], insurers: ["NFZ"], locations: [video, office], grid: grid,
      policy: try #require(Policy(dailyCap: .most(5))), version: 1)
    var expected = old
    switch field {
    case .displayName: expected.displayName = other.displayName
    case .email: expected.email = other.email
    case .zoneName: expected.zoneName = other.zoneName
    case .languages: expected.languages = other.languages
    case .specialities: expected.specialities = other.specialities
    case .insurers: expected.insurers = other.insurers
    case .locations: expected.locations = other.locations
    case .gridMinutes: expected.grid = try #require(Grid(stepMinutes: 15, fullHoursOnly: false))
    case .fullHoursOnly: expected.grid = try #require(Grid(stepMinutes: 30, fullHoursOnly: true))
    case .policy: expected.policy = other.policy
    }
    expected.version = 2
    let decision = Practice().decide(put(.therapist(other, [field]), .update(seenVersion: nil)))
    #expect(written(decision) == .therapist(expected, [field]))
  }

  @Test(
    "an update of a service takes the fields that it names, and no other",
    arguments: [
      HealthcareServiceField.therapist, .name, .kind, .durationMinutes, .price, .gridMinutes,
      .fullHoursOnly, .bufferBeforeMinutes, .bufferAfterMinutes, .policy,
    ])
  func serviceMask(_ field: HealthcareServiceField) throws {
    let old = Practice.individualSession
    let other = HealthcareService(
      id: individual, therapist: anna, name: "Other", kind: "family", durationMinutes: 90,
      price: euro(9_900), mode: .online, locations: [video], plan: .free, gridStepMinutes: 10,
      fullHoursOnly: true, buffers: Buffers(beforeMinutes: 5, afterMinutes: 15),
      policy: try #require(Policy(clientHorizonMonths: 2)), version: 1)
    var expected = old
    switch field {
    case .therapist, .mode, .locations, .plan: break
    case .name: expected.name = other.name
    case .kind: expected.kind = other.kind
    case .durationMinutes: expected.durationMinutes = other.durationMinutes
    case .price: expected.price = other.price
    case .gridMinutes: expected.gridStepMinutes = other.gridStepMinutes
    case .fullHoursOnly: expected.fullHoursOnly = other.fullHoursOnly
    case .bufferBeforeMinutes: expected.buffers = Buffers(beforeMinutes: 5, afterMinutes: 0)
    case .bufferAfterMinutes: expected.buffers = Buffers(beforeMinutes: 0, afterMinutes: 15)
    case .policy: expected.policy = other.policy
    }
    expected.version = 2
    let decision = Practice().decide(put(.service(other, [field]), .update(seenVersion: nil)))
    #expect(written(decision) == .service(expected, [field]))
  }

  @Test("mode and locations of a service change together")
  func serviceChangesMode() {
    var online = Practice.individualSession
    online.mode = .online
    online.locations = [video]
    let decision = Practice().decide(
      put(.service(online, [.mode, .locations]), .update(seenVersion: nil)))
    online.version = 2
    #expect(written(decision) == .service(online, [.mode, .locations]))
  }
}

extension Location {
  func renamed(_ name: String, id: LocationID, rooms: [Room]) -> Location {
    Location(
      id: id, name: name, mode: mode, address: address, city: city, rooms: rooms, version: 1)
  }
}
