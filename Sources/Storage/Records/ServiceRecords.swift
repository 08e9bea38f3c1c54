internal import Accounting
public import Availability
public import Booking

extension StoreSnapshot {
  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func service(_ id: ServiceID) throws -> (owner: PartnerID, service: HealthcareService)? {
    try database.first(
      """
      SELECT partner_id, therapist_id, name, kind, duration_minutes, price_minor_units, currency,
        mode, payment_plan, grid_minutes, full_hours_only, version, buffer_before_minutes,
        buffer_after_minutes
      FROM services WHERE id = $1
      """, [.id(id)]
    ) { row in
      let columns = Columns(row: row, table: "services", id: id.text)
      return (
        try columns.id(0, "partner_id"),
        HealthcareService(
          id: id, therapist: try columns.id(1, "therapist_id"),
          name: row.text(2), kind: row.text(3),
          durationMinutes: try columns.int32(4, "duration_minutes"),
          price: try columns.money(minorUnits: 5, currency: 6),
          mode: try columns.parsed(7, "mode", SessionMode.init(column:)),
          locations: try locations(ofService: id),
          plan: try columns.parsed(8, "payment_plan", PaymentPlan.init(rawValue:)),
          gridStepMinutes: row.isNull(9) ? nil : try columns.int32(9, "grid_minutes"),
          fullHoursOnly: row.int(10) == 1,
          buffers: try columns.buffers(before: 12, after: 13),
          policy: try policy(ofSubject: id.text),
          version: row.int(11))
      )
    }
  }

  /// A page of a partner's services, by id; of one therapist where one is named.
  public func services(
    of partner: PartnerID, therapist: TherapistID?, after: ServiceID?, limit: Int
  ) throws -> [HealthcareService] {
    let ids: [ServiceID] =
      if let therapist {
        try serviceIDs(of: therapist, partner: partner, after: after, limit: limit)
      } else {
        try ids(in: "services", of: partner, after: after, limit: limit)
      }
    return try ids.compactMap { try service($0)?.service }
  }

  /// Everything that a therapist offers, by id.
  public func services(of therapist: TherapistID) throws -> [HealthcareService] {
    try database.rows(
      "SELECT id FROM services WHERE therapist_id = $1 ORDER BY id", [.id(therapist)]
    ) { row in
      try Columns(row: row, table: "services", id: row.text(0)).id(0, "id")
    }
    .compactMap { try service($0)?.service }
  }

  private func serviceIDs(
    of therapist: TherapistID, partner: PartnerID, after: ServiceID?, limit: Int
  ) throws -> [ServiceID] {
    try database.rows(
      """
      SELECT id FROM services WHERE therapist_id = $1 AND partner_id = $2 AND id > $3
      ORDER BY id LIMIT $4
      """,
      [.id(therapist), .id(partner), .text(after?.text ?? ""), .int(Int64(limit))]
    ) { row in
      try Columns(row: row, table: "services", id: row.text(0)).id(0, "id")
    }
  }

  private func locations(ofService service: ServiceID) throws -> [LocationID] {
    try database.rows(
      "SELECT location_id FROM service_locations WHERE service_id = $1 ORDER BY position",
      [.id(service)]
    ) { row in
      try Columns(row: row, table: "service_locations", id: service.text)
        .id(0, "location_id")
    }
  }
}

extension StoreTransaction {
  func put(_ service: HealthcareService, of partner: PartnerID) throws {
    memory.forget(service.id)
    try database.execute(
      """
      INSERT INTO services (id, partner_id, therapist_id, name, kind, duration_minutes,
        price_minor_units, currency, mode, payment_plan, grid_minutes, full_hours_only, version,
        buffer_before_minutes, buffer_after_minutes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
        duration_minutes = excluded.duration_minutes,
        price_minor_units = excluded.price_minor_units, currency = excluded.currency,
        mode = excluded.mode, payment_plan = excluded.payment_plan,
        grid_minutes = excluded.grid_minutes, full_hours_only = excluded.full_hours_only,
        version = excluded.version, buffer_before_minutes = excluded.buffer_before_minutes,
        buffer_after_minutes = excluded.buffer_after_minutes
      """,
      [
        .id(service.id), .id(partner), .id(service.therapist),
        .text(service.name), .text(service.kind), .int32(service.durationMinutes),
        .int(service.price.minorUnits), .text(service.price.currency.code),
        .text(service.mode.column), .text(service.plan.rawValue),
        service.gridStepMinutes.map(SQLValue.int32) ?? .null, .flag(service.fullHoursOnly),
        .int(service.version), .int32(service.buffers.beforeMinutes),
        .int32(service.buffers.afterMinutes),
      ])
    try put(service.policy, ofSubject: service.id.text, of: partner)
    try database.replaceList(
      "service_locations", key: "service_id", id: service.id.text, valueColumn: "location_id",
      with: service.locations.map(\.text))
  }
}
