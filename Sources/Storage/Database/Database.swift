internal import Availability

/// What the store needs of a database: written once, for SQLite and PostgreSQL alike.
///
/// SQL has `$1`-style parameters and keeps to what both take.
protocol Database {
  /// Runs a statement that returns no rows.
  /// - Returns: how many rows were written; 0 where a trigger or `ON CONFLICT` turned one away.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

  /// Runs a query and makes a value of each row.
  func rows<Value>(
    _ sql: String, _ arguments: [SQLValue], _ make: (any SQLRow) throws -> Value
  ) throws -> [Value]

  /// Conditions that cut a table into so many parts of about the same size.
  func shares(of table: String, _ count: Int) throws -> [TableShare]

  /// Runs the body; what it wrote is undone if it throws.
  func savepoint<Value>(_ body: () throws -> Value) throws -> Value
}

extension Database {
  func execute(_ sql: String) throws {
    try execute(sql, [])
  }

  func first<Value>(
    _ sql: String, _ arguments: [SQLValue], _ make: (any SQLRow) throws -> Value
  ) throws -> Value? {
    try rows(sql, arguments, make).first
  }
}

/// One row of an answer; columns count from 0. It is good until the body that it is given to returns.
protocol SQLRow {
  func int(_ column: Int) -> Int64
  func text(_ column: Int) -> String
  /// The text's bytes, without a copy.
  func withUTF8<Value>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value
  func blob(_ column: Int) -> [UInt8]
  func isNull(_ column: Int) -> Bool
}

/// A parameter of a statement.
enum SQLValue {
  case int(Int64)
  case text(String)
  /// Text, too.
  case identifier(IDText)
  case blob([UInt8])
  case null

  static func int32(_ value: Int32) -> SQLValue { .int(Int64(value)) }
  static func id<Kind>(_ value: ID<Kind>) -> SQLValue { .identifier(IDText(value)) }
  static func flag(_ value: Bool) -> SQLValue { .int(value ? 1 : 0) }
}
