internal import Accounting
public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  private static let packageRows = """
    SELECT id, partner_id, name, sessions, renews, duration_minutes, validity_days,
      total_minor_units, currency, commission_basis_points, commission_minor_units, archived,
      version, created_ms
    FROM packages
    """

  /// - Returns: nil when there is none; the owner tells other partners' apart.
  public func package(_ id: PackageID) throws -> (owner: PartnerID, package: Package)? {
    try database.first("\(StoreSnapshot.packageRows) WHERE id = $1", [.id(id)]) {
      try ownedPackage($0)
    }
  }

  package static let packagesQuery = """
    \(StoreSnapshot.packageRows)
    WHERE partner_id = $1 AND id > $2 AND (archived = 0 OR $3 = 1) ORDER BY id LIMIT $4
    """

  /// A page of a partner's templates, by id.
  /// - Parameter withArchived: those too of which no more links are made.
  public func packages(
    of partner: PartnerID, withArchived: Bool, after: PackageID?, limit: Int
  ) throws -> [Package] {
    try database.rows(
      StoreSnapshot.packagesQuery,
      [.id(partner), .text(after?.text ?? ""), .flag(withArchived), .int(Int64(limit))]
    ) { try ownedPackage($0).package }
  }

  private func ownedPackage(_ row: any SQLRow) throws -> (owner: PartnerID, package: Package) {
    let columns = Columns(row: row, table: "packages", id: row.text(0))
    let id: PackageID = try columns.id(0, "id")
    let package = Package(
      id: id, name: row.text(2), sessions: try columns.int32(3, "sessions"),
      renews: row.int(4) == 1, posting: try columns.posting(from: 7),
      durationMinutes: try columns.int32(5, "duration_minutes"),
      validityDays: try columns.optionalInt32(6, "validity_days"),
      commission: try columns.commission(from: 9), services: try services(ofPackage: id),
      isArchived: row.int(11) == 1, version: row.int(12), createdAt: columns.instant(13))
    return (try columns.id(1, "partner_id"), package)
  }

  private func services(ofPackage id: PackageID) throws -> [ServiceID] {
    try database.rows(
      "SELECT service_id FROM package_services WHERE package_id = $1 ORDER BY position", [.id(id)]
    ) { row in
      try Columns(row: row, table: "package_services", id: id.text).id(0, "service_id")
    }
  }
}

extension Columns {
  /// From amount and currency, which follow each other; NULL is by procedure.
  func posting(from first: Int) throws -> PackagePosting {
    row.isNull(first)
      ? .byProcedure : .total(try money(minorUnits: first, currency: first + 1))
  }
}

extension PackagePosting {
  /// Nil where there is none.
  var total: Money? {
    switch self {
    case .byProcedure: nil
    case .total(let money): money
    }
  }
}

extension StoreTransaction {
  func put(_ package: Package, of partner: PartnerID) throws {
    let commission = SQLValue.commission(package.commission)
    let total = package.posting.total
    try database.execute(
      """
      INSERT INTO packages (id, partner_id, name, sessions, renews, duration_minutes, validity_days,
        total_minor_units, currency, commission_basis_points, commission_minor_units, archived,
        version, created_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, sessions = excluded.sessions,
        renews = excluded.renews, duration_minutes = excluded.duration_minutes,
        validity_days = excluded.validity_days, total_minor_units = excluded.total_minor_units,
        currency = excluded.currency, commission_basis_points = excluded.commission_basis_points,
        commission_minor_units = excluded.commission_minor_units, archived = excluded.archived,
        version = excluded.version
      """,
      [
        .id(package.id), .id(partner), .text(package.name), .int32(package.sessions),
        .flag(package.renews), .int32(package.durationMinutes),
        .optionalInt32(package.validityDays), total.map { .int($0.minorUnits) } ?? .null,
        .optionalText(total?.currency.code), commission.basisPoints, commission.minorUnits,
        .flag(package.isArchived), .int(package.version), .int(package.createdAt.msSinceEpoch),
      ])
    try database.replaceList(
      "package_services", key: "package_id", id: package.id.text, valueColumn: "service_id",
      with: package.services.map(\.text))
  }
}
