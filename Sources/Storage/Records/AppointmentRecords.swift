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
  public var series: SeriesID?
  /// Sessions of this package.
  public var link: PackageLinkID?
  /// Only those that stand.
  public var isActive = false
  /// The last one of the page before.
  public var after: AppointmentCursor?
  public var limit: Int

  public init(limit: Int) {
    self.limit = limit
  }
}

extension AppointmentQuery {
  /// Whether its conditions on states leave none.
  fileprivate var excludesAll: Bool { statesToFind?.isEmpty ?? false }

  /// Those that all conditions on states leave; nil means any.
  fileprivate var statesToFind: [AppointmentState]? {
    guard isActive else { return states.isEmpty ? nil : states }
    return (states.isEmpty ? AppointmentState.allCases : states).filter(\.isActive)
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
    changed_ms, cancel_reason, partner_id, buffer_before_minutes, buffer_after_minutes, series_id,
    original_start_ms, attendance, paid_minor_units, refunded_minor_units, fee_minor_units,
    payment_deadline_ms, due_ms, requested, charge_ms, giving_up_ms, payment_method_id,
    commission_minor_units, sms_lead_minutes, reminded_until_ms, package_link_id, package_session,
    is_by_procedure, procedure_id, package_commission_basis_points,
    package_commission_minor_units, insurer, authorisation_number, contact_phone, visit_notes
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
    if query.excludesAll { return [] }
    let (sql, arguments) = StoreSnapshot.listing(of: partner, matching: query)
    return try database.rows(sql, arguments) { row in
      try appointment(Columns(row: row, table: "appointments", id: row.text(0)))
    }
  }

  /// How SQLite goes about such a page: which index leads, and whether it has to sort.
  public func plan(
    ofAppointments partner: PartnerID, matching query: AppointmentQuery
  ) throws -> [String] {
    let (sql, arguments) = StoreSnapshot.listing(of: partner, matching: query)
    return try database.rows("EXPLAIN QUERY PLAN " + sql, arguments) { $0.text(3) }
  }

