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
    let subjects = try loadSubjects(needs, of: partner, into: &facts)
    try loadPackages(needs, of: partner, into: &facts)
    let sessions = try loadSessions(
      needs, wholes: needs.appointmentsWhole.union(subjects.appointments), of: partner, into: &facts
    )
    try loadBenefits(subjects.benefits.union(needs.benefits), of: partner, sessions, into: &facts)
    try loadDirectory(needs, of: partner, at: now, sessions, into: &facts)
    if needs.partnerPolicy { facts.partnerPolicy = try policy(of: partner) }
    if needs.attendanceStatuses {
      facts.attendanceStatuses = try attendanceStatuses(of: partner)
    }
    let clients = needs.clients.union(facts.links.values.map(\.client))
    facts.clients = try own(clients, of: partner, &facts) { try remembered($0) }
    facts.therapiesByID = try own(needs.therapiesByID, of: partner, &facts) {
      try therapy($0).map { ($0.owner, $0.therapy) }
    }
    try loadCare(needs, of: partner, sessions, into: &facts)
    try loadMoney(needs, of: partner, sessions, into: &facts)
    try loadNotifications(needs, of: partner, into: &facts)
  }

  /// What of some ids is the partner's own; that an id is another's is noted.
  func own<Kind, Found>(
    _ ids: Set<ID<Kind>>, of partner: PartnerID, _ facts: inout Facts,
    _ find: (ID<Kind>) throws -> (PartnerID, Found)?
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

  /// - Returns: all that is needed whole.
  private func loadSessions(
    _ needs: Needs, wholes: Set<AppointmentID>, of partner: PartnerID, into facts: inout Facts
  ) throws -> [Appointment] {
    let ids = needs.appointments.union(wholes).union(needs.seriesWhole)
    facts.appointments = try own(ids, of: partner, &facts) {
      try appointment($0).map { ($0.owner, $0.appointment) }
    }
    for id in needs.seriesWhole {
      guard let membership = facts.appointments[id]?.recurrence else { continue }
      guard let found = try series(membership.series) else {
        throw StoreError.corrupt(table: "appointments", id: id.text, column: "series_id")
      }
      facts.series[membership.series] = found.series
      facts.occurrences[membership.series] = try appointments(of: membership.series)
    }
    for appointment in facts.linkAppointments.values.flatMap(\.self) {
      facts.appointments[appointment.id] = appointment
    }
    return wholes.compactMap { facts.appointments[$0] }
      + facts.occurrences.values.flatMap(\.self)
      + facts.linkAppointments.values.flatMap(\.self).filter { !wholes.contains($0.id) }
  }

  private func loadDirectory(
    _ needs: Needs, of partner: PartnerID, at now: Instant, _ sessions: [Appointment],
    into facts: inout Facts
  ) throws {
    facts.holds = try own(needs.holds.union(needs.holdsWhole), of: partner, &facts) {
      try hold($0).map { ($0.owner, $0.hold) }
    }
    let held = needs.holdsWhole.compactMap { facts.holds[$0] }
    let named = needs.services.union(needs.servicesWhole).union(held.map(\.service))
      .union(sessions.map(\.service)).union(servicesOfPackages(needs, facts))
    facts.services = try own(named, of: partner, &facts) { try remembered($0) }
    for service in facts.services.values {
      facts.policies[service.id] = try resolvedPolicy(of: service, partner)
    }
    // What is there may refer to more than the command names, and is checked as a whole.
    let whole = needs.servicesWhole.compactMap { facts.services[$0] }
    let therapists = needs.therapists.union(needs.therapistsWhole)
      .union(whole.map(\.therapist))
    facts.therapists = try own(therapists, of: partner, &facts) {
      try therapist($0).map { ($0.owner, $0.therapist) }
    }
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
    facts.locations = try own(locations, of: partner, &facts) {
      try location($0).map { ($0.owner, $0.location) }
    }
    facts.roomOwners = try own(needs.rooms, of: partner, &facts) {
      try roomOwner($0).map { ($0.owner, $0.location) }
    }
  }

  /// Therapies, and what those in them have had with each other; whom somebody who asks may be.
  private func loadCare(
    _ needs: Needs, of partner: PartnerID, _ sessions: [Appointment], into facts: inout Facts
  ) throws {
    var pairs = needs.therapies.union(
      sessions.compactMap { session in session.client.map { CarePair(session.therapist, $0) } }
    ).union(pairsOfPackages(needs, facts))
    var histories = needs.careHistories
    func mayAsk(_ client: ClientID, _ therapist: TherapistID, for service: ServiceID) {
      pairs.insert(CarePair(therapist, client))
      histories[CarePair(therapist, client)] = service
    }
    for request in sessions where request.state == .requested && request.client == nil {
      for client in needs.clients { mayAsk(client, request.therapist, for: request.service) }
    }
    for match in needs.matches {
      guard let (person, therapist, service) = sought(by: match, facts) else { continue }
      for client in try candidates(for: person, of: partner) {
        facts.candidates[client.id] = client
        mayAsk(client.id, therapist, for: service)
      }
    }
    for pair in pairs {
      guard let found = try therapy(of: pair), found.owner == partner else { continue }
      facts.therapies[pair] = found.therapy
    }
    for session in sessions where needs.careHistoriesOf.contains(session.id) {
      if let client = session.client {
        histories[CarePair(session.therapist, client)] = session.service
      }
    }
    for (pair, service) in histories
    where facts.policies[service]?.appointments.followUpsAfterFirstSession == true {
      // Also of those who are in no therapy: a request that waits does not begin one.
      facts.careHistories[pair] = try careHistory(of: pair)
    }
  }

  /// Nil where a client of the partner's asked, who need not be looked for.
  private func sought(
    by need: MatchNeed, _ facts: Facts
  ) -> (person: PersonSought, therapist: TherapistID, service: ServiceID)? {
    switch need {
    case .person(let person, with: let therapist, booking: let service):
      return (person, therapist, service)
    case .request(let id):
      guard let request = facts.appointments[id], let who = request.request?.registration,
        request.state == .requested
      else { return nil }
      return (PersonSought(who.person), request.therapist, request.service)
    }
  }

  /// What holds for a service of the partner's.
  func resolvedPolicy(
    of service: HealthcareService, _ partner: PartnerID
  ) throws -> ResolvedPolicy {
    func read() throws -> ResolvedPolicy {
      Policy.resolved(
        service: service.policy, therapist: try policy(ofSubject: service.therapist.text),
        partner: try policy(ofSubject: partner.text))
    }
    return if let memory { try memory.policy(of: service.id, orRead: read) } else { try read() }
  }

  /// What holds for a therapist's sessions where the service has no policy of its own.
  public func resolvedPolicy(of therapist: TherapistID, _ partner: PartnerID) throws
    -> ResolvedPolicy
  {
    Policy.resolved(
      service: nil, therapist: try policy(ofSubject: therapist.text),
      partner: try policy(ofSubject: partner.text))
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
