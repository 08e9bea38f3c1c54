public import Availability
public import Booking
public import Intervals

extension StoreSnapshot {
  /// Fills the facts with what a command needs from the store. Busy times are not here: they come from
  /// the index.
  /// - Parameter now: what is over by then does not count as to come.
  public func load(
    _ needs: Needs, of partner: PartnerID, at now: Instant, into facts: inout Facts
  ) throws {
    func own<Kind, Found>(
      _ ids: Set<ID<Kind>>, _ find: (ID<Kind>) throws -> (PartnerID, Found)?
    ) throws -> [ID<Kind>: Found] {
      var own: [ID<Kind>: Found] = [:]
      for id in ids {
        guard let (owner, found) = try find(id) else { continue }
        if owner == partner {
          own[id] = found
        } else {
          facts.takenElsewhere.insert(id.text)
        }
      }
      return own
    }

    facts.holds = try own(needs.holds.union(needs.holdsWhole)) {
      try hold($0).map { ($0.owner, $0.hold) }
    }
    let held = needs.holdsWhole.compactMap { facts.holds[$0] }
    let named = needs.services.union(needs.servicesWhole).union(held.map(\.service))
    facts.services = try own(named) {
      try remembered($0)
    }
    // What is there may refer to more than the command names, and is checked as a whole.
    let whole = needs.servicesWhole.compactMap { facts.services[$0] }
    let therapists = needs.therapists.union(needs.therapistsWhole)
      .union(whole.map(\.therapist)).union(held.map(\.therapist))
    facts.therapists = try own(therapists) { try therapist($0).map { ($0.owner, $0.therapist) } }
    var locations = needs.locations.union(whole.flatMap { $0.locations })
    for id in needs.therapistsWhole {
      guard let therapist = facts.therapists[id] else { continue }
      locations.formUnion(therapist.locations)
      facts.schedules[id] = try schedule(of: id)
      for service in try services(of: id) { facts.services[service.id] = service }
    }
    for id in needs.diaries where facts.therapists[id] != nil {
      facts.schedules[id] = try schedule(of: id)
      facts.appointmentsToCome[id] = try appointmentsToCome(of: id, at: now)
    }
    facts.locations = try own(locations) { try location($0).map { ($0.owner, $0.location) } }
    if needs.partnerPolicy { facts.partnerPolicy = try policy(of: partner) }
    facts.roomOwners = try own(needs.rooms) { try roomOwner($0).map { ($0.owner, $0.location) } }
    facts.clients = try own(needs.clients) { try remembered($0) }
    facts.appointments = try own(needs.appointments) {
      try appointment($0).map { ($0.owner, $0.appointment) }
    }
  }

  private func remembered(_ id: ServiceID) throws -> (PartnerID, HealthcareService)? {
    func read() throws -> (PartnerID, HealthcareService)? {
      try service(id).map { ($0.owner, $0.service) }
    }
    return if let memory { try memory.service(id, orRead: read) } else { try read() }
  }

  private func remembered(_ id: ClientID) throws -> (PartnerID, Client)? {
    func read() throws -> (PartnerID, Client)? { try client(id).map { ($0.owner, $0.client) } }
    return if let memory { try memory.client(id, orRead: read) } else { try read() }
  }
}
