public import Availability
public import Booking
public import Intervals

/// An appointment that time will change, and when.
public struct DueAppointment: Hashable, Sendable {
  public let partner: PartnerID
  public let appointment: AppointmentID
  public let due: Instant
  /// Its state until then.
  public let state: AppointmentState
}

extension StoreSnapshot {
  private static let columns = "partner_id, id, due_ms, state"

  package static let dueQuery = """
    SELECT \(StoreSnapshot.columns) FROM appointments
    WHERE due_ms IS NOT NULL AND due_ms <= $1 AND (due_ms, id) > ($2, $3)
    ORDER BY due_ms, id LIMIT $4
    """

  /// What is due, of all partners, in order of when, then of id.
  /// - Parameters:
  ///   - instant: included.
  ///   - last: what the page before ended with.
  public func due(
    until instant: Instant, after last: DueAppointment? = nil, limit: Int
  ) throws -> [DueAppointment] {
    try database.rows(
      StoreSnapshot.dueQuery,
      [
        .int(instant.msSinceEpoch), .int(last?.due.msSinceEpoch ?? .min),
        last.map { .id($0.appointment) } ?? .text(""), .int(Int64(limit)),
      ], DueAppointment.init)
  }

  package static let nextDueQuery = """
    SELECT due_ms FROM appointments WHERE due_ms IS NOT NULL AND due_ms > $1
    ORDER BY due_ms LIMIT 1
    """

  /// When the next one is due after an instant; nil when nothing ever is.
  public func nextDue(after instant: Instant) throws -> Instant? {
    try database.first(StoreSnapshot.nextDueQuery, [.int(instant.msSinceEpoch)]) {
      Instant(msSinceEpoch: $0.int(0))
    }
  }

  // The concatenations keep the partner out of the choice of an index: the one by partner would have
  // all that they have read and sorted.
  package static let dueOfPartnerQuery = """
    SELECT \(StoreSnapshot.columns) FROM appointments
    WHERE due_ms IS NOT NULL AND partner_id || '' = $1 ORDER BY due_ms, id LIMIT $2
    """

  /// What time will bring to a partner's appointments, the next first.
  public func due(of partner: PartnerID, limit: Int) throws -> [DueAppointment] {
    try database.rows(
      StoreSnapshot.dueOfPartnerQuery, [.id(partner), .int(Int64(limit))], DueAppointment.init)
  }

  package static let overdueQuery = """
    SELECT count(*) FROM appointments
    WHERE due_ms IS NOT NULL AND due_ms < $1 AND partner_id || '' = $2
    """

  /// How many of a partner's appointments were due before.
  public func overdueCount(of partner: PartnerID, before: Instant) throws -> Int64 {
    try database.first(
      StoreSnapshot.overdueQuery, [.int(before.msSinceEpoch), .id(partner)]
    ) { $0.int(0) } ?? 0
  }

  /// How far a sandbox's clock was put ahead of the system's, in milliseconds.
  public func sandboxAheadMs() throws -> Int64 {
    try database.first("SELECT ahead_ms FROM sandbox_clock", []) { $0.int(0) } ?? 0
  }
}

extension DueAppointment {
  fileprivate init(_ row: any SQLRow) throws {
    let columns = Columns(row: row, table: "appointments", id: row.text(1))
    partner = try columns.id(0, "partner_id")
    appointment = try columns.id(1, "id")
    due = columns.instant(2)
    state = try columns.parsed(3, "state", AppointmentState.init(rawValue:))
  }
}

extension StoreTransaction {
  public func putSandboxAhead(ms: Int64) throws {
    try database.execute(
      """
      INSERT INTO sandbox_clock (id, ahead_ms) VALUES (1, $1)
      ON CONFLICT (id) DO UPDATE SET ahead_ms = excluded.ahead_ms
      """, [.int(ms)])
  }
}
