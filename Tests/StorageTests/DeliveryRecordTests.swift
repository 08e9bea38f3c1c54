internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Messages on their way: as those who send them, and those who look, read them.
struct DeliveryRecordTests {
  private let scratch: Scratch
  private let store: Store
  private let first = Int64(Fixture.events.count + 1)

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private static func notice(
    _ kind: MessageKind = .bookingConfirmed, to recipient: Recipient = .client(carlo),
    by channel: Channel = .email, skipped: String? = nil
  ) -> Effect {
    .message(
      Notice(
        kind, to: recipient, about: .appointment(appointmentID(1)), by: channel, note: "n",
        skipped: skipped))
  }

  /// One change for each list, a minute after the other.
  private func promise(_ changes: [[Effect]], of owner: PartnerID = partner) throws {
    for (number, effects) in changes.enumerated() {
      try store.apply(
        [.policyPut(PartnerPolicy(policy: .unset, version: Int64(number) + 1))], effects: effects,
        of: owner, at: at(minutes: Int64(number)))
    }
  }

  private func note(
    _ position: Int64, _ ordinal: Int64, tries: Int32 = 1, _ fate: DeliveryNote.Fate
  ) throws {
    let note = DeliveryNote(
      position: position, ordinal: ordinal, tries: tries, fate: fate, at: at(minutes: 60))
    try store.apply([.deliveryNoted(note)])
  }

  private func due(_ until: Instant = at(minutes: 99), size: Int = 9) throws -> [DueMessage] {
    var found: [DueMessage] = []
    for _ in 0..<20 {
      let page = try store.read {
        try $0.dueMessages(until: until, after: found.last, limit: size)
      }
      if page.isEmpty { break }
      found += page
    }
    return found
  }

  private func keys(_ messages: [DueMessage]) -> [[Int64]] {
    messages.map { [$0.message.position, $0.message.ordinal] }
  }

  private func outbox(in state: MessageState? = nil) throws -> [PromisedMessage] {
    try store.read {
      try $0.outbox(of: partner, about: nil, to: nil, in: state, after: nil, limit: 9)
    }
  }

  @Test("a message is due at once; one that is skipped never is, and says why")  // N-2, N-4
  func promised() throws {
    try promise([
      [
        DeliveryRecordTests.notice(), DeliveryRecordTests.notice(.reminder, skipped: "stale"),
        DeliveryRecordTests.notice(.reminder, by: .sms),
      ]
    ])
    let all = try outbox()
    #expect(all.map(\.state) == [.pending, .skipped, .pending])
    #expect(all.map(\.channel) == [.email, .email, .sms])
    #expect(all.map(\.error) == ["", "stale", ""])
    #expect(all.map(\.due) == [noon, nil, noon])
    #expect(all.allSatisfy { $0.tries == 0 && $0.sentAt == nil && $0.note == "n" })
    #expect(keys(try due()) == [[first, 0], [first, 2]])
    #expect(try due(noon.advanced(byMs: -1)) == [])
  }

