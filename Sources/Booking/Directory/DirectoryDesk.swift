internal import Accounting
internal import Availability
internal import Intervals

/// Writes of the directory: all entries of a put are taken, or none.
enum DirectoryDesk {
  static func needs(_ put: DirectoryPut) -> Needs {
    var needs = Needs()
    for entry in put.entries {
      switch entry.value {
      case .location(let location, _):
        needs.locations.insert(location.id)
        needs.rooms.formUnion(location.rooms.map(\.id))
      case .therapist(let therapist, _):
        needs.therapists.insert(therapist.id)
        needs.therapistsWhole.insert(therapist.id)
        needs.locations.formUnion(therapist.locations)
      case .service(let service, _):
        needs.servicesWhole.insert(service.id)
        needs.therapists.insert(service.therapist)
        needs.locations.formUnion(service.locations)
      case .schedule(let schedule):
        needs.therapists.insert(schedule.therapist)
        needs.therapistsWhole.insert(schedule.therapist)
      }
    }
    return needs
  }

  static func decide(_ put: DirectoryPut, facts: Facts, stamp: Stamp) -> Decision {
    var draft = DirectoryDraft(facts: facts, now: stamp.at)
    for entry in put.entries { draft.take(entry) }
    draft.checkReferences(of: put.entries)
    if let refusal = draft.refusal { return .refuse(refusal) }
    let answer: Answer
    if put.isImport {
      answer = .imported(created: draft.created, replaced: draft.replaced)
    } else if let only = draft.written.last, draft.written.count == 1 {
      answer = .directory(only, created: draft.created == 1)
    } else {
      preconditionFailure("a put that is no import has one entry")
    }
    return .change(Change(events: draft.events, answer: answer))
  }
}

/// The directory as it would be after a put, and what is wrong with it.
struct DirectoryDraft {
  private(set) var facts: Facts
  let now: Instant
  private(set) var events: [Event] = []
  private(set) var written: [DirectoryEntry] = []
  private(set) var created = 0
  private(set) var replaced = 0
  private var faults: [FieldFault] = []
  private var firstRefusal: Refusal?
  private var seen: Set<String> = []
  private var newTherapists: Set<TherapistID> = []

  init(facts: Facts, now: Instant) {
    self.facts = facts
    self.now = now
  }

  /// Nil when all is well. Wrong fields come first, all at once: what is not there may follow from
  /// them.
  var refusal: Refusal? {
    faults.isEmpty ? firstRefusal : .invalid(faults)
  }

  mutating func take(_ entry: DirectoryPut.Entry) {
    switch entry.value {
    case .location(let location, let fields): take(location, fields, entry)
    case .therapist(let therapist, let fields): take(therapist, fields, entry)
    case .service(let service, let fields): take(service, fields, entry)
    case .schedule(let schedule): take(schedule, entry)
    }
  }

  private mutating func take(
    _ location: Location, _ fields: Set<LocationField>, _ entry: DirectoryPut.Entry
  ) {
    let old = facts.locations[location.id]
    guard let version = nextVersion(of: location.id.text, old: old?.version, entry) else { return }
    var new = old?.taking(fields, from: location) ?? location
    new.version = version
    if let old {
      if new.mode != old.mode {
        fault("\(entry.path).mode", "expected the mode that the location has: it cannot change")
        return
      }
      keepBusyRooms(of: old, in: new, path: entry.path)
    }
    checkMode(of: new, path: entry.path)
    for (index, room) in new.rooms.enumerated() {
      let owner = facts.roomOwners[room.id]
      if owner != nil && owner != new.id || facts.takenElsewhere.contains(room.id.text) {
        refuse(.idTaken(id: room.id.text, field: "\(entry.path).rooms[\(index)].id"))
      }
      // Two locations of one import may not share a room either.
      facts.roomOwners[room.id] = new.id
    }
    facts.locations[new.id] = new
    record(.location(new, fields), .locationPut(new), isNew: old == nil)
  }

