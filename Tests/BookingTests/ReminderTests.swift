internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// N-2: who is reminded of a session, when, and when not any more.
struct ReminderTests {
  private let id = appointmentID(1)
  private let start = inRome("2026-11-26T10:00")

  /// - Parameter lead: what the client wants by SMS.
  private func practice(
    lead: Int32? = nil, _ change: (inout AppointmentSettings) -> Void = { _ in }
  ) -> Practice {
    var practice = Practice()
    practice.offer(.onSite, price: 7_000, change)
    practice.enrol(carlo, person(lead: lead))
    practice.perform(booking(start, id: id))
    return practice
  }

  private func person(lead: Int32?) -> Person {
    let known = Practice.person
    return Person(
      name: known.name, email: known.email, phone: known.phone, language: known.language,
      zoneName: known.zoneName, smsLeadMinutes: lead)
  }

  private func hours(_ count: Int64, before start: Minute) -> Instant {
    start.instant.advanced(byMs: -count * 3_600_000)
  }

  private func reminder(
    of id: AppointmentID? = nil, to recipient: Recipient = .client(carlo),
    by channel: Channel = .email,
    skipped: String? = nil
  ) -> Notice {
    Notice(
      .reminder, to: recipient, about: .appointment(id ?? self.id), by: channel, skipped: skipped)
  }

  /// When time next has something to do to it, up to its beginning.
  private func dues(of id: AppointmentID, in practice: Practice) -> [Instant] {
    var practice = practice
    var dues: [Instant] = []
    while let one = practice.facts.appointments[id], one.state == .scheduled, let due = one.due {
      dues.append(due)
      practice.pass(id, until: due)
    }
    return dues
  }

  @Test("a client is reminded by e-mail a day and three hours before, and not a moment earlier")
  func byEmail() {  // N-2
    var practice = practice()
    for instant in [hours(24, before: start), hours(3, before: start)] {
      #expect(practice.facts.appointments[id]?.due == instant)
      #expect(practice.pass(id, until: instant.advanced(byMs: -1)).notices == [])
      #expect(practice.pass(id, until: instant).notices == [reminder()])
      // Asked once more at the same moment, nothing is due.
      #expect(practice.pass(id, until: instant).change?.events == [])
    }
    #expect(practice.facts.appointments[id]?.due == start.advanced(byMinutes: -5).instant)
  }

  @Test("a reminder leaves the version and the history as they are")  // N-2, B-14
  func sameVersion() throws {
    var practice = practice()
    let version = practice.facts.appointments[id]?.version
    let passed = practice.pass(id, until: hours(24, before: start))
    #expect(passed.transitions == [])
    let reminded = try #require(practice.facts.appointments[id])
    #expect(reminded.version == version)
    #expect(passed.change?.events == [.appointmentReminded(reminded)])
    #expect(reminded.remindedUntil == practice.now)
  }

