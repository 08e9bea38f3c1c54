public import Availability
internal import Booking
public import Intervals

/// An event that was not delivered to an endpoint when it was its turn (N-5).
public struct LateWebhook: Hashable, Sendable {
  public let endpoint: WebhookEndpointID
  public let position: Int64
  /// What the event is about, as text.
  public let subject: String
  public let tries: Int32
  /// When it is tried again; nil where it was given up.
  public let due: Instant?
  public let error: String
}

extension StoreSnapshot {
  private static let lateColumns = "endpoint_id, position, subject_id, tries, due_ms, error"

  // Of one thing, events arrive in order: the second waits for the first.
  package static let dueWebhooksQuery = """
    SELECT \(StoreSnapshot.lateColumns) FROM webhook_backlog AS late
    WHERE due_ms IS NOT NULL AND due_ms <= $1 AND (due_ms, endpoint_id, position) > ($2, $3, $4)
      AND NOT EXISTS (
        SELECT 1 FROM webhook_backlog AS earlier
        WHERE earlier.due_ms IS NOT NULL AND earlier.endpoint_id = late.endpoint_id
          AND earlier.subject_id = late.subject_id AND earlier.position < late.position)
    ORDER BY due_ms, endpoint_id, position LIMIT $5
    """

  /// What is to be tried again, of all endpoints, in order of when, then of endpoint and position; of one
  /// thing's events the first that waits only.
  /// - Parameters:
  ///   - instant: included.
  ///   - last: what the page before ended with.
  public func dueWebhooks(
    until instant: Instant, after last: LateWebhook? = nil, limit: Int
  ) throws -> [LateWebhook] {
    try database.rows(
      StoreSnapshot.dueWebhooksQuery,
      [
        .int(instant.msSinceEpoch), .int(last?.due?.msSinceEpoch ?? .min),
        .text(last?.endpoint.text ?? ""), .int(last?.position ?? -1), .int(Int64(limit)),
      ], LateWebhook.init)
  }

  package static let nextWebhookDueQuery = """
    SELECT due_ms FROM webhook_backlog WHERE due_ms IS NOT NULL AND due_ms > $1
    ORDER BY due_ms LIMIT 1
    """

  /// When the next one is tried again, after an instant; nil when none ever is.
  public func nextWebhookDue(after instant: Instant) throws -> Instant? {
    try database.first(StoreSnapshot.nextWebhookDueQuery, [.int(instant.msSinceEpoch)]) {
      Instant(msSinceEpoch: $0.int(0))
    }
  }

  package static let lateSubjectQuery = """
    SELECT 1 FROM webhook_backlog
    WHERE endpoint_id = $1 AND subject_id = $2 AND due_ms IS NOT NULL LIMIT 1
    """

  /// Whether an event of this thing waits for the endpoint: the next has to wait with it.
  public func isLate(_ subject: String, at endpoint: WebhookEndpointID) throws -> Bool {
    try database.first(StoreSnapshot.lateSubjectQuery, [.id(endpoint), .text(subject)]) { _ in true
    } ?? false
  }

  package static let dueWebhooksOfOneQuery = """
    SELECT \(StoreSnapshot.lateColumns) FROM webhook_backlog AS late
    WHERE endpoint_id = $1 AND due_ms IS NOT NULL AND due_ms <= $2
      AND NOT EXISTS (
        SELECT 1 FROM webhook_backlog AS earlier
        WHERE earlier.due_ms IS NOT NULL AND earlier.endpoint_id = late.endpoint_id
          AND earlier.subject_id = late.subject_id AND earlier.position < late.position)
    ORDER BY position LIMIT $3
    """

  /// What is to be tried again of one endpoint, by position; of one thing's events the first that waits only.
  public func dueWebhooks(
    of endpoint: WebhookEndpointID, until instant: Instant, limit: Int
  ) throws -> [LateWebhook] {
    try database.rows(
      StoreSnapshot.dueWebhooksOfOneQuery,
      [.id(endpoint), .int(instant.msSinceEpoch), .int(Int64(limit))], LateWebhook.init)
  }

