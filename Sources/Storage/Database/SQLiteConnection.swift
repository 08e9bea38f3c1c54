internal import GRDB
internal import GRDBSQLite

/// A connection to a SQLite file, and its prepared statements.
// Statements and log are not Sendable: they are touched within the queue's accesses alone, of which there
// is one at a time.
final class SQLiteConnection: @unchecked Sendable {
  private let queue: DatabaseQueue
  private let statements = SQLiteStatements()
  private let log = WriteAheadLog()

  init(path: String, configuration: Configuration) throws {
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// From here on the log is moved into the database file when it is asked for, and not by a commit.
  func takeOverCheckpoints() throws {
    try access { log.observe($0.connection) }
  }

  /// Needs `takeOverCheckpoints()`.
  func checkpointIfLonger(thanPages pages: Int) throws {
    try access { database in
      guard log.pagesToMove > pages else { return }
      // Passive: it waits for no reader. What a reader still needs is moved the next time.
      _ = try database.connection.checkpoint(.passive)
      log.noteCheckpoint()
    }
  }

  /// Brings the schema to this version.
  /// - Parameter last: nil is the newest.
  func migrate(upTo last: Int64? = nil) throws {
    try access { database in
      try Migrations.run(on: database, upTo: last) { body in
        try database.connection.inTransaction(.immediate) {
          try body()
          return .commit
        }
      }
    }
  }

  /// Runs the body with the connection, outside of any transaction.
  func access<Value>(_ body: (SQLiteDatabase) throws -> Value) throws -> Value {
    try queue.writeWithoutTransaction { connection in
      try body(SQLiteDatabase(connection: connection, statements: statements))
    }
  }

  /// Runs the body in a transaction: committed when it returns, undone when it throws.
  func transaction<Value>(_ body: (SQLiteDatabase) throws -> Value) throws -> Value {
    try access { database in
      var value: Value?
      try database.connection.inTransaction(.immediate) {
        value = try body(database)
        return .commit
      }
      guard let value else { preconditionFailure("a transaction that returns has run its body") }
      return value
    }
  }

  /// Runs the body on a snapshot of what was committed when it began.
  func snapshot<Value>(_ body: (SQLiteDatabase) throws -> Value) throws -> Value {
    try queue.read { connection in
      try body(SQLiteDatabase(connection: connection, statements: statements))
    }
  }
}

/// How far the log has grown, as commits tell it.
private final class WriteAheadLog {
  private var pages = 0
  private var pagesAtCheckpoint = 0

  /// Pages written since the last checkpoint.
  var pagesToMove: Int { pages - pagesAtCheckpoint }

  /// SQLite then leaves checkpoints to us. It calls back during commits, while this has to live.
  func observe(_ connection: GRDB.Database) {
    sqlite3_wal_hook(
      connection.sqliteConnection,
      { log, _, _, pages in
        guard let log else { return SQLITE_OK }
        Unmanaged<WriteAheadLog>.fromOpaque(log).takeUnretainedValue().grew(to: Int(pages))
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func noteCheckpoint() {
    pagesAtCheckpoint = pages
  }

  private func grew(to pages: Int) {
    self.pages = pages
    // All of it had been moved: it began anew.
    if pages < pagesAtCheckpoint { pagesAtCheckpoint = 0 }
  }
}
