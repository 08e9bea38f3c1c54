internal import Availability
internal import Intervals
internal import Service
internal import Testing

/// What the pump knows, and how patient it is (N-5).
struct WebhookBookTests {
  private static let one = WebhookEndpointID(rawValue: 1)
  private static let other = WebhookEndpointID(rawValue: 2)
  private static let noon = Instant(msSinceEpoch: 1_800_000_000_000)

  @Test("an endpoint is under way once; as many as may at once")  // N-5
  func underWay() {
    var book = WebhookBook(underWayMax: 1)
    let begun = [book.begin(Self.one), book.begin(Self.one), book.begin(Self.other)]
    #expect(begun == [true, false, false])
    book.end(Self.one)
    let next = book.begin(Self.other)
    #expect(next)
  }

  @Test(
    "while it is held only who holds it begins; one that is set aside, and after the stop, none"
  )  // N-5
  func held() {
    var book = WebhookBook(underWayMax: 4)
    book.hold()
    let held = [book.begin(Self.one), book.begin(Self.one, byHand: true)]
    #expect(held == [false, true])
    book.end(Self.one)
    book.release()
    let released = book.begin(Self.one)
    #expect(released)
    book.end(Self.one)
    book.setAside(Self.one)
    let aside = book.begin(Self.one)
    #expect(!aside)
    book.stop()
    let stopped = book.begin(Self.other, byHand: true)
    #expect(!stopped)
  }

  @Test(
    "what was looked at is known until the endpoint is gone, and the store's word counts where it is more"
  )
  func lookedAt() {
    var book = WebhookBook(underWayMax: 4)
    book.note(Self.one, lookedAt: 7)
    #expect(book.position(of: Self.one, noted: 3) == 7)
    #expect(book.position(of: Self.one, noted: 9) == 9)
    book.keep([Self.other])
    #expect(book.position(of: Self.one, noted: 3) == 3)
  }

  @Test(
    "tries come after 5 s, 30 s, 2 min, 10 min, 1 h, then every 3 h; the last 3 days after the first"
  )  // N-5
  func patience() throws {
    var (now, tries) = (Self.noon, Int32(1))
    var pausesS: [Int64] = []
    while let next = WebhookPatience.nextTry(afterTries: tries, at: now) {
      pausesS.append((next.msSinceEpoch - now.msSinceEpoch) / 1_000)
      (now, tries) = (next, tries + 1)
    }
    #expect(pausesS.prefix(6) == [5, 30, 120, 600, 3_600, 10_800])
    #expect(pausesS.dropFirst(5).dropLast().allSatisfy { $0 == 10_800 })
    #expect(now == Self.noon.advanced(byMs: 3 * 24 * 3_600_000))
    #expect(try #require(pausesS.last) > 0)
  }

  @Test("an endpoint is dead when nothing has arrived for as long as an event is tried")  // N-5
  func dead() {
    let since = Self.noon
    #expect(!WebhookPatience.isDead(failingSince: nil, at: Self.noon))
    #expect(!WebhookPatience.isDead(failingSince: since, at: since.advanced(byMs: 70 * 3_600_000)))
    #expect(WebhookPatience.isDead(failingSince: since, at: since.advanced(byMs: 72 * 3_600_000)))
  }
}