  /// What belongs to an office is there in person, and is not online.
  private mutating func checkMode(of location: Location, path: String) {
    switch location.mode {
    case .inPerson:
      if location.address.isEmpty { fault("\(path).address", "expected a street address") }
      if location.city.isEmpty { fault("\(path).city", "expected a city") }
    case .online:
      if !location.address.isEmpty { fault("\(path).address", "expected none online") }
      if !location.city.isEmpty { fault("\(path).city", "expected none online") }
      if !location.rooms.isEmpty { fault("\(path).rooms", "expected none online") }
    }
  }

  private mutating func keepBusyRooms(of old: Location, in new: Location, path: String) {
    let kept = Set(new.rooms.map(\.id))
    for room in old.rooms where !kept.contains(room.id) {
      let isBusy = facts.index.busy(of: room.id).isTaken(after: now)
      if isBusy {
        refuse(.inUse(id: room.id.text, by: "appointments to come", field: "\(path).rooms"))
      }
    }
  }

  private mutating func take(
    _ therapist: Therapist, _ fields: Set<TherapistField>, _ entry: DirectoryPut.Entry
  ) {
    let old = facts.therapists[therapist.id]
    guard let version = nextVersion(of: therapist.id.text, old: old?.version, entry) else { return }
    var new = old?.taking(fields, from: therapist) ?? therapist
    new.version = version
    facts.therapists[new.id] = new
    record(.therapist(new, fields), .therapistPut(new), isNew: old == nil)
    if old == nil {
      let empty = Schedule(therapist: new.id, windows: [], version: 1)
      facts.schedules[new.id] = empty
      newTherapists.insert(new.id)
      events.append(.schedulePut(empty))
    }
  }

  private mutating func take(
    _ service: HealthcareService, _ fields: Set<HealthcareServiceField>, _ entry: DirectoryPut.Entry
  ) {
    let old = facts.services[service.id]
    guard let version = nextVersion(of: service.id.text, old: old?.version, entry) else { return }
    if let old, fields.contains(.therapist), old.therapist != service.therapist {
      fault("\(entry.path).therapist_id", "expected \(old.therapist): it cannot change")
      return
    }
    var new = old?.taking(fields, from: service) ?? service
    new.version = version
    if new.plan == .free && !new.price.isZero {
      fault("\(entry.path).price.minor_units", "expected 0 with the payment plan FREE")
    }
    facts.services[new.id] = new
    record(.service(new, fields), .servicePut(new), isNew: old == nil)
  }

  private mutating func take(_ schedule: Schedule, _ entry: DirectoryPut.Entry) {
    guard facts.therapists[schedule.therapist] != nil, let old = facts.schedules[schedule.therapist]
    else {
      refuse(.notFound(id: schedule.therapist.text, field: "\(entry.path).therapist_id"))
      return
    }
    // A therapist who is imported in the same call has an empty schedule by now.
    guard
      let version = nextVersion(
        of: schedule.therapist.text, old: old.version, entry, idField: "therapist_id")
    else { return }
    var new = schedule.inOrder()
    new.version = version
    facts.schedules[new.therapist] = new
    let counts = !newTherapists.contains(new.therapist)
    record(.schedule(new), .schedulePut(new), isNew: false, counts: counts)
  }

  private mutating func record(
    _ entry: DirectoryEntry, _ event: Event, isNew: Bool, counts: Bool = true
  ) {
    written.append(entry)
    events.append(event)
    guard counts else { return }
    if isNew { created += 1 } else { replaced += 1 }
  }