  private static func listing(
    of partner: PartnerID, matching query: AppointmentQuery
  ) -> (sql: String, arguments: [SQLValue]) {
    var conditions: [String] = []
    var arguments: [SQLValue] = []
    func require(_ condition: (String) -> String, _ value: SQLValue) {
      arguments.append(value)
      conditions.append(condition("$\(arguments.count)"))
    }
    // From whose there are the fewest: the first leads through its index, the others only look.
    let owners: [(column: String, id: SQLValue?)] = [
      ("series_id", query.series.map { .id($0) }),
      ("package_link_id", query.link.map { .id($0) }), ("client_id", query.client.map { .id($0) }),
      ("therapist_id", query.therapist.map { .id($0) }), ("partner_id", .id(partner)),
    ]
    for (column, id) in owners {
      guard let id else { continue }
      let leads = conditions.isEmpty
      require({ leads ? "\(column) = \($0)" : StoreSnapshot.looked(at: column, $0) }, id)
    }
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
    if let states = query.statesToFind {
      let placeholders = states.map { state in
        arguments.append(.text(state.rawValue))
        return "$\(arguments.count)"
      }
      conditions.append("state IN (\(placeholders.joined(separator: ", ")))")
    }
    arguments.append(.int(Int64(query.limit)))
    let sql = """
      SELECT \(StoreSnapshot.columns) FROM appointments
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY start_ms, id LIMIT $\(arguments.count)
      """
    return (sql, arguments)
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

  /// Of a series, in the order in which its rule gave them; cancelled ones too.
  public func appointments(of series: SeriesID) throws -> [Appointment] {
    try database.rows(
      """
      SELECT \(StoreSnapshot.columns) FROM appointments WHERE series_id = $1
      ORDER BY original_start_ms, id
      """, [.id(series)]
    ) { row in
      try appointment(Columns(row: row, table: "appointments", id: row.text(0)))
    }
  }

  /// All that were ever a package's sessions, by start, then id; cancelled ones too.
  func appointments(of link: PackageLinkID) throws -> [Appointment] {
    try database.rows(
      """
      SELECT \(StoreSnapshot.columns) FROM appointments WHERE package_link_id = $1
      ORDER BY start_ms, id
      """, [.id(link)]
    ) { row in
      try appointment(Columns(row: row, table: "appointments", id: row.text(0)))
    }
  }

  private func appointment(_ columns: Columns) throws -> Appointment {
    let row = columns.row
    let id: AppointmentID = try columns.id(0, "id")
    return Appointment(
      id: id,
      therapist: try columns.id(1, "therapist_id"),
      client: row.isNull(2) ? nil : try columns.id(2, "client_id"),
      service: try columns.id(3, "service_id"),
      location: try columns.id(4, "location_id"),
      room: row.isNull(5) ? nil : try columns.id(5, "room_id"),
      span: try columns.span(start: 6, end: 7),
      buffers: try columns.buffers(before: 19, after: 20), zoneName: row.text(8),
      plan: try columns.parsed(11, "payment_plan", PaymentPlan.init(rawValue:)),
      price: try columns.money(minorUnits: 12, currency: 13), bookedAt: columns.instant(15),
      state: try columns.parsed(9, "state", AppointmentState.init(rawValue:)),
      paymentStatus: try columns.parsed(10, "payment_status", PaymentStatus.init(rawValue:)),
      version: row.int(14), changedAt: columns.instant(16), cancelReason: row.text(17),
      recurrence: try recurrence(columns), attendance: Attendance(code: row.text(23)),
      paid: row.int(24), refunded: row.int(25), fee: row.int(26),
      paymentDeadline: columns.optionalInstant(27), chargeAt: columns.optionalInstant(30),
      givingUpAt: columns.optionalInstant(31),
      paymentMethod: row.isNull(32) ? nil : try columns.id(32, "payment_method_id"),
      commission: row.int(33), due: columns.optionalInstant(28),
      package: row.isNull(36) ? nil : try columns.packageMembership(from: 36),
      smsLeadMinutes: try columns.optionalInt32(34, "sms_lead_minutes"),
      remindedUntil: columns.instant(35),
      request: row.int(29) == 1 ? try requestDetails(of: id) : nil)
  }

  private func recurrence(_ columns: Columns) throws -> SeriesMembership? {
    guard !columns.row.isNull(21) else { return nil }
    guard let start = Minute(exactly: columns.instant(22)) else {
      throw StoreError.corrupt(
        table: columns.table, id: columns.id, column: "original_start_ms")
    }
    return SeriesMembership(series: try columns.id(21, "series_id"), originalStart: start)
  }
}

extension StoreTransaction {
  func insert(_ appointment: Appointment, of partner: PartnerID) throws {
    let written = try database.execute(
      """
      INSERT INTO appointments (id, partner_id, therapist_id, client_id, service_id, location_id,
        room_id, start_ms, end_ms, time_zone, state, occupies, payment_status, payment_plan,
        price_minor_units, currency, version, booked_ms, changed_ms, cancel_reason,
        buffer_before_minutes, buffer_after_minutes, series_id, original_start_ms, attendance,
        paid_minor_units, refunded_minor_units, fee_minor_units, payment_deadline_ms, due_ms,
        requested, charge_ms, giving_up_ms, payment_method_id, commission_minor_units,
        sms_lead_minutes, reminded_until_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)
      """,
      [
        .id(appointment.id), .id(partner), .id(appointment.therapist),
        appointment.client.map { .id($0) } ?? .null, .id(appointment.service),
        .id(appointment.location), appointment.room.map { .id($0) } ?? .null,
        .int(appointment.span.start.instant.msSinceEpoch),
        .int(appointment.span.end.instant.msSinceEpoch), .text(appointment.zoneName),
        .text(appointment.state.rawValue), .flag(appointment.state.occupies),
        .text(appointment.paymentStatus.rawValue), .text(appointment.plan.rawValue),
        .int(appointment.price.minorUnits), .text(appointment.price.currency.code),
        .int(appointment.version), .int(appointment.bookedAt.msSinceEpoch),
        .int(appointment.changedAt.msSinceEpoch), .text(appointment.cancelReason),
        .int32(appointment.buffers.beforeMinutes), .int32(appointment.buffers.afterMinutes),
        appointment.recurrence.map { .id($0.series) } ?? .null,
        .instant(appointment.recurrence?.originalStart.instant),
        .text(appointment.attendance.code), .int(appointment.paid), .int(appointment.refunded),
        .int(appointment.fee), .instant(appointment.paymentDeadline), .instant(appointment.due),
        .flag(appointment.request != nil), .instant(appointment.chargeAt),
        .instant(appointment.givingUpAt), .optionalID(appointment.paymentMethod),
        .int(appointment.commission), .optionalInt32(appointment.smsLeadMinutes),
        .int(appointment.remindedUntil.msSinceEpoch),
      ])
    guard written == 1 else { throw StoreError.overlap(id: appointment.id.text) }
    if appointment.package != nil { try writeTerms(of: appointment, at: appointment.version) }
    if let request = appointment.request { try insert(request, of: appointment.id) }
  }

