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

  @Test(
    "what was booked before there were holds is kept, and keeps holds away",
    arguments: [1, 2, 3] as [Int64])
  func migrates(from version: Int64) throws {  // S-12 S-10
    try SchemaOne.make(at: scratch.path, version: version)
    let booked = SchemaOne.standing
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
}