  @Test("a therapist is reminded by e-mail, too, where the policy wants it")  // N-2
  func therapist() {
    var practice = practice(lead: 60) { $0.therapistReminders = true }
    #expect(
      practice.pass(id, until: hours(24, before: start)).notices
        == [reminder(), reminder(to: .therapist(anna))])
    practice.pass(id, until: hours(3, before: start))
    // Text messages are the client's.
    #expect(
      practice.pass(id, until: hours(1, before: start)).notices == [reminder(by: .sms)])
  }

  @Test(
    "a text message comes as long before as the client wants, between the e-mails or at once with one"
  )  // N-2
  func bySMS() {
    #expect(
      dues(of: id, in: practice(lead: 300))
        == [
          hours(24, before: start), hours(5, before: start), hours(3, before: start),
          start.advanced(byMinutes: -5).instant,
        ])
    var both = practice(lead: 180)
    both.pass(id, until: hours(24, before: start))
    #expect(
      both.pass(id, until: hours(3, before: start)).notices
        == [reminder(), reminder(by: .sms)])
    #expect(
      dues(of: id, in: practice(lead: nil))
        == [
          hours(24, before: start), hours(3, before: start), start.advanced(byMinutes: -5).instant,
        ])
  }

  @Test(
    "a lead of the last five minutes, at whose beginning the session is in progress, still reminds")
  func atTheLast() {  // N-2, A-2
    var practice = practice(lead: 5)
    practice.pass(id, until: hours(3, before: start))
    let passed = practice.pass(id, until: start.advanced(byMinutes: -5).instant)
    #expect(passed.notices == [reminder(by: .sms)])
    #expect(passed.appointment?.state == .inProgress)
  }

  @Test("across a change of clocks a day is 24 hours, and three hours are three")  // N-2, S-9
  func acrossClockChange() throws {
    var practice = Practice()
    // Clocks are put forward on 28 March 2027 at 2, and back on 31 October at 3.
    practice.now = inRome("2027-03-22T08:00").instant
    practice.perform(booking(inRome("2027-03-28T10:00"), id: id))
    #expect(practice.facts.appointments[id]?.due == inRome("2027-03-27T09:00").instant)
    practice.now = inRome("2027-10-26T08:00").instant
    practice.perform(booking(inRome("2027-10-31T10:00"), id: appointmentID(2)))
    #expect(
      practice.facts.appointments[appointmentID(2)]?.due == inRome("2027-10-30T11:00").instant)
  }

  @Test("what was due before the booking is not sent: the confirmation says it")  // N-2
  func bookedLate() {
    var practice = Practice()
    practice.now = hours(24, before: start)
    practice.perform(booking(start, id: id))
    #expect(practice.facts.appointments[id]?.due == hours(3, before: start))
    practice.now = hours(24, before: start).advanced(byMs: -1)
    let other = appointmentID(2)
    practice.perform(
      booking(
        start, therapist: bruno, service: couple, attendee: .new(Practice.registration(daria)),
        id: other))
    #expect(practice.facts.appointments[other]?.due == hours(24, before: start))
  }

  @Test("moved, it is reminded of anew, by its new start alone")  // N-2, B-10
  func moved() {
    var practice = practice()
    practice.pass(id, until: hours(24, before: start))
    let later = inRome("2026-11-27T09:00")
    practice.perform(rescheduling(id, later))
    #expect(practice.facts.appointments[id]?.due == hours(24, before: later))
    practice.pass(id, until: hours(3, before: start))
    #expect(practice.pass(id, until: hours(24, before: later)).notices == [reminder()])
    // Three hours before its new start is now: the message that it moved says it.
    let sooner = inRome("2026-11-26T12:00")
    practice.perform(rescheduling(id, sooner))
    #expect(practice.facts.appointments[id]?.due == sooner.advanced(byMinutes: -5).instant)
  }

  @Test("of what is cancelled nobody is reminded")  // N-2, N-4
  func cancelled() {
    var practice = practice(lead: 60)
    practice.perform(cancelling(id))
    #expect(practice.facts.appointments[id]?.due == nil)
    #expect(practice.pass(id, until: hours(1, before: start)).notices == [])
  }

  @Test(
    "after a time without a server the latest on each way is sent, the others are put down as stale"
  )  // N-2
  func late() {
    var practice = practice(lead: 300)
    #expect(
      practice.pass(id, until: hours(2, before: start)).notices
        == [
          reminder(skipped: "stale: a later one is due"), reminder(by: .sms), reminder(),
        ])
    #expect(practice.facts.appointments[id]?.due == start.advanced(byMinutes: -5).instant)
  }

  @Test("once the session has begun all are put down as stale; until a moment before they are sent")
  func tooLate() {  // N-2
    let stale = "stale: the session has begun"
    var late = practice()
    let passed = late.pass(id, until: start.instant)
    #expect(passed.notices == [reminder(skipped: stale), reminder(skipped: stale)])
    #expect(passed.appointment?.state == .inProgress)
    var inTime = practice()
    #expect(
      inTime.pass(id, until: start.instant.advanced(byMs: -1)).notices
        == [reminder(skipped: "stale: a later one is due"), reminder()])
  }

  @Test("one that is to be paid first is reminded of from when it is paid")  // N-2, P-4
  func prepaid() {
    var practice = Practice()
    practice.offer(.prepaid) { $0.paymentMinutes = 1_440 }
    practice.now = hours(30, before: start)
    practice.perform(booking(start, id: id))
    practice.now = hours(23, before: start)
    practice.perform(paying(id))
    #expect(practice.facts.appointments[id]?.state == .scheduled)
    #expect(practice.facts.appointments[id]?.due == hours(3, before: start))
  }

  @Test("a charge that fails a day before does not keep the reminder back")  // N-2, P-3
  func unpaid() {
    var practice = Practice()
    practice.offer(.captureBefore)
    practice.perform(booking(start, id: id))
    let passed = practice.pass(id, until: hours(24, before: start))
    #expect(passed.notices.map(\.kind) == [.paymentFailed, .paymentFailed, .reminder])
    // Four hours later it is cancelled, and no other reminder follows.
    practice.pass(id, until: hours(20, before: start))
    #expect(practice.facts.appointments[id]?.state == .paymentCancelled)
    #expect(practice.pass(id, until: hours(3, before: start)).notices == [])
  }

  @Test("a request is reminded of once it is accepted, as its client wants by then")  // N-2, B-5
  func accepted() {
    var practice = Practice.takingRequests()
    practice.perform(asking(start, id: id))
    #expect(practice.facts.appointments[id]?.due == start.instant)
    practice.enrol(carlo, person(lead: 120))
    practice.perform(accepting(id))
    #expect(practice.facts.appointments[id]?.smsLeadMinutes == 120)
    #expect(
      dues(of: id, in: practice).prefix(3) == [
        hours(24, before: start), hours(3, before: start), hours(2, before: start),
      ])
  }

  @Test("each of a series is reminded of, and moves with its reminders")  // N-2, B-8, B-9
  func series() throws {
    var practice = Practice()
    practice.enrol(carlo, person(lead: 60))
    let ids = try practice.book("FREQ=WEEKLY;COUNT=2", from: "2026-11-26T10:00")
    try #require(ids.count == 2)
    func expectReminders() throws {
      for id in ids {
        let one = try #require(practice.facts.appointments[id])
        #expect(one.smsLeadMinutes == 60 && one.remindedUntil == practice.now)
        #expect(one.due == hours(24, before: one.span.start))
      }
    }
    try expectReminders()
    practice.now = inRome("2026-11-24T08:00").instant
    practice.perform(moving(ids[0], .all, to: "2026-11-27T09:00"))
    try expectReminders()
  }
}

