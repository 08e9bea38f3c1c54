internal import Availability
internal import Intervals

/// What is known of a client changes.
enum UpdatingClient {
  static func needs(_ update: ClientUpdate) -> Needs {
    var needs = Needs()
    needs.clients.insert(update.client)
    return needs
  }

  static func decide(
    _ update: ClientUpdate, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    guard let client = facts.clients[update.client], update.isTheirs(command.actor) else {
      return .refuse(.notFound(id: update.client.text, field: "client_id"))
    }
    if let seen = update.seenVersion, seen != client.version {
      return .refuse(
        .staleVersion(id: client.id.text, seen: seen, current: client.version))
    }
    let person = client.person.updated(by: update)
    guard person != client.person else {
      return .change(Change(events: [], answer: .client(client)))
    }
    let changed = Client(
      id: client.id, person: person, terms: client.terms, dataProcessing: client.dataProcessing,
      version: client.version + 1, registeredAt: client.registeredAt)
    return .change(Change(events: [.clientChanged(changed)], answer: .client(changed)))
  }
}

extension ClientUpdate {
  /// Staff change all, and clients themselves.
  fileprivate func isTheirs(_ actor: Actor) -> Bool {
    switch actor {
    case .staff, .time, .gateway, .client(client): true
    case .client, .therapist, .link: false
    }
  }
}

extension Person {
  fileprivate func updated(by update: ClientUpdate) -> Person {
    Person(
      name: update.name ?? name, email: update.email ?? email, phone: update.phone ?? phone,
      language: update.language ?? language, zoneName: update.zoneName ?? zoneName,
      birthDate: update.birthDate ?? birthDate,
      smsLeadMinutes: update.smsLeadMinutes ?? smsLeadMinutes)
  }
}
