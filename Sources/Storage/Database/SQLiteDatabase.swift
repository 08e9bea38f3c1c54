internal import GRDB
internal import GRDBSQLite

/// SQLite through GRDB, during one access to a connection.
///
/// GRDB opens connections, takes turns and commits. Statements are bound, stepped and read through
/// SQLite's own interface: boxing each value costs a booking more than all of its SQL.
struct SQLiteDatabase: Database {
  let connection: GRDB.Database
  let statements: SQLiteStatements

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    let statement = try statements.prepared(sql, on: connection)
    defer { statement.reset() }
    statement.bind(arguments)
    while try step(statement, sql) {}
    return Int(sqlite3_changes(connection.sqliteConnection))
  }

  func rows<Value>(
    _ sql: String, _ arguments: [SQLValue], _ make: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    let statement = try statements.prepared(sql, on: connection)
    defer { statement.reset() }
    statement.bind(arguments)
    let row = SQLiteRow(statement: statement.handle)
    var values: [Value] = []
    while try step(statement, sql) { values.append(try make(row)) }
    return values
  }

  // Rows lie in the order of their rowid.
  func shares(of table: String, _ count: Int) throws -> [TableShare] {
    let ends = try first(
      "SELECT coalesce(min(rowid), 0), coalesce(max(rowid), 0) FROM \(table)", []
    ) { ($0.int(0), $0.int(1)) }
    guard let (first, last) = ends else { return [] }
    let each = (last - first) / Int64(count) + 1
    return (0..<Int64(count)).map { number in
      let from = first + number * each
      return TableShare(
        rowsMax: Int(each), condition: "rowid BETWEEN \(from) AND \(from + each - 1)")
    }
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

  /// - Returns: whether there is a row.
  private func step(_ statement: SQLiteStatements.Prepared, _ sql: String) throws -> Bool {
    switch sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let message = String(cString: sqlite3_errmsg(connection.sqliteConnection))
      // The low byte is the primary code.
      guard code & 0xFF == SQLITE_CONSTRAINT else {
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
      }
      throw StoreError.constraint(message)
    }
  }
}

/// The row that a statement stands at.
private struct SQLiteRow: SQLRow {
  let statement: OpaquePointer

  func int(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

  func text(_ column: Int) -> String {
    withUTF8(column) { String(decoding: $0, as: UTF8.self) }
  }

  func withUTF8<Value>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    // In this order: asking for the text may change how many bytes there are.
    let start = sqlite3_column_text(statement, Int32(column))
    let count = sqlite3_column_bytes(statement, Int32(column))
    return body(UnsafeBufferPointer(start: start, count: Int(count)))
  }

  func blob(_ column: Int) -> [UInt8] {
    let start = sqlite3_column_blob(statement, Int32(column))
    let count = sqlite3_column_bytes(statement, Int32(column))
    return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(count)))
  }

  func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }
}
