internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

private let postings: [PackagePosting] = [.byProcedure, .total(euro(1_000)), .total(euro(0))]

struct PackageBalanceTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)

  @Test("a booked one is reserved: nobody books more than is left", arguments: postings)  // K-6
  func reserved(_ posting: PackagePosting) {
    var practice = Practice(posting, link: { $0.sessions = 1 })
    practice.perform(bookingOf(start, id: id))
    #expect(practice.balance() == [0, 1, 0, 0, 0])
    let next = bookingOf(start.advanced(byMinutes: 1_440))
    #expect(practice.decide(next).refusal == .packageUsedUp(linkID(), available: 0))
    #expect(
      practice.decide(scheduling([line("2026-11-26", isFirst: true)])).refusal
        == .packageUsedUp(linkID(), available: 0))
    practice.perform(cancelling(id))
    #expect(practice.balance() == [1, 0, 0, 0, 0])
    #expect(practice.decide(next).refusal == nil)
  }

  @Test(
    "attendance deducts, releases or keeps, and is correctable", arguments: postings)  // K-6 A-4
  func attendance(_ posting: PackagePosting) {
    var practice = Practice(posting)
    practice.hold(1, on: start, as: id, .attended)
    #expect(practice.balance() == [3, 0, 1, 0, 0])
    for (attendance, balance) in [
      (Attendance.custom("EXCUSED"), [4, 0, 0, 0, 0]), (.custom("LATE"), [3, 0, 1, 0, 0]),
      (.noShow, [3, 1, 0, 0, 0]), (.custom("NOTED"), [3, 1, 0, 0, 0]),
      (.custom("EXCUSED"), [4, 0, 0, 0, 0]), (.unset, [3, 1, 0, 0, 0]),
    ] as [(Attendance, [Int32])] {
      let decision = practice.perform(attending(id, attendance))
      #expect(practice.balance() == balance)
      #expect(decision.linkChanges.count <= 1)
      let left = practice.benefit(ofLink: 1)?.sessionsLeft
      #expect(left == nil || left == balance[0])
    }
  }

  @Test(
    "a released one that another took meanwhile does not come back",
    arguments: postings
  )  // K-6
  func taken(_ posting: PackagePosting) {
    var practice = Practice(posting, link: { $0.sessions = 1 })
    practice.hold(1, on: start, as: id, .custom("EXCUSED"))
    practice.perform(bookingOf(start.advanced(byMinutes: 1_440), id: appointmentID(2)))
    #expect(
      practice.decide(attending(id, .attended)).refusal
        == .packageUsedUp(linkID(), available: 0))
    practice.perform(cancelling(appointmentID(2)))
    practice.perform(attending(id, .attended))
    #expect(practice.balance() == [0, 0, 1, 0, 0])
  }

  @Test(
    "cancelling at no fee releases, at a fee deducts",
    arguments: [0, 50, 100] as [Int32]
  )  // K-6 A-6
  func cancelled(_ percent: Int32) {
    var practice = Practice(.total(euro(1_000)))
    practice.offer {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 40_000, inTimePercent: 0, latePercent: percent, feeWhereUnpaid: true)
    }
    practice.perform(bookingOf(start, id: id))
    practice.perform(cancelling(id), by: .client(carlo))
    #expect(practice.balance() == (percent == 0 ? [4, 0, 0, 0, 0] : [3, 0, 1, 0, 0]))
    #expect(practice.benefit(ofLink: 1)?.sessionsLeft == practice.balance()[0])
    #expect(practice.session(id)?.package?.session == (percent == 0 ? .released : .attended))
  }

  @Test("cancelling one that was released costs nothing, and it stays released")  // K-6 A-6
  func cancelledOnceReleased() {
    var practice = Practice(.total(euro(1_000)))
    practice.offer {
      $0.cancellation = CancellationTerms(
        noticeMinutes: 40_000, inTimePercent: 100, latePercent: 100, feeWhereUnpaid: true)
    }
    practice.perform(
      scheduling([line("2026-11-24", isFirst: true) { $0.status = "EXCUSED" }]))
    let id = practice.facts.appointments.keys.first!
    #expect(practice.perform(cancelling(id), by: .client(carlo)).settlement?.fee == euro(0))
    #expect(practice.balance() == [4, 0, 0, 0, 0])
  }

  @Test("a link is for its client, its services and its time")  // K-2 K-3 K-1
  func fitting() {
    var practice = Practice(
      .byProcedure,
      template: {
        $0.validityDays = 2
        $0.services = [individual]
      })
    practice.facts.clients[daria] = Practice.client(daria)
    let end = practice.now.advanced(byMs: 2 * 86_400_000)
    #expect(
      practice.decide(bookingOf(start, attendee: .registered(daria))).refusal
        == .notFound(id: linkID().text, field: "package_link_id"))
    #expect(
      practice.decide(bookingOf(start, service: couple, therapist: bruno)).faults
        == ["service_id"])
    #expect(practice.decide(bookingOf(start), by: .client(carlo)).refusal == nil)
    // It ends at 8 on the 25th.
    let after = inRome("2026-11-25T09:00")
    #expect(practice.decide(bookingOf(after)).refusal == .packageExpires(linkID(), at: end))
    practice.perform(bookingOf(start, id: id))
    #expect(
      practice.decide(rescheduling(id, after)).refusal == .packageExpires(linkID(), at: end))
    #expect(practice.decide(rescheduling(id, start.advanced(byMinutes: 60))).refusal == nil)
    practice.now = end
    #expect(practice.decide(bookingOf(after)).refusal == .packageNotActive(linkID(), .expired))
  }

  @Test("time alone deducts nothing: a session that ended is still reserved")  // K-6 A-2
  func ended() {
    var practice = Practice(.byProcedure)
    practice.perform(bookingOf(start, id: id))
    practice.pass(id, until: start.advanced(byMinutes: 1_000).instant)
    #expect(practice.session(id)?.state == .completed)
    #expect(practice.balance() == [3, 1, 0, 0, 0])
  }
}
