public import Availability
internal import Intervals

/// Which events to read.
public struct JournalQuery: Hashable, Sendable {
  /// What comes after it; 0 is all.
  public var after: Int64
  /// Of these kinds, each of capital letters, digits and "_"; none is all.
  public var kinds: [String]
  /// About this one, by its id; nil is any.
  public var subject: String?
  public var limit: Int

  public init(after: Int64, kinds: [String], subject: String? = nil, limit: Int) {
    self.after = after
    self.kinds = kinds
    self.subject = subject
    self.limit = limit
  }
}

/// Events, and how far they were looked at.
public struct JournalPage: Sendable {
  public let entries: [JournalEntry]
  /// Everything up to here is in the page, or not asked for.
  public let position: Int64
  /// Whether there is more after it.
  public let hasMore: Bool
}

extension StoreSnapshot {
  /// A rare kind is not looked for through a whole journal at once.
  private static let positionsInPageMax: Int64 = 10_000

  /// The position of a partner's last event; 0 where there is none.
  public func lastPosition(of partner: PartnerID) throws -> Int64 {
    try database.first(
      "SELECT coalesce(max(position), 0) FROM events WHERE partner_id = $1", [.id(partner)]
    ) { $0.int(0) } ?? 0
  }

  /// A page of what happened, in order.
  /// - Returns: nil where the query begins after the last event.
  public func journalPage(
    of partner: PartnerID, matching query: JournalQuery
  ) throws -> JournalPage? {
    let last = try lastPosition(of: partner)
    guard query.after <= last else { return nil }
    let end = min(last, query.after + StoreSnapshot.positionsInPageMax)
    let entries = try database.rows(
      """
      SELECT position, at_ms, kind, subject_id, subject_version, related_id, actor_role, actor
      FROM events
      WHERE partner_id = $1 AND position > $2 AND position <= $3
        AND ($4 IS NULL OR replace($4, ',' || kind || ',', '') <> $4)
        AND ($5 IS NULL OR subject_id = $5)
      ORDER BY position LIMIT $6
      """,
      [
        .id(partner), .int(query.after), .int(end),
        // One text for any number of kinds, so that there is one statement: each between commas of its own.
        query.kinds.isEmpty ? .null : .text(query.kinds.map { ",\($0)," }.joined()),
        query.subject.map(SQLValue.text) ?? .null, .int(Int64(query.limit)),
      ], JournalEntry.init(row:))
    let position = entries.count < query.limit ? end : entries.last?.position ?? query.after
    return JournalPage(entries: entries, position: position, hasMore: position < last)
  }
}
