internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct TransactionTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private struct Undone: Error {}
  private let first = session(1, span(0, 50))

  @Test("a savepoint undoes what it wrote, and the transaction goes on")
  func savepoint() throws {
    let second = session(2, span(60, 110))
    let third = session(3, span(120, 170))
    try store.write { transaction in
      try transaction.savepoint { try transaction.apply([first.booked]) }
      #expect(throws: Undone.self) {
        try transaction.savepoint {
          try transaction.apply([second.booked])
          #expect(try transaction.snapshot.appointment(second.id) != nil)
          throw Undone()
        }
      }
      #expect(try transaction.snapshot.appointment(second.id) == nil)
      try transaction.savepoint { try transaction.apply([third.booked]) }
    }
    let found = try store.read { snapshot in
      try [first, second, third].map { try snapshot.appointment($0.id)?.appointment }
    }
    #expect(found == [first, nil, third])
  }

  @Test("savepoints nest: the outer one undoes the inner one's work too")
  func nested() throws {
    try store.write { transaction -> Void in
      #expect(throws: Undone.self) {
        try transaction.savepoint {
          try transaction.savepoint { try transaction.apply([first.booked]) }
          throw Undone()
        }
      }
    }
    #expect(try store.read { try $0.appointment(first.id) } == nil)
  }

  @Test("a savepoint and a transaction give what their bodies give")
  func values() throws {
    let found: Int? = try store.write { transaction in try transaction.savepoint { nil } }
    #expect(found == nil)
    #expect(try store.write { _ in 7 } == 7)
  }

  @Test("a transaction that throws leaves nothing")
  func throwing() throws {
    #expect(throws: Undone.self) {
      try store.write { transaction in
        try transaction.apply([first.booked])
        throw Undone()
      }
    }
    #expect(try scratch.count("appointments") == 0)
    try store.book([first])
    #expect(try scratch.count("appointments") == 1)
  }

  @Test("a reader sees what is committed, and nothing before it is")
  func committedOnly() throws {
    try store.write { transaction in
      try transaction.apply([first.booked])
      #expect(try transaction.snapshot.appointment(first.id) != nil)
      // Both reading connections, one after the other.
      for _ in 0..<2 { #expect(try store.read { try $0.appointment(first.id) } == nil) }
    }
    for _ in 0..<2 { #expect(try store.read { try $0.appointment(first.id) } != nil) }
  }

  @Test("a snapshot stays what it was while others commit")
  func snapshot() throws {
    try store.read { snapshot in
      #expect(try snapshot.appointment(first.id) == nil)
      try store.book([first])
      #expect(try snapshot.appointment(first.id) == nil)
    }
    #expect(try store.read { try $0.appointment(first.id) } != nil)
  }

  @Test("an update over another version than the one before is a lost update, and writes nothing")
  func lostUpdate() throws {
    try store.book([first])
    let lost = StoreError.lostUpdate(table: "appointments", id: first.id.text)
    let second = first.next(.cancelledByClient)
    #expect(throws: lost) { try store.apply([second.next(.cancelledByTherapist).cancelled]) }
    try store.apply([second.cancelled])
    // Decided on version 1, which is gone by now.
    #expect(throws: lost) { try store.apply([first.next(.cancelledByTherapist).cancelled]) }
    #expect(try store.read { try $0.appointment(first.id) }?.appointment == second)
    #expect(try scratch.count("appointment_transitions") == 2)
    let unknown = session(9, span(0, 50)).next(.cancelledByClient)
    #expect(throws: StoreError.lostUpdate(table: "appointments", id: unknown.id.text)) {
      try store.apply([unknown.cancelled])
    }
  }
}
