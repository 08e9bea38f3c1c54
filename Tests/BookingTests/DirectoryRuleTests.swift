internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What a put must keep true: of locations and rooms, and between resources.
struct DirectoryRuleTests {
  private func update(_ entry: DirectoryEntry) -> Wanted {
    .putDirectory(
      DirectoryPut(
        entries: [
          DirectoryPut.Entry(path: "it", value: entry, mode: .update(seenVersion: nil))
        ], isImport: false))
  }

  private func faults(_ decision: Decision) -> [String] {
    if case .invalid(let faults) = decision.refusal { faults.map(\.field) } else { [] }
  }

  @Test("an office has address and city; online there is neither, nor a room")
  func modeNeeds() {
    let practice = Practice()
    func create(_ mode: SessionMode, _ text: String, _ rooms: [Room]) -> [String] {
      let location = Location(
        id: villa, name: "Villa", mode: mode, address: text, city: text, rooms: rooms, version: 1)
      return faults(practice.decide(.putDirectory(Practice.importing([.location(location, [])]))))
    }
    let path = "entries[0]"
    let room = Room(id: RoomID(rawValue: 23), name: "Green")
    #expect(create(.inPerson, "", []) == ["\(path).address", "\(path).city"])
    #expect(create(.online, "x", [room]) == ["address", "city", "rooms"].map { "\(path).\($0)" })
    #expect(create(.inPerson, "x", [room]) == [])
    #expect(create(.online, "", []) == [])
  }

