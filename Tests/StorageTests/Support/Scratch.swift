internal import Availability
internal import Booking
internal import Foundation
internal import GRDB
internal import Intervals
internal import Storage

/// A database file in a folder of its own, which goes when this does.
final class Scratch {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "seduta-storage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    // What is left of a failed removal is only a file in the temporary folder.
    try? FileManager.default.removeItem(at: folder)
  }

  var path: String { folder.appending(path: "seduta.sqlite").path }
  var logPath: String { path + "-wal" }

  func open() throws -> Store {
    try Store(path: path)
  }

  /// A store with both partners and the fixture, which is the first partner's.
  func practice() throws -> Store {
    let store = try open()
    try store.write { transaction in
      try transaction.insertPartner(partner, name: "One", at: noon)
      try transaction.insertPartner(otherPartner, name: "Two", at: noon)
    }
    try store.apply(Fixture.events)
    return store
  }

  /// The file as any tool sees it, on a connection of its own: rows of columns as text, "" for NULL.
  func rows(_ sql: String) throws -> [[String]] {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { connection in
      try Row.fetchAll(connection, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null: ""
          case .int64(let number): String(number)
          case .double(let number): String(number)
          case .string(let text): text
          case .blob(let bytes): bytes.map { String($0) }.joined(separator: " ")
          }
        }
      }
    }
  }

  func count(_ table: String) throws -> Int {
    try Int(rows("SELECT count(*) FROM \(table)")[0][0]) ?? -1
  }

  /// Changes the file behind a store's back.
  func tamper(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }
}

extension Store {
  /// Applies events of one change, in a transaction of its own.
  func apply(
    _ events: [Event], effects: [Effect] = [], of owner: PartnerID = partner,
    by actor: Actor = desk, at instant: Instant = noon
  ) throws {
    try write { try $0.apply(events, effects: effects, of: owner, by: actor, at: instant) }
  }

  func book(_ appointments: [Appointment]) throws {
    try apply(appointments.map(\.booked))
  }

  /// Everything that takes time, as the index is told of it: read in so many parts.
  func occupations(
    shares count: Int = 1, from: Instant = Instant(msSinceEpoch: 0)
  ) throws -> [Occupation] {
    try read { snapshot in
      var found: [Occupation] = []
      for share in try snapshot.appointmentShares(count) {
        try snapshot.forEachBookedTime(in: share, from: from) { time in
          found.append(
            Occupation(
              occupant: .appointment(time.appointment), span: time.span, buffers: time.buffers,
              therapist: time.therapist, room: time.room, client: time.client))
        }
      }
      return found
    }
  }
}

extension StoreTransaction {
  func apply(
    _ events: [Event], effects: [Effect] = [], of owner: PartnerID = partner,
    by actor: Actor = desk, at instant: Instant = noon
  ) throws {
    // The answer is for the caller; the store does not look at it.
    let change = Change(
      events: events, effects: effects, answer: .imported(created: 0, replaced: 0))
    try apply(change, of: owner, by: actor, at: instant)
  }
}
