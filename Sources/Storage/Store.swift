internal import Foundation
internal import GRDB
internal import Synchronization

/// What is durable: one SQLite file in WAL mode.
///
/// One connection writes and checkpoints; readers have their own. A write that returned is on disk.
/// All calls block their thread: keep them off event loops.
public final class Store: Sendable {
  /// The upper levels of all indexes of some millions of appointments.
  private static let writerCacheKiB = 65_536

  private let writer: DatabaseQueue
  private let readers: [DatabaseQueue]
  private let nextReader = Atomic<Int>(0)

  /// Opens the database, makes it where there is none, and brings its schema to this version.
  /// - Parameters:
  ///   - path: of the database file; its folder must exist.
  ///   - readerCount: connections for reading, at least 1.
  /// - Throws: `StoreError.newerSchema`, or what SQLite says.
  public init(path: String, readerCount: Int = 2) throws {
    var configuration = Configuration()
    configuration.label = "seduta.writer"
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    writer = try DatabaseQueue(path: path, configuration: configuration)
    try writer.writeWithoutTransaction { connection in
      // GRDB sets NORMAL when it turns WAL on; acknowledged has to mean on disk.
      try connection.execute(sql: "PRAGMA synchronous = FULL")
      // Each command has a savepoint: what could undo it must not go by way of a temporary file.
      try connection.execute(sql: "PRAGMA temp_store = MEMORY")
      try connection.execute(sql: "PRAGMA cache_size = -\(Store.writerCacheKiB)")
      let database = SQLiteDatabase(connection: connection)
      try Migrations.run(on: database) { body in
        try connection.inTransaction(.immediate) {
          try body()
          return .commit
        }
      }
    }
    var reading = Configuration()
    reading.label = "seduta.reader"
    reading.readonly = true
    reading.busyMode = .timeout(5)
    readers = try (0..<max(1, readerCount)).map { _ in
      try DatabaseQueue(path: path, configuration: reading)
    }
  }

  /// Runs a transaction; durable when this returns, undone when the body throws.
  public func write<Value>(_ body: (StoreTransaction) throws -> Value) throws -> Value {
    try writer.writeWithoutTransaction { connection in
      var value: Value?
      try connection.inTransaction(.immediate) {
        value = try body(StoreTransaction(database: SQLiteDatabase(connection: connection)))
        return .commit
      }
      guard let value else { preconditionFailure("a transaction that returns has run its body") }
      return value
    }
  }

  /// Reads a consistent snapshot: what was committed when it began.
  public func read<Value>(_ body: (StoreSnapshot) throws -> Value) throws -> Value {
    let turn = nextReader.wrappingAdd(1, ordering: .relaxed).oldValue
    return try readers[turn % readers.count].read { connection in
      try body(StoreSnapshot(database: SQLiteDatabase(connection: connection)))
    }
  }

  /// Moves the log into the database file, so that the next start has nothing to recover.
  public func checkpoint() throws {
    try writer.writeWithoutTransaction { connection in
      _ = try connection.checkpoint(.truncate)
    }
  }

  /// What SQLite says of one of its settings, on the writing connection: "synchronous" is 2 for
  /// FULL.
  public func pragma(_ name: String) throws -> String? {
    try writer.writeWithoutTransaction { connection in
      try String.fetchOne(connection, sql: "PRAGMA \(name)")
    }
  }
}

/// Reads of one snapshot.
public struct StoreSnapshot {
  let database: any Database
}

/// Reads and writes of one transaction.
public struct StoreTransaction {
  let database: any Database

  public var snapshot: StoreSnapshot { StoreSnapshot(database: database) }

  /// Runs the body; what it wrote is undone if it throws, and the transaction goes on.
  public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try database.savepoint(body)
  }
}
