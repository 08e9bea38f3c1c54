public import Availability
public import Intervals

/// Something that happened, as it stands in the journal (E-3).
public struct JournalEntry: Hashable, Sendable {
  public let position: Int64
  public let at: Instant
  public let kind: String
  public let subject: String
  public let subjectVersion: Int64
  /// Nil where the subject says it all.
  public let related: String?
  public let actorRole: String
  public let actor: String
}

extension StoreSnapshot {
  /// What happened to a partner's things, in order.
  /// - Parameters:
  ///   - position: what comes after it; 0 is all.
  ///   - subject: to this one; nil is any.
  ///   - actor: on behalf of this one; nil is any.
  public func journal(
    of partner: PartnerID, after position: Int64, about subject: String?, by actor: String?,
    limit: Int
  ) throws -> [JournalEntry] {
    try database.rows(
      """
      SELECT position, at_ms, kind, subject_id, subject_version, related_id, actor_role, actor
      FROM events
      WHERE partner_id = $1 AND position > $2 AND ($3 IS NULL OR subject_id = $3)
        AND ($4 IS NULL OR actor = $4)
      ORDER BY position LIMIT $5
      """,
      [
        .id(partner), .int(position), subject.map(SQLValue.text) ?? .null,
        actor.map(SQLValue.text) ?? .null, .int(Int64(limit)),
      ], JournalEntry.init(row:))
  }
}

extension JournalEntry {
  /// From position, at_ms, kind, subject_id, subject_version, related_id, actor_role, actor.
  init(row: any SQLRow) {
    self.init(
      position: row.int(0), at: Instant(msSinceEpoch: row.int(1)), kind: row.text(2),
      subject: row.text(3), subjectVersion: row.int(4),
      related: row.isNull(5) ? nil : row.text(5), actorRole: row.text(6), actor: row.text(7))
  }
}
