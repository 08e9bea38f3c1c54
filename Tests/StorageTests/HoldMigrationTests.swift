internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Databases from before there were holds.
struct HoldMigrationTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  @Test("what was booked before there were holds is kept, and keeps holds away", arguments: [1, 2])
  func migrates(from version: Int) throws {  // S-12 S-10
    switch version {
    case 1: try SchemaOne.make(at: scratch.path)
    default: try makeSchemaTwo()
    }
    let booked = session(1, span(0, 50))
    let store = try scratch.open()
    #expect(try store.read { try $0.appointment(booked.id) }?.appointment == booked)
    #expect(try scratch.count("holds") == 0)
    let over = held(1, span(49, 99), client: nil, room: nil)
    #expect(throws: StoreError.overlap(id: over.id.text)) { try store.apply([.holdTaken(over)]) }
    let beside = held(2, span(50, 100))
    try store.apply([.holdTaken(beside)])
    let late = session(7, span(99, 149))
    #expect(throws: StoreError.overlap(id: late.id.text)) { try store.book([late]) }
    #expect(try scratch.count("appointment_transitions WHERE overridden <> ''") == 0)
  }

  /// This version's database with all taken back that the third migration did.
  private func makeSchemaTwo() throws {
    let store = try scratch.practice()
    try store.book([session(1, span(0, 50))])
    try store.checkpoint()
    for statement in [
      "DROP TRIGGER appointments_insert_beside_holds",
      "DROP TRIGGER appointments_update_beside_holds", "DROP TABLE holds",
      "ALTER TABLE appointment_transitions DROP COLUMN overridden",
      "DELETE FROM migrations WHERE number >= 3",
    ] {
      try scratch.tamper(statement)
    }
  }
}
