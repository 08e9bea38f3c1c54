internal import Availability
internal import Booking
internal import Foundation
internal import Intervals
internal import Storage
internal import Testing

/// What time will bring, as Clockwork and operators read it.
struct DueTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.book(DueTests.sessions)
  }

  private static func at(_ minutes: Int64) -> Instant { noon.advanced(byMs: minutes * 60_000) }

  /// Ids do not ascend with what is due; four are due at a time; every fifth waits for nothing.
  private static let sessions: [Appointment] = (0..<60).map { number in
    let start = Int32(number) * 60
    let due: Instant? = number % 5 == 0 ? nil : at(Int64(number / 4))
    return session(UInt128(number * 37 % 60), span(start, start + 50), due: due)
  }

  private static let ordered = sessions.filter { $0.due != nil }.sorted {
    ($0.due ?? noon, $0.id) < ($1.due ?? noon, $1.id)
  }

  @Test("what is due comes in order of when, then of id, that moment included")
  func order() throws {
    for minutes: Int64 in [-1, 0, 3, 7, 100] {
      let found = try store.read { try $0.due(until: DueTests.at(minutes), limit: 1_000) }
      let expected = DueTests.ordered.filter { $0.due ?? noon <= DueTests.at(minutes) }
      #expect(found.map(\.appointment) == expected.map(\.id), "\(minutes)")
      #expect(found.map(\.due) == expected.map(\.due), "\(minutes)")
      #expect(found.allSatisfy { $0.partner == partner && $0.state == .scheduled })
    }
  }

  @Test("pages of any size join to the whole, amid a moment too", arguments: 1...7)
  func pages(_ size: Int) throws {
    var found: [DueAppointment] = []
    // As often as could be needed, so that a page that repeats ends, too.
    for _ in 0...DueTests.ordered.count {
      let page = try store.read {
        try $0.due(until: DueTests.at(100), after: found.last, limit: size)
      }
      #expect(page.count <= size)
      if page.isEmpty { break }
      found += page
    }
    #expect(found.map(\.appointment) == DueTests.ordered.map(\.id))
  }

  @Test("the next moment is after the one that is asked about; nil after the last")
  func next() throws {
    try store.read { snapshot throws in
      #expect(try snapshot.nextDue(after: DueTests.at(-5)) == DueTests.at(0))
      #expect(try snapshot.nextDue(after: DueTests.at(0)) == DueTests.at(1))
      #expect(try snapshot.nextDue(after: DueTests.at(1).advanced(byMs: -1)) == DueTests.at(1))
      #expect(try snapshot.nextDue(after: DueTests.at(14)) == nil)
    }
  }

  @Test("operators see their partner's, and how many are overdue")
  func ofPartner() throws {
    try store.read { snapshot throws in
      let found = try snapshot.due(of: partner, limit: 3)
      #expect(found.map(\.appointment) == DueTests.ordered.prefix(3).map(\.id))
      #expect(try snapshot.due(of: otherPartner, limit: 3) == [])
      #expect(try snapshot.overdueCount(of: partner, before: DueTests.at(0)) == 0)
      let overdue = DueTests.ordered.count { $0.due ?? noon < DueTests.at(2) }
      #expect(try snapshot.overdueCount(of: partner, before: DueTests.at(2)) == Int64(overdue))
      #expect(try snapshot.overdueCount(of: otherPartner, before: DueTests.at(2)) == 0)
    }
  }

  @Test(
    "what is due is read in the order of its index: nothing is sorted, and not all is read",
    arguments: [
      StoreSnapshot.dueQuery, StoreSnapshot.nextDueQuery, StoreSnapshot.overdueQuery,
      StoreSnapshot.dueOfPartnerQuery,
    ])
  func usesIndex(_ query: String) throws {
    let sql = query.replacing(/\$\d/) { _ in "1" }
    let plan = try scratch.rows("EXPLAIN QUERY PLAN \(sql)").map { $0[3] }
    #expect(plan.count == 1, "\(plan)")
    #expect(plan[0].hasPrefix("SEARCH appointments USING"), "\(plan)")
    #expect(plan[0].contains("appointments_by_due"), "\(plan)")
  }

  @Test("where a sandbox's clock was put is kept")
  func sandboxClock() throws {
    #expect(try store.read { try $0.sandboxAheadMs() } == 0)
    for ms: Int64 in [5, 86_400_000] {
      try store.write { try $0.putSandboxAhead(ms: ms) }
      #expect(try scratch.open().read { try $0.sandboxAheadMs() } == ms)
    }
  }

  @Test("what was kept when something began says later what came of it, or is forgotten")  // B-13
  func settling() throws {
    let key = OutcomeKey(partner: partner, method: "Advance", idempotencyKey: "a")
    let other = OutcomeKey(partner: otherPartner, method: "Advance", idempotencyKey: "a")
    try store.write { transaction in
      for key in [key, other] {
        try transaction.keep(StoredOutcome(digest: [1], reply: [2]), under: key, at: noon)
      }
      try transaction.settle([3], under: key)
    }
    #expect(try store.read { try $0.outcome(of: key) } == StoredOutcome(digest: [1], reply: [3]))
    try store.write { try $0.forget(key) }
    try store.read { snapshot throws in
      #expect(try snapshot.outcome(of: key) == nil)
      #expect(try snapshot.outcome(of: other) == StoredOutcome(digest: [1], reply: [2]))
    }
  }
}
