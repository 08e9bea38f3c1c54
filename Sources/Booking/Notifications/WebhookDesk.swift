internal import Availability
internal import Intervals

/// N-5: a partner's webhook endpoints, and how far they came.
enum WebhookDesk {
  static func needs(_ put: WebhookEndpointPut) -> Needs {
    var needs = needs(put.id)
    if case .make = put.change { needs.lastPosition = true }
    return needs
  }

  static func needs(_ id: WebhookEndpointID) -> Needs {
    var needs = Needs()
    needs.webhookEndpoints.insert(id)
    return needs
  }

  static func decide(_ put: WebhookEndpointPut, facts: Facts, stamp: Stamp) -> Decision {
    switch put.change {
    case .make(let url, let kinds, let secret, let after):
      guard facts.webhookEndpoints[put.id] == nil, !facts.takenElsewhere.contains(put.id.text)
      else { return .refuse(.idTaken(id: put.id.text, field: "endpoint_id")) }
      let position = min(after ?? facts.lastPosition, facts.lastPosition)
      return changed(
        WebhookEndpoint(
          id: put.id, url: url, kinds: kinds.sorted(), secret: secret, position: position,
          createdAt: stamp.at), tellsSecret: true)
    case .edit(let url, let kinds, let isEnabled):
      return edited(put, facts, tellsSecret: false) { endpoint in
        endpoint.url = url ?? endpoint.url
        endpoint.kinds = kinds?.sorted() ?? endpoint.kinds
        // Who turns it on again, or moves it, begins anew: what failed before says nothing of it.
        if url != nil || isEnabled == true {
          endpoint.failingSince = nil
          endpoint.lastError = ""
        }
        endpoint.isEnabled = isEnabled ?? endpoint.isEnabled
      }
    case .rotate(let secret, let dropsOld):
      return edited(put, facts, tellsSecret: true) { endpoint in
        endpoint.oldSecret = dropsOld ? "" : endpoint.secret
        endpoint.secret = secret
      }
    }
  }

  private static func edited(
    _ put: WebhookEndpointPut, _ facts: Facts, tellsSecret: Bool,
    _ edit: (inout WebhookEndpoint) -> Void
  ) -> Decision {
    guard var endpoint = facts.webhookEndpoints[put.id] else {
      return .refuse(.notFound(id: put.id.text, field: "endpoint_id"))
    }
    if let seen = put.seenVersion, seen != endpoint.version {
      return .refuse(
        .staleVersion(id: put.id.text, seen: seen, current: endpoint.version))
    }
    edit(&endpoint)
    endpoint.version += 1
    return changed(endpoint, tellsSecret: tellsSecret)
  }

  private static func changed(_ endpoint: WebhookEndpoint, tellsSecret: Bool) -> Decision {
    .change(
      Change(
        events: [.webhookEndpointPut(endpoint)],
        answer: .webhookEndpoint(endpoint, tellsSecret: tellsSecret)))
  }

  static func delete(_ id: WebhookEndpointID, facts: Facts) -> Decision {
    guard facts.webhookEndpoints[id] != nil else {
      return .refuse(.notFound(id: id.text, field: "endpoint_id"))
    }
    return .change(Change(events: [.webhookEndpointDeleted(id)], answer: .webhookEndpointDeleted))
  }

  /// What it says of one that was deleted meanwhile changes nothing.
  static func note(_ note: WebhookNote, facts: Facts, stamp: Stamp) -> Decision {
    guard var endpoint = facts.webhookEndpoints[note.endpoint] else {
      return .change(Change(events: [], answer: .noted))
    }
    var events: [Event] = []
    if note.isOver, endpoint.isEnabled {
      endpoint.isEnabled = false
      endpoint.version += 1
      // First: it writes the whole of it, and the note how far it came.
      events.append(.webhookEndpointPut(endpoint))
    }
    return .change(Change(events: events + [.webhooksNoted(note)], answer: .noted))
  }
}
