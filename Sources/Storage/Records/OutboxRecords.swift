public import Availability
public import Intervals

/// A message that was promised (N-4).
public struct PromisedMessage: Hashable, Sendable {
  /// With the ordinal its key: stable, and the partner's own.
  public let position: Int64
  public let ordinal: Int64
  public let kind: String
  public let recipient: String
  public let subject: String
  public let note: String
  public let at: Instant
  public let state: String
}

/// Where a page of messages ends.
public struct OutboxCursor: Hashable, Sendable {
  public let position: Int64
  public let ordinal: Int64

  public init(position: Int64, ordinal: Int64) {
    self.position = position
    self.ordinal = ordinal
  }
}

extension StoreSnapshot {
  /// A page of a partner's messages, in the order in which they were promised.
  /// - Parameters:
  ///   - subject: about this one; nil is any.
  ///   - recipient: to this one; nil is any.
  public func outbox(
    of partner: PartnerID, about subject: String?, to recipient: String?, after: OutboxCursor?,
    limit: Int
  ) throws -> [PromisedMessage] {
    try database.rows(
      """
      SELECT event_position, ordinal, kind, recipient_id, subject_id, note, at_ms, state
      FROM outbox
      WHERE partner_id = $1 AND (event_position, ordinal) > ($2, $3)
        AND ($4 IS NULL OR subject_id = $4) AND ($5 IS NULL OR recipient_id = $5)
      ORDER BY event_position, ordinal LIMIT $6
      """,
      [
        .id(partner), .int(after?.position ?? -1), .int(after?.ordinal ?? -1),
        subject.map(SQLValue.text) ?? .null, recipient.map(SQLValue.text) ?? .null,
        .int(Int64(limit)),
      ]
    ) { row in
      PromisedMessage(
        position: row.int(0), ordinal: row.int(1), kind: row.text(2), recipient: row.text(3),
        subject: row.text(4), note: row.text(5), at: Instant(msSinceEpoch: row.int(6)),
        state: row.text(7))
    }
  }
}
