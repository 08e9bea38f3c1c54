internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Events, a page at a time.
struct JournalPageTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func page(_ query: JournalQuery, of owner: PartnerID = partner) throws -> JournalPage? {
    try store.read { try $0.journalPage(of: owner, matching: query) }
  }

  @Test("page by page all is read, once and in order, whatever a page holds", arguments: 1...7)
  func pages(limit: Int) throws {  // E-1
    var (seen, after, hasMore): ([Int64], Int64, Bool) = ([], 0, true)
    while hasMore {
      let page = try #require(try page(JournalQuery(after: after, kinds: [], limit: limit)))
      #expect(page.entries.count <= limit)
      seen += page.entries.map(\.position)
      #expect(page.position > after || !page.hasMore)
      (after, hasMore) = (page.position, page.hasMore)
    }
    #expect(seen == Array(1...Int64(Fixture.events.count)))
    #expect(try store.read { try $0.lastPosition(of: partner) } == after)
  }

  @Test("after the last event there is an empty page, and beyond it none")
  func end() throws {  // E-1
    let last = Int64(Fixture.events.count)
    let page = try #require(try page(JournalQuery(after: last, kinds: [], limit: 10)))
    #expect(page.entries.isEmpty)
    #expect(page.position == last)
    #expect(!page.hasMore)
    #expect(try self.page(JournalQuery(after: last + 1, kinds: [], limit: 10)) == nil)
    #expect(try self.page(JournalQuery(after: 1, kinds: [], limit: 10), of: otherPartner) == nil)
  }

  @Test("of some kinds exactly those are read, and the position goes on over the others")
  func kinds() throws {  // E-1
    let all = try #require(try page(JournalQuery(after: 0, kinds: [], limit: 1_000)))
    for kind in Set(all.entries.map(\.kind)) {
      let page = try #require(try page(JournalQuery(after: 0, kinds: [kind], limit: 1_000)))
      #expect(page.entries == all.entries.filter { $0.kind == kind })
      #expect(page.position == all.position)
      // A part of a kind's name is no kind.
      let part = try #require(
        try self.page(
          JournalQuery(after: 0, kinds: [String(kind.dropLast()), "X\(kind)"], limit: 1_000)))
      #expect(part.entries.isEmpty)
      #expect(part.position == all.position)
    }
    let both = ["CLIENT_REGISTERED", "THERAPIST_PUT"]
    let page = try #require(try page(JournalQuery(after: 0, kinds: both, limit: 1_000)))
    #expect(page.entries == all.entries.filter { both.contains($0.kind) })
    #expect(!page.entries.isEmpty)
  }

  @Test("a page that is full of what is asked for ends at its last, so that nothing is passed over")
  func full() throws {  // E-1
    let kind = "CLIENT_REGISTERED"
    let all = try #require(try page(JournalQuery(after: 0, kinds: [kind], limit: 1_000)))
    let first = try #require(all.entries.first)
    let page = try #require(try page(JournalQuery(after: 0, kinds: [kind], limit: 1)))
    #expect(page.entries == [first])
    #expect(page.position == first.position)
    #expect(page.hasMore)
  }

  @Test("each kind of id that events are about is known by its prefix")
  func subjects() {
    #expect(EventSubject(ofID: anna.text) == .therapist)
    #expect(EventSubject(ofID: carlo.text) == .client)
    #expect(EventSubject(ofID: partner.text) == .partner)
    #expect(EventSubject(ofID: "") == nil)
    #expect(EventSubject(ofID: "nobody") == nil)
    let prefixes = [
      PartnerKind.idPrefix, TherapistKind.idPrefix, LocationKind.idPrefix, ServiceKind.idPrefix,
      ClientKind.idPrefix, AppointmentKind.idPrefix, HoldKind.idPrefix, TherapyKind.idPrefix,
      SeriesKind.idPrefix, PaymentKind.idPrefix, PaymentIntentKind.idPrefix,
      PaymentMethodKind.idPrefix, BenefitKind.idPrefix, PayoutKind.idPrefix,
      PackageKind.idPrefix, PackageLinkKind.idPrefix, WebhookEndpointKind.idPrefix,
    ].map { "\($0)" }
    #expect(EventSubject.allCases.map(\.rawValue) == prefixes)
  }
}
