public import Availability
public import Intervals

/// Under what an outcome is kept (B-13).
public struct OutcomeKey: Hashable, Sendable {
  public let partner: PartnerID
  public let method: String
  public let idempotencyKey: String

  public init(partner: PartnerID, method: String, idempotencyKey: String) {
    self.partner = partner
    self.method = method
    self.idempotencyKey = idempotencyKey
  }
}

/// What a command was answered, to be said again to the same key.
public struct StoredOutcome: Hashable, Sendable {
  /// SHA-256 of what was asked.
  public let digest: [UInt8]
  /// The reply as the caller of the store encodes it.
  public let reply: [UInt8]

  public init(digest: [UInt8], reply: [UInt8]) {
    self.digest = digest
    self.reply = reply
  }
}

extension StoreSnapshot {
  public func outcome(of key: OutcomeKey) throws -> StoredOutcome? {
    try database.first(
      """
      SELECT digest, reply FROM outcomes
      WHERE partner_id = $1 AND method = $2 AND idempotency_key = $3
      """, [.id(key.partner), .text(key.method), .text(key.idempotencyKey)]
    ) { StoredOutcome(digest: $0.blob(0), reply: $0.blob(1)) }
  }
}

extension StoreTransaction {
  /// How long a key is remembered.
  public static let outcomesKeptMs: Int64 = 30 * 86_400_000

  public func keep(_ outcome: StoredOutcome, under key: OutcomeKey, at instant: Instant) throws {
    try database.execute(
      """
      INSERT INTO outcomes (partner_id, method, idempotency_key, digest, reply, at_ms)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .id(key.partner), .text(key.method), .text(key.idempotencyKey),
        .blob(outcome.digest), .blob(outcome.reply), .int(instant.msSinceEpoch),
      ])
  }

  /// Says what came of what was kept under a key when it began.
  public func settle(_ reply: [UInt8], under key: OutcomeKey) throws {
    try database.execute(
      """
      UPDATE outcomes SET reply = $1
      WHERE partner_id = $2 AND method = $3 AND idempotency_key = $4
      """, [.blob(reply), .id(key.partner), .text(key.method), .text(key.idempotencyKey)])
  }

  /// Of what was kept when it began, and came to nothing.
  public func forget(_ key: OutcomeKey) throws {
    try database.execute(
      "DELETE FROM outcomes WHERE partner_id = $1 AND method = $2 AND idempotency_key = $3",
      [.id(key.partner), .text(key.method), .text(key.idempotencyKey)])
  }

  /// Forgets outcomes that are older than they have to be kept.
  public func forgetOutcomes(at now: Instant) throws {
    try database.execute(
      "DELETE FROM outcomes WHERE at_ms < $1",
      [.int(now.msSinceEpoch - StoreTransaction.outcomesKeptMs)])
  }
}
