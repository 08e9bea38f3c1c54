internal import Booking
public import Intervals

extension StoreSnapshot {
  /// Whether a gateway's event was heard before, within what is remembered.
  func wasHeard(_ event: GatewayEventKey) throws -> Bool {
    try database.first(
      "SELECT 1 FROM gateway_events WHERE gateway = $1 AND event_id = $2",
      [.text(event.gateway), .text(event.id)]
    ) { _ in true } ?? false
  }
}

extension StoreTransaction {
  func noteHeard(_ event: GatewayEventKey, at instant: Instant) throws {
    try database.execute(
      "INSERT INTO gateway_events (gateway, event_id, at_ms) VALUES ($1, $2, $3)",
      [.text(event.gateway), .text(event.id), .int(instant.msSinceEpoch)])
  }

  /// How long a gateway's event is remembered: gateways tell one again for some days at most.
  public static let gatewayEventsKeptMs: Int64 = 90 * 86_400_000

  /// Forgets gateways' events that are older than they have to be kept.
  public func forgetGatewayEvents(at now: Instant) throws {
    try database.execute(
      "DELETE FROM gateway_events WHERE at_ms < $1",
      [.int(now.msSinceEpoch - StoreTransaction.gatewayEventsKeptMs)])
  }
}
