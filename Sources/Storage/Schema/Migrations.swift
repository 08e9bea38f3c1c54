/// The schema's history. A migration that was released is never edited: a new one follows it.
enum Migrations {
  static let all: [Migration] = [.first, .second, .third, .fourth, .fifth, .sixth]
}

/// A step of the schema.
struct Migration: Sendable {
  /// 1, 2, ... without a gap.
  let number: Int64
  /// What both databases take.
  let statements: [String]
  /// What only SQLite takes.
  let sqliteStatements: [String]
}

extension Migrations {
  /// Brings a database to the newest version, each step in the same transaction as its number.
  /// - Parameter last: nil is the newest that there is.
  static func run(
    on database: any Database, upTo last: Int64? = nil,
    transaction: (() throws -> Void) throws -> Void
  ) throws {
    try database.execute(
      """
      CREATE TABLE IF NOT EXISTS migrations (
        number BIGINT PRIMARY KEY
      )
      """)
    let done =
      try database.first("SELECT coalesce(max(number), 0) FROM migrations", []) { $0.int(0) } ?? 0
    let newest = all.last?.number ?? 0
    guard done <= newest else { throw StoreError.newerSchema(found: done, known: newest) }
    for migration in all where migration.number > done && migration.number <= last ?? newest {
      try transaction {
        for statement in migration.statements + migration.sqliteStatements {
          try database.execute(statement)
        }
        try database.execute(
          "INSERT INTO migrations (number) VALUES ($1)", [.int(migration.number)])
      }
    }
  }
}