/// N-4: what is told when a message leaves late.
struct RelevanceTests {
  private let id = appointmentID(1)
  private let start = inRome("2026-11-26T10:00")

  private func practice() -> Practice {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    return practice
  }

  private func why(
    _ kind: MessageKind, in practice: Practice, moves: [Instant] = [], promised: Instant? = nil
  ) throws -> String? {
    try #require(practice.facts.appointments[id])
      .outdates(
        kind, by: .email, moves: moves, promisedAt: promised ?? practice.now, at: practice.now)
  }

  @Test(
    "what says that it stands is not sent once it does not",
    arguments: [MessageKind.bookingConfirmed, .requestAccepted, .appointmentChanged, .reminder])
  func cancelled(_ kind: MessageKind) throws {  // N-4
    var practice = practice()
    #expect(try why(kind, in: practice) == nil)
    practice.perform(cancelling(id))
    #expect(try why(kind, in: practice) == "superseded: it does not stand any more")
    #expect(try why(.appointmentCancelled, in: practice) == nil)
  }

  @Test(
    "a reminder is of use until the start, not at it; not once it moved, or the next one is due")
  func reminder() throws {  // N-2
    var practice = practice()
    let promised = start.instant.advanced(byMs: -24 * 3_600_000)
    let next = start.instant.advanced(byMs: -3 * 3_600_000)
    practice.now = next.advanced(byMs: -1)
    #expect(try why(.reminder, in: practice, promised: promised) == nil)
    #expect(
      try why(.reminder, in: practice, moves: [promised.advanced(byMs: 1)], promised: promised)
        == "superseded: it was moved")
    #expect(try why(.reminder, in: practice, moves: [promised], promised: promised) == nil)
    practice.now = next
    #expect(
      try why(.reminder, in: practice, promised: promised) == "stale: a later one is due")
    practice.now = start.instant.advanced(byMs: -1)
    #expect(try why(.reminder, in: practice, promised: next) == nil)
    practice.now = start.instant
    #expect(try why(.reminder, in: practice, promised: next) == "stale: the session has begun")
  }

  @Test("that a request waits is said while it does; that money is missing, while it is")
  func answered() throws {  // N-1, N-4
    var asked = Practice.takingRequests()
    asked.perform(asking(start, id: id))
    #expect(try why(.requestReceived, in: asked) == nil)
    asked.perform(accepting(id))
    #expect(try why(.requestReceived, in: asked) == "superseded: the request was answered")
    #expect(try why(.paymentFailed, in: asked) == nil)
    asked.perform(paying(id))
    #expect(try why(.paymentFailed, in: asked) == "superseded: nothing is due any more")
  }
}