  @Test("what is due comes in order of when, of all partners; pages join", arguments: 1...4)
  func order(_ size: Int) throws {  // N-4
    let (mail, other) = (DeliveryRecordTests.notice(), DeliveryRecordTests.notice(.paid))
    try promise([[mail, other], [mail], [mail, mail]])
    try promise([[mail], [other]], of: otherPartner)
    let found = try due(size: size)
    #expect(
      keys(found) == [
        [first, 0], [first, 1], [1, 0], [first + 1, 0], [2, 0], [first + 2, 0], [first + 2, 1],
      ])
    #expect(
      found.map { $0.partner == otherPartner } == [
        false, false, true, false, true, false, false,
      ])
    try store.read { snapshot throws in
      #expect(try snapshot.nextMessageDue(after: noon) == at(minutes: 1))
      #expect(try snapshot.nextMessageDue(after: at(minutes: 2)) == nil)
      #expect(try snapshot.backlog(before: at(minutes: 1)).pendingMessages == 7)
      #expect(try snapshot.backlog(before: at(minutes: 1)).overdueMessages == 3)
    }
  }

  @Test("each fate is noted with its tries; what has one is not sent any more")  // N-4
  func fates() throws {
    try promise([Array(repeating: DeliveryRecordTests.notice(), count: 4)])
    try note(first, 0, .sent(reference: "<1@x>"))
    try note(first, 1, tries: 0, .skipped(why: "no address"))
    try note(first, 2, tries: 9, .givenUp(error: "550"))
    try note(first, 3, tries: 2, .retry(at: at(minutes: 70), error: "421"))
    let all = try outbox()
    #expect(all.map(\.state) == [.sent, .skipped, .givenUp, .pending])
    #expect(all.map(\.tries) == [1, 0, 9, 2])
    #expect(all.map(\.error) == ["", "no address", "550", "421"])
    #expect(all.map(\.sentAt) == [at(minutes: 60), nil, nil, nil])
    #expect(all.map(\.reference) == ["<1@x>", "", "", ""])
    #expect(all.map(\.due) == [nil, nil, nil, at(minutes: 70)])
    #expect(keys(try due()) == [[first, 3]])
    // Told twice: the first stands.
    try note(first, 2, .sent(reference: "late"))
    #expect(try outbox() == all)
    #expect(try outbox(in: .givenUp) == [all[2]])
    let counts = try store.read { try $0.unsentCounts(of: partner) }
    #expect(counts == (pending: 1, givenUp: 1))
    #expect(try store.read { try $0.unsentCounts(of: otherPartner) } == (pending: 0, givenUp: 0))
    #expect(try store.read { try $0.backlog(before: noon).givenUpMessages } == 1)
    #expect(try scratch.count("events") == Fixture.events.count + 1)
  }

  @Test("what follows one that is tried again waits: about the same, to the same, by the same way")
  func waiting() throws {  // N-4
    let elsewhere = Effect.message(
      Notice(.paid, to: .client(carlo), about: .appointment(appointmentID(2))))
    try promise([
      [DeliveryRecordTests.notice()],
      [
        DeliveryRecordTests.notice(.appointmentChanged),
        DeliveryRecordTests.notice(.appointmentChanged, to: .therapist(anna)),
        DeliveryRecordTests.notice(.reminder, by: .sms), elsewhere,
      ],
    ])
    try note(first, 0, .retry(at: at(minutes: 70), error: "421"))
    let others: [[Int64]] = [[first + 1, 1], [first + 1, 2], [first + 1, 3]]
    #expect(keys(try due(at(minutes: 65))) == others)
    #expect(keys(try due(at(minutes: 70))) == others + [[first, 0]])
    try note(first, 0, tries: 2, .sent(reference: ""))
    #expect(keys(try due()) == [[first + 1, 0]] + others)
  }

  @Test("what is due is read through its index, and so is what waits")  // N-4
  func plans() throws {
    let plan = try scratch.plan(of: StoreSnapshot.dueMessagesQuery)
    #expect(plan.contains { $0.hasPrefix("SEARCH message") && $0.contains("outbox_by_due") })
    #expect(plan.contains { $0.hasPrefix("SEARCH earlier") && $0.contains("outbox_retried") })
    #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") }, "\(plan)")
    let next = try scratch.plan(of: StoreSnapshot.nextMessageDueQuery)
    #expect(next.count == 1 && next[0].contains("outbox_by_due"), "\(next)")
    let unsent = try scratch.plan(of: StoreSnapshot.unsentQuery)
    #expect(unsent.contains { $0.contains("outbox_given_up") }, "\(unsent)")
    #expect(unsent.contains { $0.contains("outbox_by_due") }, "\(unsent)")
    let backlog = try scratch.plan(of: StoreSnapshot.backlogQuery)
    #expect(!backlog.contains { $0.hasPrefix("SCAN outbox") && !$0.contains("INDEX") })
  }
}
