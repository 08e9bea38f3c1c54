internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What a session comes to when it ends, and when its attendance is set.
struct BookkeepingEarningsTests {
  private let now = inRome("2026-11-24T11:00").instant
  private let begun = session().changed(.inProgress, paid: 7_000)

  /// - Parameter commission: of the service's policy.
  private func decide(
    _ wish: Wanted, of one: Appointment, _ commission: Commission = .share(basisPoints: 1_000),
    by actor: Actor = desk
  ) -> (appointment: Appointment?, books: [String]) {
    var settings = AppointmentSettings()
    settings.commission = commission
    settings.cancellation = CancellationTerms(
      noticeMinutes: 0, inTimePercent: 0, latePercent: 0, feeWhereUnpaid: false, noShowPercent: 33)
    var facts = Facts(index: AvailabilityIndex())
    facts.appointments[one.id] = one
    facts.policies[individual] = Policy.resolved(
      service: Policy(appointments: settings), therapist: .unset, partner: .unset)
    let decision = Engine.decide(
      Command(partner: partner, actor: actor, wish: wish, validateOnly: false), facts: facts,
      stamp: Stamp(at: now, seed: 1))
    var last: Appointment?
    for event in decision.change?.events ?? [] {
      if case .appointmentChanged(let appointment, from: _, _) = event { last = appointment }
    }
    return (last, decision.change?.transfers.map(\.line) ?? [])
  }

  private func attending(_ one: Appointment, _ attendance: Attendance) -> Wanted {
    .setAttendance(
      AttendanceWish(appointment: one.id, seenVersion: nil, attendance: attendance))
  }

  @Test("held, it earns the price, and the platform its part by the policy of then")  // P-9 P-10
  func held() {
    for (commission, part) in [
      (Commission.none, Int64(0)), (.share(basisPoints: 1_000), 700),
      (.fixed(minorUnits: 900), 900),
      (.fixed(minorUnits: 9_000), 7_000),
    ] {
      let books =
        ["SESSION_RECOGNISED apt 1 | THERAPIST anna -7000 | DEFERRED_REVENUE carlo 7000"]
        + (part == 0
          ? [] : ["COMMISSION apt 1 | THERAPIST anna \(part) | PARTNER partner -\(part)"])
      let byHand = decide(.complete(begun.id, seenVersion: nil), of: begun, commission)
      #expect(byHand.appointment?.commission == part && byHand.appointment?.fee == 0)
      #expect(byHand.books == books)
      let due = begun.changed(paid: 7_000, due: now)
      let byTime = decide(.passTime(begun.id), of: due, commission, by: .time)
      #expect(byTime.appointment?.state == .completed && byTime.appointment?.commission == part)
      #expect(byTime.books == books)
    }
  }

  @Test("who did not come owes the policy's share, rounded half up, and no commission is taken")
  func missed() {  // A-6 P-10
    // 33 % of 70.50 is 23.265.
    let one = session(price: 7_050).changed(.inProgress, .noShow)
    let missed = decide(.complete(one.id, seenVersion: nil), of: one)
    #expect(missed.appointment?.fee == 2_327 && missed.appointment?.commission == 0)
    #expect(missed.books == ["PENALTY apt 1 | CLIENT carlo 2327 | PENALTIES anna -2327"])
  }

  @Test("a correction of attendance settles anew; before the session has ended it settles nothing")
  func corrected() throws {  // A-4 A-6 P-10
    let early = decide(attending(begun, .noShow), of: begun)
    #expect(early.appointment?.fee == 0 && early.books == [])
    let held = begun.changed(.completed, .attended, commission: 700)
    let missed = try #require(decide(attending(held, .noShow), of: held).appointment)
    #expect(missed.fee == 2_310 && missed.commission == 0)
    let again = decide(attending(missed, .attended), of: missed)
    #expect(again.appointment?.fee == 0 && again.appointment?.commission == 700)
    #expect(
      again.books.first?.hasPrefix("RECOGNITION_REVERSED apt 1 | PENALTIES anna 2310") == true)
  }

  @Test("what is free earns nothing, whether or not anyone came")  // P-1 P-10
  func free() {
    for attendance in [Attendance.attended, .noShow] {
      let one = session(plan: .free).changed(.inProgress, attendance)
      let ended = decide(
        .complete(one.id, seenVersion: nil), of: one, .fixed(minorUnits: 900))
      #expect(ended.appointment?.fee == 0 && ended.appointment?.commission == 0)
      #expect(ended.books == [])
    }
  }
}
