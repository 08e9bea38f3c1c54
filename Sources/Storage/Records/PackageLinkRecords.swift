internal import Accounting
public import Availability
public import Booking
internal import Intervals

/// Which links to list; all conditions that are set must hold (K-7).
public struct PackageLinkQuery: Hashable, Sendable {
  public var client: ClientID?
  /// Of one of whose services sessions can be booked.
  public var therapist: TherapistID?
  /// Empty means any.
  public var states: [PackageLinkState] = []
  /// The last one of the page before.
  public var after: PackageLinkID?
  public var limit: Int

  public init(limit: Int) {
    self.limit = limit
  }
}

extension StoreSnapshot {
  private static let linkRows = """
    SELECT id, partner_id, client_id, package_id, name, renews, duration_minutes, validity_days,
      total_minor_units, currency, commission_basis_points, commission_minor_units, insurer,
      authorisation_number, contact_phone, visit_notes, room_id, sms_lead_minutes, sessions,
      sessions_reserved, sessions_attended, sessions_expired, sessions_returned, benefit_id, state,
      expires_ms, renewal_of_id, renewed_by_id, version, linked_ms, changed_ms
    FROM package_links
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func packageLink(_ id: PackageLinkID) throws -> (owner: PartnerID, link: PackageLink)? {
    try database.first("\(StoreSnapshot.linkRows) WHERE id = $1", [.id(id)]) { try ownedLink($0) }
  }

  /// A page of a partner's links, by id.
  public func packageLinks(
    of partner: PartnerID, matching query: PackageLinkQuery
  ) throws -> [PackageLink] {
    let (sql, arguments) = StoreSnapshot.listing(of: partner, matching: query)
    return try database.rows(sql, arguments) { try ownedLink($0).link }
  }

  /// How SQLite goes about such a page: which index leads, and whether it has to sort.
  package func plan(
    ofLinks partner: PartnerID, matching query: PackageLinkQuery
  ) throws -> [String] {
    let (sql, arguments) = StoreSnapshot.listing(of: partner, matching: query)
    return try database.rows("EXPLAIN QUERY PLAN " + sql, arguments) { $0.text(3) }
  }

  private static func listing(
    of partner: PartnerID, matching query: PackageLinkQuery
  ) -> (sql: String, arguments: [SQLValue]) {
    var arguments: [SQLValue] = [.id(partner), .text(query.after?.text ?? "")]
    func parameter(_ value: SQLValue) -> String {
      arguments.append(value)
      return "$\(arguments.count)"
    }
    var conditions = ["id > $2"]
    // As in the list of appointments: the first leads through its index.
    if let client = query.client {
      conditions += ["client_id = \(parameter(.id(client)))", looked(at: "partner_id", "$1")]
      if let therapist = query.therapist {
        conditions.append(
          """
          EXISTS (SELECT 1 FROM package_link_services AS covered WHERE link_id = package_links.id
            AND \(looked(at: "therapist_id", parameter(.id(therapist)))))
          """)
      }
    } else if let therapist = query.therapist {
      conditions += [
        """
        id IN (SELECT link_id FROM package_link_services
          WHERE therapist_id = \(parameter(.id(therapist))) AND link_id > $2)
        """, looked(at: "partner_id", "$1"),
      ]
    } else {
      conditions.append("partner_id = $1")
    }
    if !query.states.isEmpty {
      let states = query.states.map { parameter(.text($0.rawValue)) }
      conditions.append("state IN (\(states.joined(separator: ", ")))")
    }
    let sql = """
      \(linkRows) WHERE \(conditions.joined(separator: " AND "))
      ORDER BY id LIMIT \(parameter(.int(Int64(query.limit))))
      """
    return (sql, arguments)
  }

  private func ownedLink(_ row: any SQLRow) throws -> (owner: PartnerID, link: PackageLink) {
    let columns = Columns(row: row, table: "package_links", id: row.text(0))
    let id: PackageLinkID = try columns.id(0, "id")
    func optionalID<Kind>(_ column: Int, _ name: String) throws -> ID<Kind>? {
      row.isNull(column) ? nil : try columns.id(column, name)
    }
    let link = PackageLink(
      id: id, client: try columns.id(2, "client_id"), package: try columns.id(3, "package_id"),
      name: row.text(4), renews: row.int(5) == 1, posting: try columns.posting(from: 8),
      durationMinutes: try columns.int32(6, "duration_minutes"),
      validityDays: try columns.optionalInt32(7, "validity_days"),
      commission: try columns.commission(from: 10), services: try services(ofLink: id),
      details: columns.visitDetails(from: 12), room: try optionalID(16, "room_id"),
      smsLeadMinutes: try columns.optionalInt32(17, "sms_lead_minutes"),
      balance: try columns.packageBalance(from: 18), benefit: try optionalID(23, "benefit_id"),
      state: try columns.parsed(24, "state", PackageLinkState.init(rawValue:)),
      expiresAt: columns.optionalInstant(25), renewalOf: try optionalID(26, "renewal_of_id"),
      renewedBy: try optionalID(27, "renewed_by_id"), version: row.int(28),
      linkedAt: columns.instant(29), changedAt: columns.instant(30))
    return (try columns.id(1, "partner_id"), link)
  }

  private func services(ofLink id: PackageLinkID) throws -> [ServiceID] {
    try database.rows(
      "SELECT service_id FROM package_link_services WHERE link_id = $1 ORDER BY position", [.id(id)]
    ) { row in
      try Columns(row: row, table: "package_link_services", id: id.text).id(0, "service_id")
    }
  }
}

extension Columns {
  /// From total, reserved, attended, expired and returned, which follow each other.
  fileprivate func packageBalance(from first: Int) throws -> PackageBalance {
    PackageBalance(
      total: try int32(first, "sessions"), reserved: try int32(first + 1, "sessions_reserved"),
      attended: try int32(first + 2, "sessions_attended"),
      expired: try int32(first + 3, "sessions_expired"),
      returned: try int32(first + 4, "sessions_returned"))
  }
}

extension StoreTransaction {
  func insert(_ link: PackageLink, of partner: PartnerID) throws {
    let commission = SQLValue.commission(link.commission)
    let (total, balance) = (link.posting.total, link.balance)
    try database.execute(
      """
      INSERT INTO package_links (id, partner_id, client_id, package_id, name, renews,
        duration_minutes, validity_days, total_minor_units, currency, commission_basis_points,
        commission_minor_units, insurer, authorisation_number, contact_phone, visit_notes, room_id,
        sms_lead_minutes, sessions, sessions_reserved, sessions_attended, sessions_expired,
        sessions_returned, benefit_id, state, expires_ms, due_ms, renewal_of_id, renewed_by_id,
        version, linked_ms, changed_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)
      """,
      [
        .id(link.id), .id(partner), .id(link.client), .id(link.package), .text(link.name),
        .flag(link.renews), .int32(link.durationMinutes), .optionalInt32(link.validityDays),
        total.map { .int($0.minorUnits) } ?? .null, .optionalText(total?.currency.code),
        commission.basisPoints, commission.minorUnits, .text(link.details.insurer),
        .text(link.details.authorisationNumber), .text(link.details.phone),
        .text(link.details.notes), .optionalID(link.room), .optionalInt32(link.smsLeadMinutes),
        .int32(balance.total), .int32(balance.reserved), .int32(balance.attended),
        .int32(balance.expired), .int32(balance.returned), .optionalID(link.benefit),
        .text(link.state.rawValue), .instant(link.expiresAt), .instant(link.due),
        .optionalID(link.renewalOf), .optionalID(link.renewedBy), .int(link.version),
        .int(link.linkedAt.msSinceEpoch), .int(link.changedAt.msSinceEpoch),
      ])
    for (position, service) in link.services.enumerated() {
      let written = try database.execute(
        """
        INSERT INTO package_link_services (link_id, position, service_id, therapist_id)
        SELECT $1, $2, id, therapist_id FROM services WHERE id = $3
        """, [.id(link.id), .int(Int64(position)), .id(service)])
      guard written == 1 else {
        throw StoreError.corrupt(table: "package_links", id: link.id.text, column: "services")
      }
    }
  }

  /// Writes what changed of a link, over the version before.
  func update(_ link: PackageLink, from old: PackageLink) throws {
    let balance = link.balance
    let written = try database.execute(
      """
      UPDATE package_links SET renews = $1, insurer = $2, authorisation_number = $3,
        contact_phone = $4, visit_notes = $5, room_id = $6, sms_lead_minutes = $7, sessions = $8,
        sessions_reserved = $9, sessions_attended = $10, sessions_expired = $11,
        sessions_returned = $12, state = $13, expires_ms = $14, due_ms = $15, renewed_by_id = $16,
        version = $17, changed_ms = $18
      WHERE id = $19 AND version = $20
      """,
      [
        .flag(link.renews), .text(link.details.insurer), .text(link.details.authorisationNumber),
        .text(link.details.phone), .text(link.details.notes), .optionalID(link.room),
        .optionalInt32(link.smsLeadMinutes), .int32(balance.total), .int32(balance.reserved),
        .int32(balance.attended), .int32(balance.expired), .int32(balance.returned),
        .text(link.state.rawValue), .instant(link.expiresAt), .instant(link.due),
        .optionalID(link.renewedBy), .int(link.version), .int(link.changedAt.msSinceEpoch),
        .id(link.id), .int(old.version),
      ])
    guard written == 1, link.version == old.version + 1 else {
      throw StoreError.lostUpdate(table: "package_links", id: link.id.text)
    }
  }
}
