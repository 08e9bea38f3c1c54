public import Availability
internal import Booking
public import Intervals

/// A package's link whose validity will be over, and when.
public struct DueLink: Hashable, Sendable {
  public let partner: PartnerID
  public let link: PackageLinkID
  public let due: Instant
}

extension StoreSnapshot {
  package static let dueLinksQuery = """
    SELECT partner_id, id, due_ms FROM package_links
    WHERE due_ms IS NOT NULL AND due_ms <= $1 AND (due_ms, id) > ($2, $3)
    ORDER BY due_ms, id LIMIT $4
    """

  /// Whose validity is over, of all partners, in order of when, then of id.
  /// - Parameters:
  ///   - instant: included.
  ///   - last: what the page before ended with.
  public func dueLinks(
    until instant: Instant, after last: DueLink? = nil, limit: Int
  ) throws -> [DueLink] {
    try database.rows(
      StoreSnapshot.dueLinksQuery,
      [
        .int(instant.msSinceEpoch), .int(last?.due.msSinceEpoch ?? .min),
        .text(last?.link.text ?? ""), .int(Int64(limit)),
      ], DueLink.init)
  }

  package static let nextLinkDueQuery = """
    SELECT due_ms FROM package_links WHERE due_ms IS NOT NULL AND due_ms > $1
    ORDER BY due_ms LIMIT 1
    """

  /// When the next link's validity is over, after an instant; nil when none's ever is.
  public func nextLinkDue(after instant: Instant) throws -> Instant? {
    try database.first(StoreSnapshot.nextLinkDueQuery, [.int(instant.msSinceEpoch)]) {
      Instant(msSinceEpoch: $0.int(0))
    }
  }

  // As with appointments, the partner is kept out of the choice of an index.
  package static let dueLinksOfPartnerQuery = """
    SELECT partner_id, id, due_ms FROM package_links
    WHERE due_ms IS NOT NULL AND partner_id || '' = $1 ORDER BY due_ms, id LIMIT $2
    """

  /// A partner's links whose validity ends, the next first.
  public func dueLinks(of partner: PartnerID, limit: Int) throws -> [DueLink] {
    try database.rows(
      StoreSnapshot.dueLinksOfPartnerQuery, [.id(partner), .int(Int64(limit))], DueLink.init)
  }

  package static let overdueLinksQuery = """
    SELECT count(*) FROM package_links
    WHERE due_ms IS NOT NULL AND due_ms < $1 AND partner_id || '' = $2
    """

  /// How many of a partner's links were due before.
  public func overdueLinkCount(of partner: PartnerID, before: Instant) throws -> Int64 {
    try database.first(
      StoreSnapshot.overdueLinksQuery, [.int(before.msSinceEpoch), .id(partner)]
    ) { $0.int(0) } ?? 0
  }
}

extension DueLink {
  fileprivate init(_ row: any SQLRow) throws {
    let columns = Columns(row: row, table: "package_links", id: row.text(1))
    partner = try columns.id(0, "partner_id")
    link = try columns.id(1, "id")
    due = columns.instant(2)
  }
}
