internal import Availability
internal import GRDB
internal import GRDBSQLite

/// The statements of one connection, each prepared once.
final class SQLiteStatements {
  struct Prepared {
    let handle: OpaquePointer

    func reset() { _ = sqlite3_reset(handle) }
  }

  // GRDB's statements: whose handles live as long as they do.
  private var known: [String: Statement] = [:]

  func prepared(_ sql: String, on connection: GRDB.Database) throws -> Prepared {
    if let statement = known[sql] {
      precondition(
        sqlite3_stmt_busy(statement.sqliteStatement) == 0, "a statement runs within itself")
      return Prepared(handle: statement.sqliteStatement)
    }
    let statement = try connection.cachedStatement(sql: SQLiteDialect.rewritten(sql))
    known[sql] = statement
    return Prepared(handle: statement.sqliteStatement)
  }
}

extension SQLiteStatements.Prepared {
  /// Gives each parameter its value. SQLite takes copies.
  func bind(_ arguments: [SQLValue]) {
    precondition(
      sqlite3_bind_parameter_count(handle) == arguments.count,
      "a statement has as many arguments as parameters")
    for index in arguments.indices {
      let code = bind(arguments[index], at: Int32(index + 1))
      precondition(code == SQLITE_OK, "SQLite takes every value within its limits")
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .int(let number): return sqlite3_bind_int64(handle, index, number)
    case .null: return sqlite3_bind_null(handle, index)
    case .text(var text):
      return text.withUTF8 { bytes in
        // Without an address, which an empty text may lack, it would be NULL.
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
          return sqlite3_bind_text(handle, index, "", 0, SQLiteStatements.copied)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          sqlite3_bind_text(handle, index, $0, Int32(bytes.count), SQLiteStatements.copied)
        }
      }
    case .identifier(let id):
      return id.withUTF8 { bytes in
        sqlite3_bind_text(
          handle, index, UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
          Int32(bytes.count), SQLiteStatements.copied)
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
          return sqlite3_bind_zeroblob(handle, index, 0)
        }
        return sqlite3_bind_blob(
          handle, index, start, Int32(bytes.count), SQLiteStatements.copied)
      }
    }
  }
}

extension SQLiteStatements {
  /// SQLITE_TRANSIENT, which is a cast in C: the value is copied before the call returns.
  fileprivate static var copied: sqlite3_destructor_type? {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

/// SQLite numbers `$n` by appearance; `?n` is numbered as written.
enum SQLiteDialect {
  static func rewritten(_ sql: String) -> String {
    sql.replacing(/\$([0-9]+)/) { "?\($0.1)" }
  }
}
