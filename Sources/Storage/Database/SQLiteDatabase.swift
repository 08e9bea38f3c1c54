internal import Foundation
internal import GRDB
internal import Synchronization

/// SQLite through GRDB, during one access to a connection.
struct SQLiteDatabase: Database {
  let connection: GRDB.Database

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    let statement = try connection.cachedStatement(sql: SQLiteDialect.rewritten(sql))
    do {
      try statement.execute(arguments: bound(arguments))
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw StoreError.constraint(error.message ?? "\(error.extendedResultCode)")
    }
    return connection.changesCount
  }

  func rows<Value>(
    _ sql: String, _ arguments: [SQLValue], _ make: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    let statement = try connection.cachedStatement(sql: SQLiteDialect.rewritten(sql))
    let cursor = try Row.fetchCursor(statement, arguments: bound(arguments))
    var values: [Value] = []
    while let row = try cursor.next() { values.append(try make(SQLiteRow(row: row))) }
    return values
  }

  func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    // Statements that are prepared once: GRDB's own savepoints are parsed each time.
    try execute("SAVEPOINT command")
    do {
      let value = try body()
      try execute("RELEASE command")
      return value
    } catch {
      // On a full disk SQLite takes back the whole transaction: then there is no savepoint to go
      // back to, and what is to be told is the first error.
      if connection.isInsideTransaction {
        try execute("ROLLBACK TO command")
        try execute("RELEASE command")
      }
      throw error
    }
  }

  // The type is spelled out: arrays of `Any` would be taken, too, and cast value by value.
  private func bound(_ arguments: [SQLValue]) -> StatementArguments {
    let values: [DatabaseValue] = arguments.map { $0.databaseValue }
    return StatementArguments(values)
  }
}

/// SQLite numbers `$n` by appearance; `?n` is numbered as written.
enum SQLiteDialect {
  private static let seen = Mutex<[String: String]>([:])

  static func rewritten(_ sql: String) -> String {
    if let known = seen.withLock({ $0[sql] }) { return known }
    // Outside the lock: the writer must not wait for a reader's text.
    let rewritten = sql.replacing(/\$([0-9]+)/) { "?\($0.1)" }
    seen.withLock { $0[sql] = rewritten }
    return rewritten
  }
}

private struct SQLiteRow: SQLRow {
  let row: Row

  func int(_ column: Int) -> Int64 { row[column] }
  func text(_ column: Int) -> String { row[column] }
  func blob(_ column: Int) -> [UInt8] { [UInt8](row[column] as Data) }
  func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .int(let value): value.databaseValue
    case .text(let value): value.databaseValue
    case .blob(let value): Data(value).databaseValue
    case .null: .null
    }
  }
}
