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
    changed_ms, cancel_reason, partner_id
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func appointment(
    _ id: AppointmentID
  ) throws -> (owner: PartnerID, appointment: Appointment)? {
    try database.first(
      "SELECT \(StoreSnapshot.columns) FROM appointments WHERE id = $1", [.text(id.text)]
    ) { row in
      let columns = Columns(row: row, table: "appointments", id: id.text)
      return (try columns.parsed(18, "partner_id", PartnerID.init), try appointment(columns))
    }
  }

  /// A page of a partner's appointments, in order of start, then id.
  public func appointments(
    of partner: PartnerID, matching query: AppointmentQuery
  ) throws -> [Appointment] {
    var conditions = ["partner_id = $1"]
    var arguments: [SQLValue] = [.text(partner.text)]
    func require(_ condition: (String) -> String, _ value: SQLValue) {
      arguments.append(value)
      conditions.append(condition("$\(arguments.count)"))
    }
    if let therapist = query.therapist {
      require({ "therapist_id = \($0)" }, .text(therapist.text))
    }
    if let client = query.client { require({ "client_id = \($0)" }, .text(client.text)) }
    if let from = query.from {
      require({ "end_ms > \($0)" }, .int(from.msSinceEpoch))
      // No session is longer than a day: this is what the index can use.
      require({ "start_ms > \($0)" }, .int(from.msSinceEpoch - 86_400_000))
    }
    if let until = query.until { require({ "start_ms < \($0)" }, .int(until.msSinceEpoch)) }
    if let after = query.after {
      require({ "start_ms >= \($0)" }, .int(after.start.msSinceEpoch))
      let start = "$\(arguments.count)"
      require({ "(start_ms > \(start) OR id > \($0))" }, .text(after.id.text))
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

  private func appointment(_ columns: Columns) throws -> Appointment {
    let row = columns.row
    return Appointment(
      id: try columns.parsed(0, "id", AppointmentID.init),
      therapist: try columns.parsed(1, "therapist_id", TherapistID.init),
      client: try columns.parsed(2, "client_id", ClientID.init),
      service: try columns.parsed(3, "service_id", ServiceID.init),
      location: try columns.parsed(4, "location_id", LocationID.init),
      room: row.isNull(5) ? nil : try columns.parsed(5, "room_id", RoomID.init),
      span: try columns.span(start: 6, end: 7), zoneName: row.text(8),
      plan: try columns.parsed(11, "payment_plan", PaymentPlan.init(rawValue:)),
      price: try columns.money(minorUnits: 12, currency: 13), bookedAt: columns.instant(15),
      state: try columns.parsed(9, "state", AppointmentState.init(rawValue:)),
      paymentStatus: try columns.parsed(10, "payment_status", PaymentStatus.init(rawValue:)),
      version: row.int(14), changedAt: columns.instant(16), cancelReason: row.text(17))
  }

  /// Everything that takes time, for building the index: each occupation once, in no order.
  public func forEachOccupation(_ body: (Occupation) throws -> Void) throws {
    _ = try database.rows(
      """
      SELECT id, therapist_id, room_id, client_id, start_ms, end_ms
      FROM appointments WHERE occupies = 1
      """, []
    ) { row in
      let columns = Columns(row: row, table: "appointments", id: row.text(0))
      try body(
        Occupation(
          appointment: try columns.parsed(0, "id", AppointmentID.init),
          span: try columns.span(start: 4, end: 5),
          therapist: try columns.parsed(1, "therapist_id", TherapistID.init),
          room: row.isNull(2) ? nil : try columns.parsed(2, "room_id", RoomID.init),
          client: try columns.parsed(3, "client_id", ClientID.init)))
    }
  }
}

extension StoreTransaction {
  func insert(_ appointment: Appointment, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      INSERT INTO appointments (id, partner_id, therapist_id, client_id, service_id, location_id,
        room_id, start_ms, end_ms, time_zone, state, occupies, payment_status, payment_plan,
        price_minor_units, currency, version, booked_ms, changed_ms, cancel_reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20)
      """,
      [
        .text(appointment.id.text), .text(partner.text), .text(appointment.therapist.text),
        .text(appointment.client.text), .text(appointment.service.text),
        .text(appointment.location.text), appointment.room.map { .text($0.text) } ?? .null,
        .int(appointment.span.start.instant.msSinceEpoch),
        .int(appointment.span.end.instant.msSinceEpoch), .text(appointment.zoneName),
        .text(appointment.state.rawValue), .flag(appointment.state.occupies),
        .text(appointment.paymentStatus.rawValue), .text(appointment.plan.rawValue),
        .int(appointment.price.minorUnits), .text(appointment.price.currency.code),
        .int(appointment.version), .int(appointment.bookedAt.msSinceEpoch),
        .int(appointment.changedAt.msSinceEpoch), .text(appointment.cancelReason),
      ])
    guard written == 1 else { throw StoreError.overlap(appointment: appointment.id.text) }
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
        .text(appointment.id.text), .int(appointment.version - 1),
      ])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "appointments", id: appointment.id.text)
    }
  }

  func insert(_ transition: Transition) throws {
    try database.execute(
      """
      INSERT INTO appointment_transitions
        (appointment_id, version, from_state, to_state, at_ms, actor_role, actor, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .text(transition.appointment.text), .int(transition.version),
        transition.from.map { .text($0.rawValue) } ?? .null, .text(transition.to.rawValue),
        .int(transition.at.msSinceEpoch), .text(transition.by.roleColumn),
        .text(transition.by.label), .text(transition.reason),
      ])
  }
}