  /// Writes what changed of an appointment, over the version before.
  func update(_ appointment: Appointment, from old: Appointment) throws {
    // What it takes is written first, and only where it changed: the guards against overlaps look then.
    if appointment.occupation != old.occupation || appointment.location != old.location {
      try move(appointment, at: old.version)
    } else if appointment.state.occupies != old.state.occupies {
      let written = try database.execute(
        "UPDATE appointments SET occupies = $1 WHERE id = $2 AND version = $3",
        [.flag(appointment.state.occupies), .id(appointment.id), .int(old.version)])
      guard written == 1 else {
        throw appointment.state.occupies
          ? StoreError.overlap(id: appointment.id.text)
          : StoreError.lostUpdate(table: "appointments", id: appointment.id.text)
      }
    }
    if appointment.differsInTerms(from: old) { try writeTerms(of: appointment, at: old.version) }
    let written = try database.execute(
      """
      UPDATE appointments SET state = $1, payment_status = $2, version = $3, changed_ms = $4,
        cancel_reason = $5, series_id = $6, original_start_ms = $7, attendance = $8,
        paid_minor_units = $9, refunded_minor_units = $10, fee_minor_units = $11,
        payment_deadline_ms = $12, due_ms = $13, charge_ms = $14, giving_up_ms = $15,
        payment_method_id = $16, commission_minor_units = $17, reminded_until_ms = $18
      WHERE id = $19 AND version = $20
      """,
      [
        .text(appointment.state.rawValue), .text(appointment.paymentStatus.rawValue),
        .int(appointment.version),
        .int(appointment.changedAt.msSinceEpoch), .text(appointment.cancelReason),
        appointment.recurrence.map { .id($0.series) } ?? .null,
        .instant(appointment.recurrence?.originalStart.instant),
        .text(appointment.attendance.code), .int(appointment.paid), .int(appointment.refunded),
        .int(appointment.fee), .instant(appointment.paymentDeadline), .instant(appointment.due),
        .instant(appointment.chargeAt), .instant(appointment.givingUpAt),
        .optionalID(appointment.paymentMethod), .int(appointment.commission),
        .int(appointment.remindedUntil.msSinceEpoch), .id(appointment.id), .int(old.version),
      ])
    guard written == 1, appointment.version == old.version + 1 else {
      throw StoreError.lostUpdate(table: "appointments", id: appointment.id.text)
    }
  }

  private func move(_ appointment: Appointment, at version: Int64) throws {
    let written = try database.execute(
      """
      UPDATE appointments SET client_id = $1, location_id = $2, room_id = $3, start_ms = $4,
        end_ms = $5, occupies = $6
      WHERE id = $7 AND version = $8
      """,
      [
        appointment.client.map { .id($0) } ?? .null, .id(appointment.location),
        appointment.room.map { .id($0) } ?? .null,
        .int(appointment.span.start.instant.msSinceEpoch),
        .int(appointment.span.end.instant.msSinceEpoch), .flag(appointment.state.occupies),
        .id(appointment.id), .int(version),
      ])
    guard written == 1 else { throw StoreError.overlap(id: appointment.id.text) }
  }

  /// Appointments that one change moves may go to each other's places: until each has its new one, none
  /// takes any time, lest the guards against overlaps turn away what is only passing.
  func standAside(_ events: [Event]) throws {
    let moving = events.compactMap { event -> Appointment? in
      guard case .appointmentChanged(let appointment, let old, _) = event,
        old.state.occupies, appointment.occupation != old.occupation
      else { return nil }
      return old
    }
    guard moving.count > 1 else { return }
    for appointment in moving {
      try database.execute(
        "UPDATE appointments SET occupies = 0 WHERE id = $1 AND version = $2",
        [.id(appointment.id), .int(appointment.version)])
    }
  }
}
