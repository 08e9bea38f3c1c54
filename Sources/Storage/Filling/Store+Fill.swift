internal import GRDB

extension Store {
  /// Makes a database and fills it, many times as fast as an open store is written: nothing is on
  /// disk before the end, and indexes and triggers are made after the rows.
  ///
  /// Nobody else may use the file meanwhile, and one that was not finished must be thrown away. What
  /// comes of it has the schema that migrations make, keeps its references, and has no overlaps.
  ///
  /// - Parameters:
  ///   - path: of a file that does not exist.
  ///   - body: writes the rows, all in one transaction.
  /// - Throws: `StoreError.overlap` when two of the appointments overlap, or what the body throws.
  public static func fill(path: String, _ body: (StoreTransaction) throws -> Void) throws {
    var configuration = Configuration()
    configuration.label = "seduta.filling"
    let connection = try SQLiteConnection(path: path, configuration: configuration)
    try connection.access { database in
      for (setting, value) in [
        ("journal_mode", "OFF"), ("synchronous", "OFF"), ("locking_mode", "EXCLUSIVE"),
        ("cache_size", "-262144"), ("threads", "2"),
      ] {
        try database.connection.execute(sql: "PRAGMA \(setting) = \(value)")
      }
    }
    try connection.migrate()
    let late = try connection.transaction { database in
      try LateSchema.dropped(from: database)
    }
    try connection.transaction { database in
      try body(StoreTransaction(database: database, memory: FactsMemory()))
    }
    try connection.transaction { database in
      try late.restore(in: database)
      if let appointment = try database.firstOverlap() {
        throw StoreError.overlap(id: appointment)
      }
    }
  }
}

/// The parts of the schema that rows can do without while they are written.
private struct LateSchema {
  private let statements: [String]

  /// Takes indexes and triggers away. Those of primary keys stay.
  static func dropped(from database: some Database) throws -> LateSchema {
    let parts = try database.rows(
      """
      SELECT type, name, sql FROM sqlite_master
      WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid
      """, []
    ) { (type: $0.text(0), name: $0.text(1), sql: $0.text(2)) }
    for part in parts { try database.execute("DROP \(part.type) \(part.name)") }
    return LateSchema(statements: parts.map(\.sql))
  }

  func restore(in database: some Database) throws {
    for statement in statements { try database.execute(statement) }
  }
}

extension Database {
  /// An appointment that begins before the one before it has ended, of the same therapist, room or
  /// client. Where none does, no two overlap at all; the same holds for a therapist's buffers (S-7).
  fileprivate func firstOverlap() throws -> String? {
    for resource in ["therapist_id", "room_id", "client_id"] {
      let buffers =
        resource == "therapist_id" ? "max(buffer_before_minutes, after) * 60000" : "0"
      let found = try first(
        """
        SELECT id FROM (
          SELECT id, start_ms, buffer_before_minutes,
            lag(end_ms) OVER line AS ended, lag(buffer_after_minutes) OVER line AS after
          FROM appointments WHERE occupies = 1 AND \(resource) IS NOT NULL
          WINDOW line AS (PARTITION BY \(resource) ORDER BY start_ms))
        WHERE start_ms < ended + \(buffers) LIMIT 1
        """, []
      ) { $0.text(0) }
      if let found { return found }
    }
    return nil
  }
}
