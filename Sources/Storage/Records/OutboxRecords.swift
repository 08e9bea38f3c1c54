public import Availability
public import Booking
public import Intervals

/// A message that was promised (N-4).
public struct PromisedMessage: Hashable, Sendable {
  /// With the ordinal its key: stable, and the partner's own.
  public let position: Int64
  public let ordinal: Int64
  public let kind: String
  public let recipient: String
  public let subject: String
  public let channel: Channel
  public let note: String
  public let at: Instant
  public let state: MessageState
  /// How often it was tried to send it.
  public let tries: Int32
  /// When it is sent, or tried again; nil where it is not, any more.
  public let due: Instant?
  /// Why it was not sent, or not yet; empty where nothing went wrong.
  public let error: String
  public let sentAt: Instant?
  /// The transport's own id; may be empty.
  public let reference: String
}

/// How far a message came.
public enum MessageState: String, CaseIterable, Sendable {
  case pending = "PENDING"
  case sent = "SENT"
  /// It would have come too late, or there was nobody or no way to send it to.
  case skipped = "SKIPPED"
  case givenUp = "GIVEN_UP"
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
  /// In the order that `Columns.message` reads, from an index on.
  static let messageColumns = """
    event_position, ordinal, kind, recipient_id, subject_id, channel, note, at_ms, state, tries,
      due_ms, error, sent_ms, reference
    """

  /// A page of a partner's messages, in the order in which they were promised.
  /// - Parameters:
  ///   - subject: about this one; nil is any.
  ///   - recipient: to this one; nil is any.
  ///   - state: that came so far; nil is any.
  public func outbox(
    of partner: PartnerID, about subject: String?, to recipient: String?,
    in state: MessageState? = nil, after: OutboxCursor?, limit: Int
  ) throws -> [PromisedMessage] {
    try database.rows(
      """
      SELECT \(StoreSnapshot.messageColumns)
      FROM outbox
      WHERE partner_id = $1 AND (event_position, ordinal) > ($2, $3)
        AND ($4 IS NULL OR subject_id = $4) AND ($5 IS NULL OR recipient_id = $5)
        AND ($6 IS NULL OR state = $6)
      ORDER BY event_position, ordinal LIMIT $7
      """,
      [
        .id(partner), .int(after?.position ?? -1), .int(after?.ordinal ?? -1),
        .optionalText(subject), .optionalText(recipient), .optionalText(state?.rawValue),
        .int(Int64(limit)),
      ]
    ) { row in
      try Columns(row: row, table: "outbox", id: "\(row.int(0))-\(row.int(1))").message(from: 0)
    }
  }

  package static let unsentQuery = """
    SELECT (SELECT count(*) FROM outbox WHERE due_ms IS NOT NULL AND partner_id || '' = $1),
      (SELECT count(*) FROM outbox WHERE state = 'GIVEN_UP' AND partner_id = $1)
    """

  /// How many of a partner's messages wait, and how many were given up.
  public func unsentCounts(of partner: PartnerID) throws -> (pending: Int64, givenUp: Int64) {
    try database.first(StoreSnapshot.unsentQuery, [.id(partner)]) { ($0.int(0), $0.int(1)) }
      ?? (0, 0)
  }
}

extension Columns {
  func message(from first: Int) throws -> PromisedMessage {
    PromisedMessage(
      position: row.int(first), ordinal: row.int(first + 1), kind: row.text(first + 2),
      recipient: row.text(first + 3), subject: row.text(first + 4),
      channel: try parsed(first + 5, "channel", Channel.init(rawValue:)),
      note: row.text(first + 6), at: instant(first + 7),
      state: try parsed(first + 8, "state", MessageState.init(rawValue:)),
      tries: try int32(first + 9, "tries"), due: optionalInstant(first + 10),
      error: row.text(first + 11), sentAt: optionalInstant(first + 12),
      reference: row.text(first + 13))
  }
}
