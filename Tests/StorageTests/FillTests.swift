internal import Availability
internal import Booking
internal import Foundation
internal import Intervals
internal import Storage
internal import Testing

struct FillTests {
  private let scratch: Scratch
  private let migrated: Scratch

  init() throws {
    scratch = try Scratch()
    migrated = try Scratch()
  }

  private func fill(_ appointments: [Appointment], before: [Event] = []) throws {
    try Store.fill(path: scratch.path) { transaction in
      try transaction.insertPartner(partner, name: "One", at: noon)
      try transaction.apply(Fixture.events + before + appointments.map(\.booked))
    }
  }

  private let schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"

  @Test("what is filled has the schema that migrations make, whole")
  func sameSchema() throws {
    try fill([session(1, span(0, 50))])
    try migrated.open().checkpoint()
    let schema = try migrated.rows(schema)
    #expect(try scratch.rows(self.schema) == schema)
    #expect(schema.contains { $0[0] == "trigger" })
    #expect(try scratch.rows("PRAGMA integrity_check") == [["ok"]])
    #expect(try scratch.rows("PRAGMA foreign_key_check") == [])
  }

  @Test("what is filled is there, and the server goes on from it")
  func goesOn() throws {
    let first = session(1, span(0, 50))
    try fill([first])
    let store = try scratch.open()
    #expect(try store.read { try $0.appointment(first.id) }?.appointment == first)
    #expect(throws: StoreError.self) { try store.book([session(2, span(30, 80))]) }
    try store.book([session(3, span(60, 110))])
    let positions = try scratch.rows("SELECT position FROM events ORDER BY position")
    #expect(positions.map { Int($0[0]) } == Array(1...positions.count))
    #expect(try store.pragma("journal_mode") == "wal")
  }

  @Test("overlaps are found, of therapist, room and client alike, and only of what takes time")
  func overlaps() throws {
    let first = session(1, span(0, 50))
    let inTheWay = [
      session(2, span(49, 99), client: daria, room: redRoom),
      session(2, span(49, 99), therapist: bruno, client: daria),
      session(2, span(49, 99), therapist: bruno, room: redRoom),
    ]
    for second in inTheWay {
      let scratch = try Scratch()
      #expect(throws: StoreError.overlap(id: second.id.text)) {
        try Store.fill(path: scratch.path) { transaction in
          try transaction.insertPartner(partner, name: "One", at: noon)
          try transaction.apply(Fixture.events + [first.booked, second.booked])
        }
      }
    }
    try fill([
      first, session(2, span(49, 99), state: .cancelledByClient), session(3, span(50, 100)),
    ])
  }

  @Test("what refers to nothing is not filled in")
  func references() throws {
    #expect(throws: StoreError.self) {
      try fill([session(1, span(0, 50), client: ClientID(rawValue: 99))])
    }
  }
}

struct CheckpointTests {
  @Test("commits leave the log alone; it is moved when somebody asks and it has grown long")
  func whenDue() throws {
    let scratch = try Scratch()
    let store = try Store(path: scratch.path, logPagesMax: 40)
    func fileBytes() throws -> Int {
      try FileManager.default.attributesOfItem(atPath: scratch.path)[.size] as? Int ?? 0
    }
    // The schema alone is longer: a first move makes the log begin anew.
    try store.checkpointIfDue()
    let before = try fileBytes()
    try store.write { try $0.insertPartner(partner, name: "One", at: noon) }
    try store.checkpointIfDue()
    #expect(try fileBytes() == before)
    try store.write { transaction in
      for number in 100..<400 {
        try transaction.insertPartner(
          PartnerID(rawValue: UInt128(number)), name: String(repeating: "x", count: 900), at: noon)
      }
    }
    #expect(try fileBytes() == before)
    try store.checkpointIfDue()
    #expect(try fileBytes() > before)
    #expect(try store.pragma("wal_autocheckpoint") == "0")
    #expect(try store.read { try $0.partners() }.count == 301)
  }
}
