package import Availability

/// What the pump knows of endpoints: which are under way, and how far they were looked at. Knows no store and no clock.
package struct WebhookBook {
  private let underWayMax: Int
  private var underWay: Set<WebhookEndpointID> = []
  /// What came of them will never be taken.
  private var setAside: Set<WebhookEndpointID> = []
  /// Where nothing is of a kind that an endpoint is told of, it goes on without a note.
  private var lookedAt: [WebhookEndpointID: Int64] = [:]
  private(set) var isStopping = false
  private var isHeld = false

  package init(underWayMax: Int) {
    self.underWayMax = underWayMax
  }

  package mutating func stop() { isStopping = true }

  /// Nothing begins by itself until `release`.
  package mutating func hold() { isHeld = true }

  package mutating func release() { isHeld = false }

  /// - Parameter byHand: of who holds all others.
  package mutating func begin(_ id: WebhookEndpointID, byHand: Bool = false) -> Bool {
    guard !isStopping, byHand || !isHeld, underWay.count < underWayMax, !setAside.contains(id)
    else { return false }
    return underWay.insert(id).inserted
  }

  package mutating func end(_ id: WebhookEndpointID) { underWay.remove(id) }

  package mutating func setAside(_ id: WebhookEndpointID) { setAside.insert(id) }

  /// After what its events are to be looked at.
  /// - Parameter noted: as the store has it.
  package func position(of id: WebhookEndpointID, noted: Int64) -> Int64 {
    max(noted, lookedAt[id] ?? 0)
  }

  package mutating func note(_ id: WebhookEndpointID, lookedAt position: Int64) {
    lookedAt[id] = position
  }

  /// Forgets those that are no more.
  package mutating func keep(_ ids: Set<WebhookEndpointID>) {
    lookedAt = lookedAt.filter { ids.contains($0.key) }
  }
}
