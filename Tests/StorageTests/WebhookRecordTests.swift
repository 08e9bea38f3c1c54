internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct WebhookRecordTests {
  private let scratch: Scratch
  private let store: Store
  private static let id = WebhookEndpointID(rawValue: 6_001)
  private static let other = WebhookEndpointID(rawValue: 6_002)

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private static func endpoint(
    _ id: WebhookEndpointID = id, kinds: [String] = ["APPOINTMENT_BOOKED", "PACKAGE_LINKED"],
    oldSecret: String = "", isEnabled: Bool = true, position: Int64 = 3,
    failingSince: Instant? = nil, lastError: String = "", version: Int64 = 1
  ) -> WebhookEndpoint {
    WebhookEndpoint(
      id: id, url: "https://example.it/hook", kinds: kinds, secret: "whsec_1",
      oldSecret: oldSecret, isEnabled: isEnabled, position: position, failingSince: failingSince,
      lastError: lastError, version: version, createdAt: noon)
  }

  private func read() throws -> WebhookEndpoint? {
    try store.read { try $0.webhookEndpoint(WebhookRecordTests.id) }?.endpoint
  }

  private func note(
    position: Int64? = nil, _ deliveries: [WebhookNote.Delivery] = [], isAlive: Bool = false,
    at instant: Instant = noon, of id: WebhookEndpointID = id
  ) throws {
    let note = WebhookNote(
      endpoint: id, position: position, deliveries: deliveries, isAlive: isAlive)
    try store.apply([.webhooksNoted(note)], at: instant)
  }

  private func waits(
    _ position: Int64, _ subject: String, until minutes: Int64, tries: Int32 = 1
  ) -> WebhookNote.Delivery {
    WebhookNote.Delivery(
      position: position, subject: subject, tries: tries,
      fate: .waits(until: at(minutes: minutes), error: "503"))
  }

  private func due(_ minutes: Int64 = 99, size: Int = 9) throws -> [Int64] {
    var found: [LateWebhook] = []
    for _ in 0..<20 {
      let page = try store.read {
        try $0.dueWebhooks(until: at(minutes: minutes), after: found.last, limit: size)
      }
      if page.isEmpty { break }
      found += page
    }
    return found.map(\.position)
  }

  @Test("endpoints are read back as they were put, a partner's own and those that are told")  // N-5
  func readBack() throws {
    let first = WebhookRecordTests.endpoint()
    let off = WebhookRecordTests.endpoint(
      WebhookRecordTests.other, kinds: [], oldSecret: "whsec_0", isEnabled: false, position: 0)
    try store.apply([.webhookEndpointPut(off), .webhookEndpointPut(first)])
    try store.read { snapshot throws in
      #expect(try snapshot.webhookEndpoints(of: partner) == [first, off])
      #expect(try snapshot.webhookEndpoints(of: otherPartner) == [])
      let enabled = try snapshot.enabledWebhookEndpoints()
      #expect(enabled.map(\.endpoint) == [first] && enabled.map(\.owner) == [partner])
    }
    let changed = WebhookRecordTests.endpoint(
      kinds: [], oldSecret: "whsec_1", isEnabled: false, position: 7, failingSince: noon,
      lastError: "e", version: 2)
    try store.apply([.webhookEndpointPut(changed)])
    #expect(try read() == changed)
    var needs = Needs()
    needs.webhookEndpoints = [WebhookRecordTests.id]
    var (own, theirs) = (Facts(index: AvailabilityIndex()), Facts(index: AvailabilityIndex()))
    try store.read { try $0.load(needs, of: partner, at: noon, into: &own) }
    try store.read { try $0.load(needs, of: otherPartner, at: noon, into: &theirs) }
    #expect(own.webhookEndpoints == [changed.id: changed] && theirs.webhookEndpoints == [:])
    #expect(theirs.takenElsewhere == [changed.id.text])
  }

  @Test("how far one came is noted, and since when nothing arrives; its version stays")  // N-5
  func progress() throws {
    try store.apply([.webhookEndpointPut(WebhookRecordTests.endpoint())])
    let events = try scratch.count("events")
    func expect(_ position: Int64, since: Instant?, _ error: String) throws {
      let expected = WebhookRecordTests.endpoint(
        position: position, failingSince: since, lastError: error)
      #expect(try read() == expected)
    }
    try note(position: 5, isAlive: true)
    try expect(5, since: nil, "")
    try note(position: 6, [waits(6, "a", until: 1)], at: at(minutes: 1))
    try expect(6, since: at(minutes: 1), "503")
    try note([waits(6, "a", until: 2, tries: 2)], at: at(minutes: 2))
    try expect(6, since: at(minutes: 1), "503")
    try note(position: 8, [waits(8, "b", until: 9)], isAlive: true, at: at(minutes: 3))
    try expect(8, since: nil, "503")
    try note(isAlive: true)
    try expect(8, since: nil, "")
    #expect(try scratch.count("events") == events)
  }

  @Test("what waits is tried in order of when; of one thing's events the first only")  // N-5
  func backlog() throws {
    for id in [WebhookRecordTests.id, WebhookRecordTests.other] {
      try store.apply([.webhookEndpointPut(WebhookRecordTests.endpoint(id))])
    }
    try note([
      waits(11, "a", until: 5), waits(12, "a", until: 1), waits(13, "b", until: 3),
      waits(14, "c", until: 70),
    ])
    try note([waits(15, "a", until: 4)], of: WebhookRecordTests.other)
    for size in 1...4 { #expect(try due(60, size: size) == [13, 15, 11]) }
    try store.read { snapshot throws in
      #expect(try snapshot.isLate("a", at: WebhookRecordTests.id))
      #expect(try !snapshot.isLate("d", at: WebhookRecordTests.id))
      #expect(try !snapshot.isLate("b", at: WebhookRecordTests.other))
      #expect(try snapshot.nextWebhookDue(after: at(minutes: 5)) == at(minutes: 70))
      // The second of "a" waits for the first, which is not due yet.
      #expect(try snapshot.backlog(before: at(minutes: 4)).overdueWebhooks == 1)
    }
    try note([
      WebhookNote.Delivery(position: 11, subject: "a", tries: 2, fate: .delivered),
      WebhookNote.Delivery(position: 13, subject: "b", tries: 9, fate: .givenUp(error: "410")),
    ])
    #expect(try due() == [12, 15, 14])
    let kept = try store.read { try $0.webhookBacklog(of: WebhookRecordTests.id, limit: 9) }
    #expect(kept.map(\.position) == [12, 13, 14])
    #expect(kept[1].due == nil && kept[1].error == "410" && kept[1].tries == 9)
    let after = try store.read {
      try $0.webhookBacklog(of: WebhookRecordTests.id, after: 13, limit: 9)
    }
    #expect(after == [kept[2]])
  }

  @Test("one that is deleted goes with all that waited for it, which is an event")  // N-5
  func deleted() throws {
    try store.apply([.webhookEndpointPut(WebhookRecordTests.endpoint())])
    try note([waits(11, "a", until: 5)])
    try store.apply([.webhookEndpointDeleted(WebhookRecordTests.id)])
    #expect(try read() == nil && due() == [])
    let last = try scratch.rows(
      "SELECT kind, subject_version FROM events ORDER BY position DESC LIMIT 1")
    #expect(last == [["WEBHOOK_ENDPOINT_DELETED", "2"]])
  }

  @Test("what waits is read through its indexes")  // N-5
  func plans() throws {
    _ = try read()
    let plan = try scratch.plan(of: StoreSnapshot.dueWebhooksQuery)
    #expect(plan.contains { $0.contains("webhook_backlog_by_due") }, "\(plan)")
    #expect(plan.contains { $0.hasPrefix("SEARCH earlier") }, "\(plan)")
    #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") }, "\(plan)")
    for (query, index) in [
      (StoreSnapshot.nextWebhookDueQuery, "webhook_backlog_by_due"),
      (StoreSnapshot.lateSubjectQuery, "webhook_backlog_by_subject"),
      (StoreSnapshot.webhookBacklogQuery, "sqlite_autoindex_webhook_backlog"),
      (StoreSnapshot.endpointsQuery, "webhook_endpoints_by_partner"),
    ] {
      let plan = try scratch.plan(of: query)
      #expect(plan.count == 1 && plan[0].contains(index), "\(plan)")
    }
  }
}
