internal import Availability

/// B-2: the first contact registers the client.
enum Registering {
  static func needs(_ registration: Registration, joining therapist: TherapistID?) -> Needs {
    var needs = Needs()
    if let id = registration.id { needs.clients.insert(id) }
    if let therapist { needs.therapists.insert(therapist) }
    return needs
  }

  static func decide(
    _ registration: Registration, joining therapist: TherapistID?, facts: Facts, stamp: Stamp
  ) -> Decision {
    if let therapist, facts.therapists[therapist] == nil {
      return .refuse(.notFound(id: therapist.text, field: "therapist_id"))
    }
    switch register(registration, path: "client", facts: facts, stamp: stamp) {
    case .failure(let failure): return .refuse(failure.refusal)
    case .success(let client):
      var events: [Event] = [.clientRegistered(client)]
      if let therapist {
        events += Therapy.begun(CarePair(therapist, client.id), facts: facts, stamp: stamp)
      }
      return .change(Change(events: events, answer: .client(client)))
    }
  }

  /// The client that a registration makes, or why it makes none.
  /// - Parameter path: where the registration stands in the request.
  static func register(
    _ registration: Registration, path: String, facts: Facts, stamp: Stamp
  ) -> Result<Client, Refused> {
    let id = registration.id ?? stamp.id(Ordinal.client)
    if facts.clients[id] != nil || facts.takenElsewhere.contains(id.text) {
      return .failure(Refused(.idTaken(id: id.text, field: "\(path).client_id")))
    }
    let faults = [
      ("terms", registration.terms), ("data_processing", registration.dataProcessing),
    ].compactMap { name, consent in
      consent.acceptedAt <= stamp.at
        ? nil
        : FieldFault(
          field: "\(path).\(name).accept_time", expected: "expected a time that has passed")
    }
    guard faults.isEmpty else { return .failure(Refused(.invalid(faults))) }
    return .success(
      Client(
        id: id, person: registration.person, terms: registration.terms,
        dataProcessing: registration.dataProcessing, version: 1, registeredAt: stamp.at))
  }
}
