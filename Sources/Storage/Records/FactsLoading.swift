public import Availability
public import Booking

extension StoreSnapshot {
  /// Adds to the facts what a command needs from the store. Busy times are not here: they come from
  /// the index.
  public func load(_ needs: Needs, of partner: PartnerID, into facts: inout Facts) throws {
    try loadServices(needs.services.union(needs.servicesWhole), of: partner, into: &facts)
    // What is there may refer to more than the command names, and is checked as a whole.
    let whole = needs.servicesWhole.compactMap { facts.services[$0] }
    try loadTherapists(
      needs.therapists.union(needs.therapistsWhole).union(whole.map { $0.therapist }), of: partner,
      into: &facts)
    var locations = needs.locations.union(whole.flatMap { $0.locations })
    for id in needs.therapistsWhole {
      guard let therapist = facts.therapists[id] else { continue }
      locations.formUnion(therapist.locations)
      facts.schedules[id] = try schedule(of: id)
      for service in try services(of: id) { facts.services[service.id] = service }
    }
    try loadLocations(locations, of: partner, into: &facts)
    try loadPeople(needs, of: partner, into: &facts)
  }

  private func loadServices(
    _ ids: Set<ServiceID>, of partner: PartnerID, into facts: inout Facts
  ) throws {
    for id in ids {
      guard let found = try service(id) else { continue }
      if found.owner == partner {
        facts.services[id] = found.service
      } else {
        facts.takenElsewhere.insert(id.text)
      }
    }
  }

  private func loadTherapists(
    _ ids: Set<TherapistID>, of partner: PartnerID, into facts: inout Facts
  ) throws {
    for id in ids {
      guard let found = try therapist(id) else { continue }
      if found.owner == partner {
        facts.therapists[id] = found.therapist
      } else {
        facts.takenElsewhere.insert(id.text)
      }
    }
  }

  private func loadLocations(
    _ ids: Set<LocationID>, of partner: PartnerID, into facts: inout Facts
  ) throws {
    for id in ids {
      guard let found = try location(id) else { continue }
      if found.owner == partner {
        facts.locations[id] = found.location
      } else {
        facts.takenElsewhere.insert(id.text)
      }
    }
  }

  private func loadPeople(_ needs: Needs, of partner: PartnerID, into facts: inout Facts) throws {
    for id in needs.clients {
      guard let found = try client(id) else { continue }
      if found.owner == partner {
        facts.clients[id] = found.client
      } else {
        facts.takenElsewhere.insert(id.text)
      }
    }
    for id in needs.appointments {
      guard let found = try appointment(id) else { continue }
      if found.owner == partner {
        facts.appointments[id] = found.appointment
      } else {
        facts.takenElsewhere.insert(id.text)
      }
    }
    for id in needs.rooms {
      guard let found = try roomOwner(id) else { continue }
      if found.owner == partner {
        facts.roomOwners[id] = found.location
      } else {
        facts.takenElsewhere.insert(id.text)
      }
    }
  }
}
