public import Intervals

/// How much waits, of all partners: what those who run a server look at.
public struct Backlog: Hashable, Sendable {
  /// Appointments that time was to change before.
  public let overdueAppointments: Int64
  /// Benefits whose time was over before.
  public let overdueBenefits: Int64
  /// Packages' links whose validity was over before.
  public let overdueLinks: Int64
  /// Questions to gateways that were due before.
  public let overdueErrands: Int64
  /// Messages that were promised, and not delivered.
  public let pendingMessages: Int64
  /// Of those, what was due before.
  public let overdueMessages: Int64
  public let givenUpMessages: Int64
  /// Events that are to be told to endpoints once more, and were due before.
  public let overdueWebhooks: Int64
  /// Endpoints where nothing arrives, turned off or not.
  public let failingEndpoints: Int64
}

extension StoreSnapshot {
  package static let backlogQuery = """
    SELECT
      (SELECT count(*) FROM appointments WHERE due_ms IS NOT NULL AND due_ms < $1),
      (SELECT count(*) FROM benefits WHERE due_ms IS NOT NULL AND due_ms < $1),
      (SELECT count(*) FROM package_links WHERE due_ms IS NOT NULL AND due_ms < $1),
      (SELECT count(*) FROM gateway_errands WHERE due_ms < $1),
      (SELECT count(*) FROM outbox WHERE due_ms IS NOT NULL),
      (SELECT count(*) FROM outbox WHERE due_ms IS NOT NULL AND due_ms < $1),
      (SELECT count(*) FROM outbox WHERE state = 'GIVEN_UP'),
      (SELECT count(*) FROM webhook_backlog AS late
        JOIN webhook_endpoints ON id = endpoint_id AND is_enabled = 1
        WHERE due_ms IS NOT NULL AND due_ms < $1
          AND NOT EXISTS (
            SELECT 1 FROM webhook_backlog AS earlier
            WHERE earlier.due_ms IS NOT NULL AND earlier.endpoint_id = late.endpoint_id
              AND earlier.subject_id = late.subject_id AND earlier.position < late.position)),
      (SELECT count(*) FROM webhook_endpoints WHERE failing_since_ms IS NOT NULL)
    """

  /// - Parameter before: what was due earlier than that is overdue.
  public func backlog(before: Instant) throws -> Backlog {
    let counts =
      try database.first(StoreSnapshot.backlogQuery, [.int(before.msSinceEpoch)]) { row in
        (0..<9).map { row.int($0) }
      } ?? Array(repeating: 0, count: 9)
    return Backlog(
      overdueAppointments: counts[0], overdueBenefits: counts[1], overdueLinks: counts[2],
      overdueErrands: counts[3], pendingMessages: counts[4], overdueMessages: counts[5],
      givenUpMessages: counts[6], overdueWebhooks: counts[7],
      failingEndpoints: counts[8])
  }
}