  /// How many events wait to be tried again at an endpoint, and how many were given up.
  public func webhookBacklogCounts(
    of endpoint: WebhookEndpointID
  ) throws -> (waiting: Int64, givenUp: Int64) {
    try database.first(
      """
      SELECT count(due_ms), count(*) - count(due_ms) FROM webhook_backlog WHERE endpoint_id = $1
      """, [.id(endpoint)]
    ) { (waiting: $0.int(0), givenUp: $0.int(1)) } ?? (0, 0)
  }

  package static let webhookBacklogQuery = """
    SELECT \(StoreSnapshot.lateColumns) FROM webhook_backlog
    WHERE endpoint_id = $1 AND position > $2 ORDER BY position LIMIT $3
    """

  /// A page of what waits for an endpoint or was given up, by position.
  public func webhookBacklog(
    of endpoint: WebhookEndpointID, after position: Int64 = 0, limit: Int
  ) throws -> [LateWebhook] {
    try database.rows(
      StoreSnapshot.webhookBacklogQuery, [.id(endpoint), .int(position), .int(Int64(limit))],
      LateWebhook.init)
  }
}

extension LateWebhook {
  fileprivate init(_ row: any SQLRow) throws {
    let columns = Columns(row: row, table: "webhook_backlog", id: row.text(0))
    endpoint = try columns.id(0, "endpoint_id")
    position = row.int(1)
    subject = row.text(2)
    tries = try columns.int32(3, "tries")
    due = columns.optionalInstant(4)
    error = row.text(5)
  }
}

extension StoreTransaction {
  /// Writes how far an endpoint came; its version stays, for it is as its partner set it.
  func note(_ note: WebhookNote, at instant: Instant) throws {
    var lastError: String?
    for delivery in note.deliveries {
      lastError = try write(delivery, to: note.endpoint) ?? lastError
    }
    let failing: SQLValue = lastError == nil ? .null : .int(instant.msSinceEpoch)
    let written = try database.execute(
      """
      UPDATE webhook_endpoints SET position = coalesce($1, position),
        failing_since_ms = CASE WHEN $2 = 1 THEN NULL ELSE coalesce(failing_since_ms, $3) END,
        last_error = coalesce($4, CASE WHEN $2 = 1 THEN '' ELSE last_error END)
      WHERE id = $5
      """,
      [
        note.position.map(SQLValue.int) ?? .null, .flag(note.isAlive), failing,
        .optionalText(lastError), .id(note.endpoint),
      ])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "webhook_endpoints", id: note.endpoint.text)
    }
  }

  /// - Returns: what went wrong; nil where it arrived.
  private func write(
    _ delivery: WebhookNote.Delivery, to endpoint: WebhookEndpointID
  ) throws -> String? {
    var (due, error) = (Instant?.none, "")
    switch delivery.fate {
    case .delivered:
      try database.execute(
        "DELETE FROM webhook_backlog WHERE endpoint_id = $1 AND position = $2",
        [.id(endpoint), .int(delivery.position)])
      return nil
    case .waits(let until, let why): (due, error) = (until, why)
    case .givenUp(let why): error = why
    }
    try database.execute(
      """
      INSERT INTO webhook_backlog (endpoint_id, position, subject_id, tries, due_ms, error, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (endpoint_id, position) DO UPDATE SET tries = excluded.tries,
        due_ms = excluded.due_ms, error = excluded.error, state = excluded.state
      """,
      [
        .id(endpoint), .int(delivery.position), .text(delivery.subject), .int32(delivery.tries),
        .instant(due), .text(error), .text(due == nil ? "GIVEN_UP" : "WAITING"),
      ])
    // One that only waits for another was not tried.
    return delivery.tries == 0 ? nil : error
  }
}
