internal import Availability
internal import Booking

extension StoreSnapshot {
  /// The packages and links that are named.
  func loadPackages(_ needs: Needs, of partner: PartnerID, into facts: inout Facts) throws {
    facts.packages = try own(needs.packages, of: partner, &facts) {
      try package($0).map { ($0.owner, $0.package) }
    }
    facts.links = try own(needs.links.union(needs.linksWhole), of: partner, &facts) {
      try packageLink($0).map { ($0.owner, $0.link) }
    }
    for id in needs.linksWhole where facts.links[id] != nil {
      facts.linkAppointments[id] = try appointments(of: id)
    }
  }

  /// The benefits that are asked for, and those of links; the links of sessions and of these benefits.
  func loadBenefits(
    _ ids: Set<BenefitID>, of partner: PartnerID, _ sessions: [Appointment],
    into facts: inout Facts
  ) throws {
    for session in sessions {
      guard let id = session.package?.link else { continue }
      try loadLink(id, because: session.id.text, in: "appointments", into: &facts)
    }
    let benefits = ids.union(facts.links.values.compactMap(\.benefit))
    facts.benefits = try own(benefits, of: partner, &facts) {
      try benefit($0).map { ($0.owner, $0.benefit) }
    }
    for benefit in facts.benefits.values {
      guard let id = benefit.link else { continue }
      try loadLink(id, because: benefit.id.text, in: "benefits", into: &facts)
    }
  }

  private func loadLink(
    _ id: PackageLinkID, because owner: String, in table: String, into facts: inout Facts
  ) throws {
    guard facts.links[id] == nil else { return }
    guard let found = try packageLink(id) else {
      throw StoreError.corrupt(table: table, id: owner, column: "link_id")
    }
    facts.links[id] = found.link
  }

  /// The services in whose hours sessions of what is named can be booked.
  func servicesOfPackages(_ needs: Needs, _ facts: Facts) -> Set<ServiceID> {
    var services: Set<ServiceID> = []
    for package in facts.packages.values { services.formUnion(package.services) }
    for id in needs.links.union(needs.linksWhole) {
      if let link = facts.links[id] { services.formUnion(link.services) }
    }
    return services
  }

  /// Who comes to whom in sessions of what is named.
  func pairsOfPackages(_ needs: Needs, _ facts: Facts) -> Set<CarePair> {
    var pairs: Set<CarePair> = []
    func insert(_ services: [ServiceID], _ client: ClientID) {
      for id in services {
        if let service = facts.services[id] { pairs.insert(CarePair(service.therapist, client)) }
      }
    }
    for package in facts.packages.values {
      for client in facts.clients.keys { insert(package.services, client) }
    }
    for id in needs.links.union(needs.linksWhole) {
      if let link = facts.links[id] { insert(link.services, link.client) }
    }
    return pairs
  }

  /// How messages go out, and endpoints.
  func loadNotifications(_ needs: Needs, of partner: PartnerID, into facts: inout Facts) throws {
    if needs.notificationSettings {
      facts.notificationSettings = try notificationSettings(of: partner)
    }
    for key in needs.messageTemplates {
      facts.messageTemplates[key] = try templateVersion(of: key, partner)
    }
    if needs.lastPosition { facts.lastPosition = try lastPosition(of: partner) }
    facts.webhookEndpoints = try own(needs.webhookEndpoints, of: partner, &facts) {
      try webhookEndpoint($0).map { ($0.owner, $0.endpoint) }
    }
  }
}
