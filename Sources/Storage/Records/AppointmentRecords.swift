internal import Accounting
public import Availability
public import Booking
public import Intervals

/// Which appointments to list; all conditions that are set must hold (B-12).
public struct AppointmentQuery: Hashable, Sendable {
  public var therapist: TherapistID?
  public var client: ClientID?
  /// Empty means any.
  public var states: [AppointmentState] = []
  /// That end after this.
  public var from: Instant?
  /// That start before this.
  public var until: Instant?
  /// The last one of the page before.
  public var after: AppointmentCursor?
  public var limit: Int

  public init(limit: Int) {
    self.limit = limit
  }
}

/// A place in the order of start, then id.
public struct AppointmentCursor: Hashable, Sendable {
  public let start: Instant
  public let id: AppointmentID

  public init(start: Instant, id: AppointmentID) {
    self.start = start
    self.id = id
  }
}

extension StoreSnapshot {
  private static let columns = """
    id, therapist_id, client_id, service_id, location_id, room_id, start_ms, end_ms, time_zone,
    state, payment_status, payment_plan, price_minor_units, currency, version, booked_ms,
    changed_ms, cancel_reason, partner_id, buffer_before_minutes, buffer_after_minutes
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func appointment(
    _ id: AppointmentID
  ) throws -> (owner: PartnerID, appointment: Appointment)? {
    try database.first(
      "SELECT \(StoreSnapshot.columns) FROM appointments WHERE id = $1", [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "appointments", id: id.text)
      return (try columns.id(18, "partner_id"), try appointment(columns))
    }
  }

  /// A page of a partner's appointments, in order of start, then id.
  public func appointments(
    of partner: PartnerID, matching query: AppointmentQuery
  ) throws -> [Appointment] {
    var conditions = ["partner_id = $1"]
    var arguments: [SQLValue] = [.id(partner)]
    func require(_ condition: (String) -> String, _ value: SQLValue) {
      arguments.append(value)
      conditions.append(condition("$\(arguments.count)"))
    }
    if let therapist = query.therapist {
      require({ "therapist_id = \($0)" }, .id(therapist))
    }
    if let client = query.client { require({ "client_id = \($0)" }, .id(client)) }
    if let from = query.from {
      require({ "end_ms > \($0)" }, .int(from.msSinceEpoch))
      // No session is longer than a day: this is what the index can use.
      require({ "start_ms > \($0)" }, .int(from.msSinceEpoch - 86_400_000))
    }
    if let until = query.until { require({ "start_ms < \($0)" }, .int(until.msSinceEpoch)) }
    if let after = query.after {
      require({ "start_ms >= \($0)" }, .int(after.start.msSinceEpoch))
      let start = "$\(arguments.count)"
      require({ "(start_ms > \(start) OR id > \($0))" }, .id(after.id))
    }
    if !query.states.isEmpty {
      let placeholders = query.states.map { state in
        arguments.append(.text(state.rawValue))
        return "$\(arguments.count)"
      }
      conditions.append("state IN (\(placeholders.joined(separator: ", ")))")
    }
    arguments.append(.int(Int64(query.limit)))
    return try database.rows(
      """
      SELECT \(StoreSnapshot.columns) FROM appointments
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY start_ms, id LIMIT $\(arguments.count)
      """, arguments
    ) { row in
      try appointment(Columns(row: row, table: "appointments", id: row.text(0)))
    }
  }

  /// What takes a therapist's time and is not over, nearest first.
  func appointmentsToCome(
    of therapist: TherapistID, at now: Instant
  ) throws -> [Appointment] {
    try database.rows(
      """
      SELECT \(StoreSnapshot.columns) FROM appointments
      WHERE therapist_id = $1 AND occupies = 1 AND end_ms > $2 AND start_ms > $3
      ORDER BY start_ms, id
      """,
      // No session is longer than a day: this is what the index can use.
      [.text(therapist.text), .int(now.msSinceEpoch), .int(now.msSinceEpoch - 86_400_000)]
    ) { row in
      try appointment(Columns(row: row, table: "appointments", id: row.text(0)))
    }
  }

  private func appointment(_ columns: Columns) throws -> Appointment {
    let row = columns.row
    return Appointment(
      id: try columns.id(0, "id"),
      therapist: try columns.id(1, "therapist_id"),
      client: try columns.id(2, "client_id"),
      service: try columns.id(3, "service_id"),
      location: try columns.id(4, "location_id"),
      room: row.isNull(5) ? nil : try columns.id(5, "room_id"),
      span: try columns.span(start: 6, end: 7),
      buffers: try columns.buffers(before: 19, after: 20), zoneName: row.text(8),
      plan: try columns.parsed(11, "payment_plan", PaymentPlan.init(rawValue:)),
      price: try columns.money(minorUnits: 12, currency: 13), bookedAt: columns.instant(15),
      state: try columns.parsed(9, "state", AppointmentState.init(rawValue:)),
      paymentStatus: try columns.parsed(10, "payment_status", PaymentStatus.init(rawValue:)),
      version: row.int(14), changedAt: columns.instant(16), cancelReason: row.text(17))
  }
}

extension StoreTransaction {
  func insert(_ appointment: Appointment, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      INSERT INTO appointments (id, partner_id, therapist_id, client_id, service_id, location_id,
        room_id, start_ms, end_ms, time_zone, state, occupies, payment_status, payment_plan,
        price_minor_units, currency, version, booked_ms, changed_ms, cancel_reason,
        buffer_before_minutes, buffer_after_minutes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22)
      """,
      [
        .id(appointment.id), .id(partner), .id(appointment.therapist),
        .id(appointment.client), .id(appointment.service),
        .id(appointment.location), appointment.room.map { .id($0) } ?? .null,
        .int(appointment.span.start.instant.msSinceEpoch),
        .int(appointment.span.end.instant.msSinceEpoch), .text(appointment.zoneName),
        .text(appointment.state.rawValue), .flag(appointment.state.occupies),
        .text(appointment.paymentStatus.rawValue), .text(appointment.plan.rawValue),
        .int(appointment.price.minorUnits), .text(appointment.price.currency.code),
        .int(appointment.version), .int(appointment.bookedAt.msSinceEpoch),
        .int(appointment.changedAt.msSinceEpoch), .text(appointment.cancelReason),
        .int32(appointment.buffers.beforeMinutes), .int32(appointment.buffers.afterMinutes),
      ])
    guard written == 1 else { throw StoreError.overlap(id: appointment.id.text) }
  }

  /// Writes what may change of an appointment, over the version before.
  func update(_ appointment: Appointment) throws {
    let written = try database.execute(
      """
      UPDATE appointments SET state = $1, occupies = $2, payment_status = $3, version = $4,
        changed_ms = $5, cancel_reason = $6
      WHERE id = $7 AND version = $8
      """,
      [
        .text(appointment.state.rawValue), .flag(appointment.state.occupies),
        .text(appointment.paymentStatus.rawValue), .int(appointment.version),
        .int(appointment.changedAt.msSinceEpoch), .text(appointment.cancelReason),
        .id(appointment.id), .int(appointment.version - 1),
      ])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "appointments", id: appointment.id.text)
    }
  }

  func insert(_ transition: Transition) throws {
    try database.execute(
      """
      INSERT INTO appointment_transitions
        (appointment_id, version, from_state, to_state, at_ms, actor_role, actor, reason,
        overridden)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .id(transition.appointment), .int(transition.version),
        transition.from.map { .text($0.rawValue) } ?? .null, .text(transition.to.rawValue),
        .int(transition.at.msSinceEpoch), .text(transition.by.roleColumn),
        .text(transition.by.label), .text(transition.reason),
        .text(transition.overridden.column),
      ])
  }
}
