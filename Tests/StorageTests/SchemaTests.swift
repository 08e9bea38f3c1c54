internal import Availability
internal import Booking
internal import Foundation
internal import Storage
internal import Testing

struct SchemaTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  @Test("an empty file gets the schema, and opening it again leaves it as it is")
  func migratesOnce() throws {
    try scratch.open().checkpoint()
    let schema = try scratch.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    let steps = try scratch.rows("SELECT number FROM migrations ORDER BY number")
    #expect(schema.contains { $0[0] == "appointments" })
    #expect(steps.map { Int($0[0]) } == Array(1...steps.count))

    let partners = try scratch.open().read { try $0.partners() }
    #expect(partners == [])
    #expect(try scratch.rows("SELECT name, sql FROM sqlite_master ORDER BY name") == schema)
    #expect(try scratch.rows("SELECT number FROM migrations ORDER BY number") == steps)
  }

  @Test("a newer schema is refused, and nothing is changed")
  func newerSchema() throws {
    try scratch.open().checkpoint()
    let known = Int64(try scratch.count("migrations"))
    try scratch.tamper("INSERT INTO migrations (number) VALUES (\(known + 1))")
    let schema = try scratch.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    #expect(throws: StoreError.newerSchema(found: known + 1, known: known)) {
      try scratch.open()
    }
    #expect(try scratch.rows("SELECT name, sql FROM sqlite_master ORDER BY name") == schema)
    #expect(
      StoreError.newerSchema(found: 9, known: 1).description.contains("run a newer sedutad"))
  }

  @Test("a row that no version writes is reported with its table, id and column")
  func corrupt() throws {
    let store = try scratch.practice()
    try scratch.tamper("UPDATE clients SET email = 'nowhere' WHERE id = '\(carlo.text)'")
    #expect(throws: StoreError.corrupt(table: "clients", id: carlo.text, column: "email")) {
      try store.read { try $0.client(carlo) }
    }
    #expect(try store.read { try $0.client(daria) }?.client == Fixture.client(daria))
  }

  @Test(
    "what is acknowledged is on disk, readers do not wait, and references hold",
    arguments: [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")])
  func settings(_ name: String, _ value: String) throws {
    #expect(try scratch.open().pragma(name) == value)
    // On a file that had the schema already, too.
    #expect(try scratch.open().pragma(name) == value)
  }

  @Test("a checkpoint leaves nothing in the log, and loses nothing")
  func checkpoint() throws {
    let store = try scratch.practice()
    func logBytes() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: scratch.logPath)[.size] as? Int
    }
    #expect(try #require(try logBytes()) > 0)
    try store.checkpoint()
    #expect(try logBytes() == 0)
    #expect(try store.read { try $0.client(carlo) }?.client == Fixture.client(carlo))
  }

  @Test("what refers to nothing is not written")
  func foreignKeys() throws {
    let store = try scratch.practice()
    let ofNobody = session(1, span(0, 50), client: ClientID(rawValue: 99))
    #expect(throws: (any Error).self) { try store.book([ofNobody]) }
    #expect(try scratch.count("appointments") == 0)
  }
}

struct RestartTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    let store = try scratch.practice()
    try store.book([session(1, span(0, 50))])
  }

  @Test("what was committed is there after a restart")
  func committedIsThere() throws {
    let first = session(1, span(0, 50))
    let found = try scratch.open().read { try $0.appointment(first.id) }
    #expect(found?.appointment == first)
  }

  @Test("positions go on after a restart")  // E-1
  func positionsGoOn() throws {
    try scratch.open().book([session(2, span(60, 110))])
    let positions = try scratch.rows("SELECT position FROM events ORDER BY position")
    #expect(positions.map { Int($0[0]) } == Array(1...(Fixture.events.count + 2)))
  }
}