  /// The version that the entry gets; nil when it is refused.
  private mutating func nextVersion(
    of id: String, old: Int64?, _ entry: DirectoryPut.Entry, idField: String = "id"
  ) -> Int64? {
    let field = "\(entry.path).\(idField)"
    // A therapist and their schedule go by the same id.
    guard seen.insert("\(idField) \(id)").inserted else {
      fault(field, "expected each resource once, got \(id) again")
      return nil
    }
    switch (entry.mode, old) {
    case (.create, nil), (.replace, nil):
      guard !facts.takenElsewhere.contains(id) else {
        refuse(.idTaken(id: id, field: field))
        return nil
      }
      return 1
    case (.create, _?):
      refuse(.idTaken(id: id, field: field))
      return nil
    case (.update, nil):
      refuse(.notFound(id: id, field: field))
      return nil
    case (.update(let seen), let current?):
      if let seen, seen != current {
        refuse(.staleVersion(id: id, seen: seen, current: current))
        return nil
      }
      return current + 1
    case (.replace, let current?):
      return current + 1
    }
  }

  private mutating func refuse(_ refusal: Refusal) {
    firstRefusal = firstRefusal ?? refusal
  }

  private mutating func fault(_ field: String, _ expected: String) {
    faults.append(FieldFault(field: field, expected: expected))
  }
}

extension DirectoryDraft {
  /// Whether what the entries refer to is there and fits, once all are taken.
  mutating func checkReferences(of entries: [DirectoryPut.Entry]) {
    let services = Dictionary(grouping: facts.services.values, by: \.therapist)
    for entry in entries { checkReferences(of: entry, services: services) }
  }

  private mutating func checkReferences(
    of entry: DirectoryPut.Entry, services: [TherapistID: [HealthcareService]]
  ) {
    switch entry.value {
    case .location: return
    case .therapist(let named, _):
      guard let therapist = facts.therapists[named.id] else { return }
      for (index, location) in therapist.locations.enumerated()
      where facts.locations[location] == nil {
        refuse(.notFound(id: location.text, field: "\(entry.path).location_ids[\(index)]"))
      }
      checkDependents(
        of: therapist, services: services[therapist.id, default: []], path: entry.path)
    case .service(let named, _):
      guard let service = facts.services[named.id] else { return }
      checkReferences(of: service, path: entry.path)
    case .schedule(let named):
      guard let therapist = facts.therapists[named.therapist] else { return }
      faults += therapist.faults(
        inLocationsOf: named, Set(ScheduleField.allCases), path: entry.path)
    }
  }

  private mutating func checkReferences(of service: HealthcareService, path: String) {
    guard let therapist = facts.therapists[service.therapist] else {
      refuse(.notFound(id: service.therapist.text, field: "\(path).therapist_id"))
      return
    }
    for (index, id) in service.locations.enumerated() {
      let field = "\(path).location_ids[\(index)]"
      guard let location = facts.locations[id] else {
        refuse(.notFound(id: id.text, field: field))
        continue
      }
      if !therapist.locations.contains(id) {
        fault(field, "expected one of the therapist's locations, got \(id)")
      } else if location.mode != service.mode {
        fault(field, "expected a location of the service's mode, got \(id)")
      }
    }
  }

  /// A location may leave a therapist only when no service, window or exception needs it.
  private mutating func checkDependents(
    of therapist: Therapist, services: [HealthcareService], path: String
  ) {
    let field = "\(path).location_ids"
    for service in services.sorted(by: { $0.id < $1.id }) {
      for location in service.locations where !therapist.locations.contains(location) {
        refuse(.inUse(id: location.text, by: service.id.text, field: field))
      }
    }
    for window in facts.schedules[therapist.id]?.windows ?? []
    where !therapist.locations.contains(window.location) {
      refuse(.inUse(id: window.location.text, by: "the weekly schedule", field: field))
    }
    for exception in facts.schedules[therapist.id]?.exceptions ?? [] {
      guard let location = exception.location, !therapist.locations.contains(location) else {
        continue
      }
      refuse(.inUse(id: location.text, by: "exceptions of the schedule", field: field))
    }
  }
}
