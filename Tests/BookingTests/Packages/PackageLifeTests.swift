internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct PackageLifeTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)
  private let day: Int64 = 86_400_000

  @Test("the count can be changed, not below what is used; its benefit follows")  // K-4 K-7
  func edited() {
    var practice = Practice(.total(euro(1_000)))
    practice.hold(1, on: start, as: id, .attended)
    practice.perform(bookingOf(start.advanced(byMinutes: 1_440)))
    #expect(practice.decide(editing { $0.sessions = 1 }).faults == ["sessions"])
    // Of 1,000 there are 500 left, which have to be for at least one.
    #expect(practice.decide(editing { $0.sessions = 2 }).faults == ["sessions"])
    #expect(practice.decide(editing { $0.sessions = 502 }).refusal == nil)
    #expect(practice.decide(editing { $0.sessions = 503 }).faults == ["sessions"])
    let edited = practice.perform(
      editing {
        $0.sessions = 7
        $0.notes = "monthly"
        $0.expiresAt = .some(practice.now.advanced(byMs: day))
      })
    #expect(edited.link?.details.notes == "monthly" && edited.link?.version == 5)
    #expect(practice.balance() == [5, 1, 1, 0, 0])
    #expect(practice.benefit(ofLink: 1)?.sessionsLeft == 5)
    #expect(practice.benefit(ofLink: 1)?.expiresAt == practice.link()?.expiresAt)
    #expect(practice.decide(editing { $0.notes = "monthly" }).change?.events == [])
    #expect(practice.session(id)?.package?.details.notes == "")
    #expect(
      practice.decide(editing { $0.expiresAt = .some(practice.now) }).faults == ["expire_time"])
  }

  @Test("renewed by hand while not deleted: the same terms, another count where asked")  // K-7
  func renewed() {
    var practice = Practice(
      .total(euro(1_000)), template: { $0.validityDays = 10 }, link: { $0.sessions = 3 })
    practice.now = practice.now.advanced(byMs: day)
    let decision = practice.perform(renewing(as: 2))
    let renewal = practice.link(2)
    #expect(decision.link == renewal)
    #expect(renewal?.renewalOf == linkID(1) && practice.link()?.renewedBy == linkID(2))
    #expect(renewal?.balance == PackageBalance(total: 3))
    #expect(renewal?.expiresAt == practice.now.advanced(byMs: 10 * day))
    #expect(practice.benefit(ofLink: 2)?.value == euro(1_000))
    #expect(decision.notices.map(\.kind) == [.packageRenewed])
    #expect(practice.decide(renewing(as: 3) { $0.sessions = 1_001 }).faults == ["sessions"])
    #expect(practice.perform(renewing(as: 3) { $0.sessions = 9 }).link?.balance.total == 9)
    practice.perform(deleting(2, .cancel))
    #expect(practice.decide(renewing(2, as: 4)).refusal == .packageNotActive(linkID(2), .deleted))
  }

  @Test(
    "renewed by itself with the last session that is used up, once",
    arguments: [true, false]
  )  // K-7
  func renewedOnceUsedUp(_ renews: Bool) {
    var practice = Practice(
      .total(euro(1_000)),
      link: {
        $0.sessions = 2
        $0.renews = renews
      })
    practice.hold(1, on: start, as: id, .attended)
    practice.perform(bookingOf(start.advanced(byMinutes: 1_440), id: appointmentID(2)))
    #expect(practice.renewal() == nil)
    practice.pass(appointmentID(2), until: start.advanced(byMinutes: 1_440).instant)
    let last = practice.perform(attending(appointmentID(2), .attended))
    #expect((practice.renewal() != nil) == renews)
    #expect(last.notices.map(\.kind) == (renews ? [.packageRenewed] : []))
    guard renews else { return }
    #expect(practice.renewal()?.balance == PackageBalance(total: 2))
    #expect(practice.renewal()?.benefit != practice.link()?.benefit)
    #expect(last.linkChanges.count == 1)
    practice.perform(attending(id, .custom("EXCUSED")))
    practice.perform(attending(id, .attended))
    #expect(practice.facts.links.count == 2)
  }

  @Test(
    "its validity ends after so many days of 24 hours: what is left expires, once"
  )  // K-1 K-6 K-7
  func expires() {
    var practice = Practice(.total(euro(1_000)), template: { $0.validityDays = 3 })
    practice.perform(bookingOf(start, id: id))
    let end = practice.now.advanced(byMs: 3 * day)
    #expect(practice.link()?.due == end)
    practice.pass(id, until: end.advanced(byMs: -1))
    #expect(practice.perform(.expireLink(linkID()), by: .time).change?.events == [])
    practice.now = end
    practice.perform(.expireLink(linkID()), by: .time)
    #expect(practice.balance() == [0, 1, 0, 3, 0])
    #expect(practice.link()?.state == .expired)
    #expect(practice.benefit(ofLink: 1)?.state == .expired)
    #expect(practice.perform(.expireLink(linkID()), by: .time).change?.events == [])
    #expect(
      practice.decide(editing { $0.sessions = 9 }).refusal == .packageNotActive(linkID(), .expired))
    practice.perform(attending(id, .attended))
    #expect(practice.balance() == [0, 0, 1, 3, 0])
  }

  @Test("a session that is released afterwards can be used for 30 days")  // K-6
  func releasedLater() {
    var practice = Practice(.total(euro(1_000)), template: { $0.validityDays = 3 })
    practice.perform(bookingOf(start, id: id))
    practice.pass(id, until: practice.now.advanced(byMs: 3 * day))
    practice.perform(.expireLink(linkID()), by: .time)
    practice.perform(attending(id, .custom("EXCUSED")))
    #expect(practice.balance() == [1, 0, 0, 3, 0])
    #expect(practice.link()?.state == .active)
    #expect(practice.link()?.expiresAt == practice.now.advanced(byMs: 30 * day))
    #expect(practice.benefit(ofLink: 1)?.sessionsLeft == 1)
    #expect(practice.decide(bookingOf(inRome("2026-11-27T10:00"))).refusal == nil)
  }

  @Test("renewed by itself when its validity ends")  // K-7
  func renewedOnceExpired() {
    var practice = Practice(
      .byProcedure,
      template: {
        $0.validityDays = 3
        $0.renews = true
      })
    practice.now = practice.now.advanced(byMs: 3 * day)
    practice.perform(.expireLink(linkID()), by: .time)
    #expect(practice.renewal()?.expiresAt == practice.now.advanced(byMs: 3 * day))
    #expect(practice.balance() == [0, 0, 0, 4, 0])
  }

  @Test(
    "deleted: what is left is returned, appointments to come are cancelled at no fee",
    arguments: [PackagePosting.byProcedure, .total(euro(1_000)), .total(euro(0))])  // K-7
  func deletedCancelling(_ posting: PackagePosting) throws {
    var practice = Practice(posting)
    practice.hold(1, on: start, as: id, .attended)
    practice.perform(bookingOf(start.advanced(byMinutes: 1_440), id: appointmentID(2)))
    practice.perform(bookingOf(start.advanced(byMinutes: 2_880), id: appointmentID(3)))
    let deleted = practice.perform(deleting(1, .cancel))
    #expect(practice.balance() == [0, 0, 1, 0, 3])
    #expect(deleted.link?.balance.returned == 3 && deleted.link?.state == .deleted)
    for number in [2, 3] as [UInt128] {
      #expect(practice.session(appointmentID(number))?.state == .cancelledByTherapist)
      #expect(practice.session(appointmentID(number))?.kept == 0)
    }
    #expect(practice.session(id)?.package?.session == .attended)
    #expect(practice.decide(deleting(1, .cancel)).refusal == .packageNotActive(linkID(), .deleted))
    // What its client owed for it is not owed any more, but for the session that was held.
    if case .total(let sum) = posting, !sum.isZero {
      #expect(try practice.books.balance(.client, of: carlo.text) == 250)
    }
  }

  @Test("deleted: appointments to come stay without it, at the price of their service")  // K-7
  func deletedKeeping() throws {
    for posting in [PackagePosting.byProcedure, .total(euro(1_000)), .total(euro(0))] {
      var practice = Practice(posting)
      practice.perform(bookingOf(start, id: id))
      practice.perform(bookingOf(start.advanced(byMinutes: 1_440), id: appointmentID(2)))
      practice.pass(id, until: start.instant)
      practice.perform(deleting(1, .keepUnlinked))
      let kept = try #require(practice.session(appointmentID(2)))
      #expect(kept.package == nil && kept.state == .scheduled)
      #expect(kept.plan == .onSite && kept.price == euro(7_000) && kept.paymentStatus == .due)
      #expect(kept.kept == 0)
      #expect(practice.session(id)?.package?.session == .reserved)
      #expect(practice.balance() == [0, 1, 0, 0, 3])
      practice.perform(attending(id, .custom("EXCUSED")))
      #expect(practice.balance() == [0, 0, 0, 0, 4])
      #expect(
        practice.decide(attending(id, .attended)).refusal
          == .packageUsedUp(linkID(), available: 0))
      let balance = try practice.books.balance(.client, of: carlo.text)
      #expect(balance == 0)
    }
  }
}
