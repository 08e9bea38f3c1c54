public import Availability
public import Booking

extension StoreSnapshot {
  /// Fills the facts with what a command needs from the store. Busy times are not here: they come from
  /// the index.
  public func load(_ needs: Needs, of partner: PartnerID, into facts: inout Facts) throws {
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

    facts.services = try own(needs.services.union(needs.servicesWhole)) {
      try service($0).map { ($0.owner, $0.service) }
    }
    // What is there may refer to more than the command names, and is checked as a whole.
    let whole = needs.servicesWhole.compactMap { facts.services[$0] }
    let therapists = needs.therapists.union(needs.therapistsWhole).union(whole.map { $0.therapist })
    facts.therapists = try own(therapists) { try therapist($0).map { ($0.owner, $0.therapist) } }
    var locations = needs.locations.union(whole.flatMap { $0.locations })
    for id in needs.therapistsWhole {
      guard let therapist = facts.therapists[id] else { continue }
      locations.formUnion(therapist.locations)
      facts.schedules[id] = try schedule(of: id)
      for service in try services(of: id) { facts.services[service.id] = service }
    }
    facts.locations = try own(locations) { try location($0).map { ($0.owner, $0.location) } }
    facts.roomOwners = try own(needs.rooms) { try roomOwner($0).map { ($0.owner, $0.location) } }
    facts.clients = try own(needs.clients) { try client($0).map { ($0.owner, $0.client) } }
    facts.appointments = try own(needs.appointments) {
      try appointment($0).map { ($0.owner, $0.appointment) }
    }
  }
}
