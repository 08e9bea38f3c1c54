public import Availability
internal import Booking
public import Intervals

/// A message that is to be sent now, and whose.
public struct DueMessage: Hashable, Sendable {
  public let partner: PartnerID
  public let message: PromisedMessage
}

extension StoreSnapshot {
  // Of two messages about one thing to one reader the second waits while the first is tried again (N-4). Those
  // that were not tried yet are due in the order in which they were promised.
  package static let dueMessagesQuery = """
    SELECT \(StoreSnapshot.messageColumns), partner_id FROM outbox AS message
    WHERE due_ms IS NOT NULL AND due_ms <= $1
      AND (due_ms, partner_id, event_position, ordinal) > ($2, $3, $4, $5)
      AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.due_ms IS NOT NULL AND earlier.tries > 0
          AND earlier.partner_id = message.partner_id
          AND earlier.subject_id = message.subject_id
          AND earlier.recipient_id = message.recipient_id
          AND earlier.channel = message.channel
          AND (earlier.event_position, earlier.ordinal)
            < (message.event_position, message.ordinal))
    ORDER BY due_ms, partner_id, event_position, ordinal LIMIT $6
    """

  /// What is to be sent, of all partners, in order of when, then of partner and promise; without what waits
  /// for an earlier one.
  /// - Parameters:
  ///   - instant: included.
  ///   - last: what the page before ended with.
  public func dueMessages(
    until instant: Instant, after last: DueMessage? = nil, limit: Int
  ) throws -> [DueMessage] {
    try database.rows(
      StoreSnapshot.dueMessagesQuery,
      [
        .int(instant.msSinceEpoch), .int(last?.message.due?.msSinceEpoch ?? .min),
        .text(last?.partner.text ?? ""), .int(last?.message.position ?? -1),
        .int(last?.message.ordinal ?? -1), .int(Int64(limit)),
      ]
    ) { row in
      let columns = Columns(row: row, table: "outbox", id: "\(row.int(0))-\(row.int(1))")
      return DueMessage(
        partner: try columns.id(14, "partner_id"), message: try columns.message(from: 0))
    }
  }

  package static let nextMessageDueQuery = """
    SELECT due_ms FROM outbox WHERE due_ms IS NOT NULL AND due_ms > $1 ORDER BY due_ms LIMIT 1
    """

  /// When the next message is due after an instant; nil when none ever is.
  public func nextMessageDue(after instant: Instant) throws -> Instant? {
    try database.first(StoreSnapshot.nextMessageDueQuery, [.int(instant.msSinceEpoch)]) {
      Instant(msSinceEpoch: $0.int(0))
    }
  }
}
