internal import Accounting
internal import Availability
internal import Intervals

/// A request that becomes an appointment (B-5): what it is then, and what happens for it.
struct Acceptance {
  let appointment: Appointment
  /// Without the lapsed holds that have to go first.
  let events: [Event]

  init(
    of request: Appointment, for claimant: Claimant, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) {
    var confirmed = request
    confirmed.client = claimant.client
    let client =
      claimant.newcomer ?? facts.clients[claimant.client] ?? facts.candidates[claimant.client]
    if let client { confirmed.smsLeadMinutes = client.person.smsLeadMinutes }
    confirmed.confirm(at: stamp.at, under: facts.policy(of: request))
    var benefits = BenefitBooking(facts, stamp)
    let (paid, uses) = try benefits.pay(for: confirmed)
    let stepped = request.stepping(.accepted, by: actor, at: stamp.at) { $0 = paid }
    var events: [Event] = claimant.newcomer.map { [.clientRegistered($0)] } ?? []
    events += Therapy.begun(
      CarePair(request.therapist, claimant.client), facts: facts, stamp: stamp)
    events.append(stepped.event)
    events += uses
    appointment = stepped.appointment
    self.events = events
  }
}

extension Acceptance {
  /// Whose a request is.
  struct Claimant {
    let client: ClientID
    /// Not nil where they are registered with the acceptance.
    var newcomer: Client?

    /// What takes the client's time when a request is to be theirs. What the request took already is
    /// no question any more; somebody new has nothing else.
    /// - Parameter hold: the one that the request takes over.
    func collisions(
      with request: Appointment, taking hold: HoldID? = nil, in index: AvailabilityIndex,
      at now: Instant
    ) -> [Collision] {
      guard newcomer == nil, request.client == nil else { return [] }
      return index.collisions(of: client, during: request.span, at: now, but: hold)
    }

    /// B-7: somebody who is found to be a client may have to wait with follow-ups. Of whoever asked
    /// under their own id, that was asked then.
    func requireFollowUps(
      _ request: Appointment, by actor: Actor, facts: Facts
    ) throws(Refused) {
      guard newcomer == nil, request.client == nil, let service = facts.services[request.service]
      else { return }
      try FollowUps.check(
        service, with: CarePair(request.therapist, client), by: actor, facts: facts)
    }
  }

  /// Whose a request is, or why that is not plain.
  static func claimant(
    of request: Appointment, _ said: AcceptWish.Claimant, facts: Facts, stamp: Stamp
  ) -> Result<Claimant, Refused> {
    guard let registration = request.request?.registration else {
      guard let client = request.client else {
        preconditionFailure("a request says who asks")
      }
      return known(client, said)
    }
    switch said {
    case .named(let id):
      guard facts.clients[id] != nil else {
        return .failure(Refused(.notFound(id: id.text, field: "client_id")))
      }
      return .success(Claimant(client: id))
    case .matching:
      let matches = Matching.matches(
        of: PersonSought(registration.person), among: facts.candidates.values)
      guard let first = matches.first else { break }
      guard matches.count == 1 else {
        return .failure(Refused(.severalMatch(request.id, matches.map(\.client.id))))
      }
      return .success(Claimant(client: first.client.id))
    case .new: break
    }
    return Registering.register(registration, path: "person", facts: facts, stamp: stamp)
      .map { Claimant(client: $0.id, newcomer: $0) }
  }

  /// Of a client who asked under their own id.
  private static func known(
    _ client: ClientID, _ said: AcceptWish.Claimant
  ) -> Result<Claimant, Refused> {
    switch said {
    case .matching, .named(client): return .success(Claimant(client: client))
    case .named:
      let fault = FieldFault(
        field: "client_id", expected: "expected \(client), who asked, or none")
      return .failure(Refused(.invalid([fault])))
    case .new:
      let fault = FieldFault(
        field: "as_new_client", expected: "expected false: \(client) asked, who is registered")
      return .failure(Refused(.invalid([fault])))
    }
  }
}