  @Test("a location's mode cannot change")
  func modeStays() {
    let practice = Practice()
    var location = Practice.officeWithRooms
    location.mode = .online
    location.address = ""
    location.city = ""
    location.rooms = []
    let entry = DirectoryEntry.location(location, []).whole
    #expect(faults(practice.decide(update(entry))) == ["it.mode"])
    #expect(
      faults(practice.decide(.putDirectory(Practice.importing([entry])))) == ["entries[0].mode"])
    // A mode that is not named does not count.
    let renaming = DirectoryEntry.location(location, [.name])
    #expect(practice.decide(update(renaming)).change != nil)
  }

  @Test("a room stays until its last appointment to come has ended")  // S-10
  func busyRoomStays() throws {
    var practice = Practice()
    let session = try #require(
      practice.perform(booking(inRome("2026-11-24T10:00"), room: redRoom)).booked)
    let without = Practice.officeWithRooms.renamed(
      "Studio", id: office, rooms: [Room(id: blueRoom, name: "Blue")])
    let wish = update(.location(without, [.rooms]))

    let inUse = Refusal.inUse(id: redRoom.text, by: "appointments to come", field: "it.rooms")
    #expect(practice.decide(wish).refusal == inUse)
    practice.now = session.span.end.instant.advanced(byMs: -1)
    #expect(practice.decide(wish).refusal == inUse)
    practice.now = session.span.end.instant
    #expect(practice.decide(wish).change != nil)

    practice.now = inRome("2026-11-23T09:00").instant
    practice.perform(cancelling(session.id))
    #expect(practice.decide(wish).change != nil)
  }

  @Test("a room belongs to one location, of one partner")
  func roomOwners() {
    var practice = Practice()
    let foreignRoom = RoomID(rawValue: 29)
    practice.facts.takenElsewhere = [foreignRoom.text]
    for room in [redRoom, foreignRoom] {
      let location = Practice.officeWithRooms.renamed(
        "Villa", id: villa,
        rooms: [Room(id: RoomID(rawValue: 23), name: "Green"), Room(id: room, name: "Mine")])
      let decision = practice.decide(
        .putDirectory(Practice.importing([.location(location, [])])))
      #expect(decision.refusal == .idTaken(id: room.text, field: "entries[0].rooms[1].id"))
    }
  }

  @Test("rooms can be renamed, put in another order, and join")
  func roomsChange() {
    let rooms = [
      Room(id: RoomID(rawValue: 23), name: "Green"), Room(id: redRoom, name: "Scarlet"),
      Room(id: blueRoom, name: "Blue"),
    ]
    let location = Practice.officeWithRooms.renamed("Studio", id: office, rooms: rooms)
    var practice = Practice()
    practice.perform(update(.location(location, [.rooms])))
    #expect(practice.facts.locations[office]?.rooms == rooms)
    #expect(
      practice.decide(booking(inRome("2026-11-24T10:00"))).booked?.room == rooms[0].id)
  }

  @Test("a therapist works at locations that are there")
  func therapistLocations() {
    let therapist = Practice.therapist(anna, at: [office, villa, video])
    #expect(
      Practice().decide(update(.therapist(therapist, [.locations]))).refusal
        == .notFound(id: villa.text, field: "it.location_ids[1]"))
  }

  @Test("a location leaves a therapist only when no service, window or exception needs it")
  func dependents() {
    var practice = Practice()
    let without = update(.therapist(Practice.therapist(anna, at: [office]), [.locations]))
    #expect(
      practice.decide(without).refusal
        == .inUse(id: video.text, by: firstTalk.text, field: "it.location_ids"))
    practice.facts.services[firstTalk] = nil
    #expect(
      practice.decide(without).refusal
        == .inUse(id: video.text, by: "the weekly schedule", field: "it.location_ids"))
    practice.perform(
      .putDirectory(
        Practice.importing([.schedule(Practice.everyDay(anna, [(9, 13, office)]))])))
    practice.perform(changing(.addExceptions([closed(1, "2026-12-24", at: video)])))
    #expect(
      practice.decide(without).refusal
        == .inUse(id: video.text, by: "exceptions of the schedule", field: "it.location_ids"))
    practice.perform(changing(.removeExceptions([exceptionID(1)])))
    practice.perform(changing(.addExceptions([closed(2, "2026-12-24", at: office)])))
    #expect(practice.decide(without).change != nil)
  }

  @Test("a service is of a therapist who is there, and stays with them")
  func serviceTherapist() {
    let practice = Practice()
    let id = ServiceID(rawValue: 59)
    let orphan = Practice.service(id, of: foreigner, kind: "x", minutes: 50)
    #expect(
      practice.decide(.putDirectory(Practice.importing([.service(orphan, [])]))).refusal
        == .notFound(id: foreigner.text, field: "entries[0].therapist_id"))
    let moved = Practice.service(individual, of: bruno, kind: "individual", minutes: 50)
    #expect(faults(practice.decide(update(.service(moved, [.therapist])))) == ["it.therapist_id"])
    // A therapist that is not named does not count.
    #expect(practice.decide(update(.service(moved, [.name]))).change != nil)
  }

  @Test("a service is offered at its therapist's locations, of its own mode")
  func serviceLocations() {
    let practice = Practice()
    var service = Practice.coupleSession
    service.locations = [office, video]
    #expect(
      faults(practice.decide(update(.service(service, [.locations])))) == ["it.location_ids[1]"])
    service = Practice.individualSession
    service.locations = [office, video]
    #expect(
      faults(practice.decide(update(.service(service, [.locations])))) == ["it.location_ids[1]"])
    service.locations = [villa]
    #expect(
      practice.decide(update(.service(service, [.locations]))).refusal
        == .notFound(id: villa.text, field: "it.location_ids[0]"))
    service.mode = .online
    #expect(faults(practice.decide(update(.service(service, [.mode])))) == ["it.location_ids[0]"])
  }

  @Test("what is free costs nothing")  // P-1
  func freePrice() {
    var service = Practice.individualSession
    service.plan = .free
    service.price = euro(1)
    let practice = Practice()
    #expect(
      faults(practice.decide(update(.service(service, [.plan])))) == ["it.price.minor_units"])
    service.price = euro(0)
    #expect(practice.decide(update(.service(service, [.plan, .price]))).change != nil)
  }

  @Test("an imported schedule is of a therapist who is there, at their locations")  // S-8
  func scheduleReferences() {
    let practice = Practice()
    #expect(
      practice.decide(update(.schedule(Practice.everyDay(foreigner, [(9, 13, office)])))).refusal
        == .notFound(id: foreigner.text, field: "it.therapist_id"))
    let windows = [(9, 13, office), (14, 18, video)].map {
      Practice.everyDay(bruno, [$0]).windows[0]
    }
    let schedule = Schedule(
      therapist: bruno, windows: windows,
      exceptions: [
        closed(1, "2026-12-26", at: video), closed(2, "2026-12-24", at: office),
        closed(3, "2026-12-24"),
      ],
      version: 1)
    #expect(
      faults(practice.decide(update(.schedule(schedule))))
        == ["it.windows[1].location_id", "it.exceptions[0].location_id"])
  }
}
