internal import Accounting
public import Availability
public import Booking
public import Intervals

/// A benefit whose time will be over, and when.
public struct DueBenefit: Hashable, Sendable {
  public let partner: PartnerID
  public let benefit: BenefitID
  public let due: Instant
}

extension StoreSnapshot {
  private static let benefitRows = """
    SELECT id, partner_id, client_id, kind, origin, value_minor_units, currency, sessions,
      value_left_minor_units, sessions_left, state, expires_ms, note, version, created_ms, changed_ms,
      link_id
    FROM benefits
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func benefit(_ id: BenefitID) throws -> (owner: PartnerID, benefit: Benefit)? {
    try database.first("\(StoreSnapshot.benefitRows) WHERE id = $1", [.id(id)]) {
      try ownedBenefit($0)
    }
  }

  package static let benefitsQuery = """
    \(StoreSnapshot.benefitRows)
    WHERE client_id = $1 AND id > $2 AND partner_id || '' = $3 ORDER BY id LIMIT $4
    """

  /// A page of a client's, by id; those too that are over.
  public func benefits(
    of client: ClientID, _ partner: PartnerID, after: BenefitID? = nil, limit: Int
  ) throws -> [Benefit] {
    try database.rows(
      StoreSnapshot.benefitsQuery,
      [.id(client), .text(after?.text ?? ""), .id(partner), .int(Int64(limit))]
    ) { try ownedBenefit($0).benefit }
  }

  package static let accountQuery = """
    \(StoreSnapshot.benefitRows)
    WHERE client_id = $1 AND state IN ('PENDING', 'ACTIVE') AND partner_id || '' = $2 ORDER BY id
    """

  /// Those of a client's that are not over, by id.
  func account(of client: ClientID, _ partner: PartnerID) throws -> [Benefit] {
    try database.rows(StoreSnapshot.accountQuery, [.id(client), .id(partner)]) {
      try ownedBenefit($0).benefit
    }
  }

  package static let dueBenefitsQuery = """
    SELECT partner_id, id, due_ms FROM benefits
    WHERE due_ms IS NOT NULL AND due_ms <= $1 AND (due_ms, id) > ($2, $3)
    ORDER BY due_ms, id LIMIT $4
    """

  /// Whose time is over, of all partners, in order of when, then of id.
  /// - Parameters:
  ///   - instant: included.
  ///   - last: what the page before ended with.
  public func dueBenefits(
    until instant: Instant, after last: DueBenefit? = nil, limit: Int
  ) throws -> [DueBenefit] {
    try database.rows(
      StoreSnapshot.dueBenefitsQuery,
      [
        .int(instant.msSinceEpoch), .int(last?.due.msSinceEpoch ?? .min),
        .text(last?.benefit.text ?? ""), .int(Int64(limit)),
      ]
    ) { row in
      let columns = Columns(row: row, table: "benefits", id: row.text(1))
      return DueBenefit(
        partner: try columns.id(0, "partner_id"), benefit: try columns.id(1, "id"),
        due: columns.instant(2))
    }
  }

  package static let nextBenefitDueQuery = """
    SELECT due_ms FROM benefits WHERE due_ms IS NOT NULL AND due_ms > $1 ORDER BY due_ms LIMIT 1
    """

  /// When the next benefit's time is over, after an instant; nil when none's ever is.
  public func nextBenefitDue(after instant: Instant) throws -> Instant? {
    try database.first(StoreSnapshot.nextBenefitDueQuery, [.int(instant.msSinceEpoch)]) {
      Instant(msSinceEpoch: $0.int(0))
    }
  }

  private func ownedBenefit(_ row: any SQLRow) throws -> (owner: PartnerID, benefit: Benefit) {
    let columns = Columns(row: row, table: "benefits", id: row.text(0))
    let id: BenefitID = try columns.id(0, "id")
    let benefit = Benefit(
      id: id, client: try columns.id(2, "client_id"),
      kind: try columns.parsed(3, "kind", BenefitForm.init(rawValue:)),
      origin: try columns.parsed(4, "origin", BenefitOrigin.init(rawValue:)),
      services: try services(ofBenefit: id), value: try columns.money(minorUnits: 5, currency: 6),
      sessions: try columns.int32(7, "sessions"), valueLeft: row.int(8),
      sessionsLeft: try columns.int32(9, "sessions_left"),
      state: try columns.parsed(10, "state", BenefitState.init(rawValue:)),
      expiresAt: columns.optionalInstant(11),
      link: row.isNull(16) ? nil : try columns.id(16, "link_id"), note: row.text(12),
      version: row.int(13),
      createdAt: columns.instant(14), changedAt: columns.instant(15))
    return (try columns.id(1, "partner_id"), benefit)
  }

  private func services(ofBenefit id: BenefitID) throws -> [ServiceID] {
    try database.rows(
      "SELECT service_id FROM benefit_services WHERE benefit_id = $1 ORDER BY position", [.id(id)]
    ) { row in
      try Columns(row: row, table: "benefit_services", id: id.text).id(0, "service_id")
    }
  }
}

extension StoreTransaction {
  func insert(_ benefit: Benefit, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO benefits (id, partner_id, client_id, kind, origin, value_minor_units, currency,
        sessions, value_left_minor_units, sessions_left, state, expires_ms, due_ms, note, version,
        created_ms, changed_ms, link_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      """,
      [
        .id(benefit.id), .id(partner), .id(benefit.client), .text(benefit.kind.rawValue),
        .text(benefit.origin.rawValue), .int(benefit.value.minorUnits),
        .text(benefit.value.currency.code), .int32(benefit.sessions), .int(benefit.valueLeft),
        .int32(benefit.sessionsLeft), .text(benefit.state.rawValue), .instant(benefit.expiresAt),
        .instant(benefit.due), .text(benefit.note), .int(benefit.version),
        .int(benefit.createdAt.msSinceEpoch), .int(benefit.changedAt.msSinceEpoch),
        .optionalID(benefit.link),
      ])
    for (position, service) in benefit.services.enumerated() {
      try database.execute(
        "INSERT INTO benefit_services (benefit_id, position, service_id) VALUES ($1, $2, $3)",
        [.id(benefit.id), .int(Int64(position)), .id(service)])
    }
  }

  /// Writes what changed of a benefit, over the version before.
  func update(_ benefit: Benefit, from old: Benefit) throws {
    let written = try database.execute(
      """
      UPDATE benefits SET value_left_minor_units = $1, sessions_left = $2, state = $3,
        expires_ms = $4, due_ms = $5, version = $6, changed_ms = $7, sessions = $8
      WHERE id = $9 AND version = $10
      """,
      [
        .int(benefit.valueLeft), .int32(benefit.sessionsLeft), .text(benefit.state.rawValue),
        .instant(benefit.expiresAt), .instant(benefit.due), .int(benefit.version),
        .int(benefit.changedAt.msSinceEpoch), .int32(benefit.sessions), .id(benefit.id),
        .int(old.version),
      ])
    guard written == 1, benefit.version == old.version + 1 else {
      throw StoreError.lostUpdate(table: "benefits", id: benefit.id.text)
    }
  }
}
