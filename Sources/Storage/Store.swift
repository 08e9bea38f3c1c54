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

  private let writer: SQLiteConnection
  private let readers: [SQLiteConnection]
  private let memory = FactsMemory()
  private let logPagesMax: Int
  private let nextReader = Atomic<Int>(0)

  /// Opens the database, makes it where there is none, and brings its schema to this version.
  /// - Parameters:
  ///   - path: of the database file; its folder must exist.
  ///   - readerCount: connections for reading, at least 1.
  ///   - logPagesMax: how long the log may grow until it is due to be moved. The longer, the fewer
  ///     pages are written twice, and the longer a move takes: tens of milliseconds.
  /// - Throws: `StoreError.newerSchema`, or what SQLite says.
  public init(path: String, readerCount: Int = 2, logPagesMax: Int = 16_384) throws {
    self.logPagesMax = logPagesMax
    var configuration = Configuration()
    configuration.label = "seduta.writer"
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    writer = try SQLiteConnection(path: path, configuration: configuration)
    try writer.access { database in
      let connection = database.connection
      // GRDB sets NORMAL when it turns WAL on; acknowledged has to mean on disk.
      try connection.execute(sql: "PRAGMA synchronous = FULL")
      // Each command has a savepoint: what could undo it must not go by way of a temporary file.
      try connection.execute(sql: "PRAGMA temp_store = MEMORY")
      try connection.execute(sql: "PRAGMA cache_size = -\(Store.writerCacheKiB)")
    }
    try writer.takeOverCheckpoints()
    try writer.migrate()
    var reading = Configuration()
    reading.label = "seduta.reader"
    reading.readonly = true
    reading.busyMode = .timeout(5)
    readers = try (0..<max(1, readerCount)).map { _ in
      try SQLiteConnection(path: path, configuration: reading)
    }
  }

  /// Brings a database to an older version of the schema than this one, for tests of migrations.
  package static func migrate(path: String, upTo last: Int64) throws {
    try SQLiteConnection(path: path, configuration: Configuration()).migrate(upTo: last)
  }

  /// Runs a transaction; durable when this returns, undone when the body throws.
  public func write<Value>(_ body: (StoreTransaction) throws -> Value) throws -> Value {
    do {
      return try writer.transaction { database in
        try body(StoreTransaction(database: database, memory: memory))
      }
    } catch {
      memory.forgetAll()
      throw error
    }
  }

  /// Reads a consistent snapshot: what was committed when it began.
  public func read<Value>(_ body: (StoreSnapshot) throws -> Value) throws -> Value {
    let turn = nextReader.wrappingAdd(1, ordering: .relaxed).oldValue
    return try readers[turn % readers.count].snapshot { try body(StoreSnapshot(database: $0)) }
  }

  /// Moves the log into the database file where it has grown long. For the thread that writes, when
  /// nobody waits for it: what a write takes does not include it.
  public func checkpointIfDue() throws {
    try writer.checkpointIfLonger(thanPages: logPagesMax)
  }

  /// Moves the log into the database file, so that the next start has nothing to recover.
  public func checkpoint() throws {
    try writer.access { _ = try $0.connection.checkpoint(.truncate) }
  }

  /// What SQLite says of one of its settings, on the writing connection: "synchronous" is 2 for
  /// FULL.
  public func pragma(_ name: String) throws -> String? {
    try writer.access { try String.fetchOne($0.connection, sql: "PRAGMA \(name)") }
  }
}

/// Reads of one snapshot.
public struct StoreSnapshot {
  let database: any Database
  /// Of the writer; nil for who only reads.
  var memory: FactsMemory?
}

/// Reads and writes of one transaction.
public struct StoreTransaction {
  let database: any Database
  let memory: FactsMemory
  let journal = Journal()

  public var snapshot: StoreSnapshot { StoreSnapshot(database: database, memory: memory) }

  /// Runs the body; what it wrote is undone if it throws, and the transaction goes on.
  public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try database.savepoint(body)
    } catch {
      // What the body had added is gone.
      journal.forget()
      memory.forgetAll()
      throw error
    }
  }
}
