public import Intervals

/// How much waits, of all partners: what those who run a server look at.
public struct Backlog: Hashable, Sendable {
  /// Appointments that time was to change before.
  public let overdueAppointments: Int64
  /// Benefits whose time was over before.
  public let overdueBenefits: Int64
  /// Questions to gateways that were due before.
  public let overdueErrands: Int64
  /// Messages that were promised, and not delivered.
  public let pendingMessages: Int64
}

extension StoreSnapshot {
  package static let backlogQuery = """
    SELECT
      (SELECT count(*) FROM appointments WHERE due_ms IS NOT NULL AND due_ms < $1),
      (SELECT count(*) FROM benefits WHERE due_ms IS NOT NULL AND due_ms < $1),
      (SELECT count(*) FROM gateway_errands WHERE due_ms < $1),
      (SELECT count(*) FROM outbox)
    """

  /// - Parameter before: what was due earlier than that is overdue.
  public func backlog(before: Instant) throws -> Backlog {
    try database.first(StoreSnapshot.backlogQuery, [.int(before.msSinceEpoch)]) {
      Backlog(
        overdueAppointments: $0.int(0), overdueBenefits: $0.int(1), overdueErrands: $0.int(2),
        pendingMessages: $0.int(3))
    }
      ?? Backlog(
        overdueAppointments: 0, overdueBenefits: 0, overdueErrands: 0, pendingMessages: 0)
  }
}
