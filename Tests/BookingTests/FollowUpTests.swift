internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// B-7: follow-ups wait until a first full session was held and paid, where the policy says so.
struct FollowUpTests {
  private let pair = CarePair(anna, carlo)
  private let start = inRome("2026-11-24T10:00")
  private let later = inRome("2026-11-25T10:00")

  /// Where follow-ups wait.
  private func practice(_ settings: (inout AppointmentSettings) -> Void = { _ in }) -> Practice {
    var practice = Practice()
    var appointments = AppointmentSettings()
    appointments.followUpsAfterFirstSession = true
    settings(&appointments)
    let policy = Policy(appointments: appointments)!
    practice.perform(.putPolicy(PolicyPut(policy: policy, seenVersion: nil)))
    return practice
  }

  /// Carlo was with Anna yesterday, for 50 minutes.
  private func past(
    minutes: Int32 = 50, state: AppointmentState = .completed, attendance: Attendance = .unset,
    _ paymentStatus: PaymentStatus = .paid, price: Int64 = 7_000
  ) -> Appointment {
    Appointment(
      id: appointmentID(90), therapist: anna, client: carlo, service: individual,
      location: office, room: nil, span: span(inRome("2026-11-22T10:00"), minutes: minutes),
      zoneName: "Europe/Rome", plan: .onSite, price: euro(price),
      bookedAt: inRome("2026-11-20T10:00").instant, state: state, paymentStatus: paymentStatus,
      version: 3, changedAt: inRome("2026-11-22T11:00").instant, cancelReason: "",
      attendance: attendance)
  }

  /// As after an appointment of theirs.
  private func practice(
    after appointment: Appointment, selfBooking: Bool = false,
    _ settings: (inout AppointmentSettings) -> Void = { _ in }
  ) -> Practice {
    var practice = practice(settings)
    practice.facts.appointments[appointment.id] = appointment
    practice.facts.therapies[pair] = Therapy(
      id: TherapyID(rawValue: 7), pair: pair, selfBooking: selfBooking,
      begunAt: appointment.bookedAt)
    return practice
  }

  @Test(
    "unless a policy wants it, nobody waits", arguments: [Actor.client(carlo), .therapist(anna)])
  func off(_ actor: Actor) {  // B-7
    var practice = Practice()
    practice.perform(booking(start), by: actor)
    #expect(practice.decide(booking(later), by: actor).booked != nil)
  }

  @Test("the first full session can be booked, also after a talk; the next waits; staff never do")
  func waits() {  // B-7
    var practice = practice()
    let talk = booking(inRome("2026-11-23T15:00"), service: firstTalk, location: video)
    #expect(practice.perform(talk, by: .client(carlo)).booked != nil)
    #expect(practice.perform(booking(start), by: .client(carlo)).booked != nil)
    for actor in [Actor.client(carlo), .therapist(anna)] {
      #expect(practice.decide(booking(later), by: actor).refusal == .followUpNotOpen(pair))
      let talk = booking(
        inRome("2026-11-25T15:00"), service: firstTalk, location: video)
      #expect(practice.decide(talk, by: actor).refusal == .followUpNotOpen(pair))
    }
    #expect(practice.decide(booking(later), by: desk).booked != nil)
  }

  @Test("who is new has nothing behind them, and who has it with another therapist neither")
  func others() {  // B-7
    var practice = practice()
    practice.perform(booking(start), by: .client(carlo))
    let new = booking(later, attendee: .new(Practice.registration(daria)))
    #expect(practice.decide(new, by: .client(nil)).booked != nil)
    let bruno = booking(later, therapist: bruno, service: couple)
    #expect(practice.decide(bruno, by: .client(carlo)).booked != nil)
  }

  @Test(
    "what opens follow-ups is held, full, has a price, and is paid and not wholly given back",
    arguments: [PaymentStatus.paid, .partlyRefunded])
  func opens(_ status: PaymentStatus) {  // B-7
    for attendance in [Attendance.unset, .attended, .custom("LATE")] {
      let practice = practice(after: past(attendance: attendance, status))
      #expect(practice.decide(booking(start), by: .therapist(anna)).booked != nil)
      #expect(practice.decide(booking(start), by: .client(carlo)).refusal == .selfBookingOff(pair))
    }
  }

  @Test(
    "one that stands, or was held and is not paid, keeps them waiting",
    arguments: [
      (AppointmentState.requested, PaymentStatus.none), (.initiated, .due),
      (.paymentProcessing, .processing), (.scheduled, .paid), (.inProgress, .paid),
      (.completed, .due), (.completed, .none), (.completed, .processing),
      (.completed, .refunded),
    ])
  func waiting(_ state: AppointmentState, _ status: PaymentStatus) {  // B-7
    let practice = practice(after: past(state: state, status), selfBooking: true)
    for actor in [Actor.client(carlo), .therapist(anna)] {
      #expect(practice.decide(booking(start), by: actor).refusal == .followUpNotOpen(pair))
    }
    #expect(practice.decide(booking(start), by: desk).booked != nil)
  }

  @Test("a first session that costs nothing opens nothing")
  func free() {  // B-7
    let practice = practice(after: past(.none, price: 0), selfBooking: true)
    #expect(practice.decide(booking(start), by: .client(carlo)).refusal == .followUpNotOpen(pair))
  }

  @Test(
    "one that came to nothing was no first session: it can be booked again",
    arguments: [
      (AppointmentState.cancelledByClient, Attendance.unset), (.cancelledByTherapist, .unset),
      (.paymentCancelled, .unset), (.declined, .unset), (.expired, .unset), (.completed, .noShow),
    ])
  func again(_ state: AppointmentState, _ attendance: Attendance) {  // B-7
    var practice = practice(after: past(state: state, attendance: attendance, .paid))
    for actor in [Actor.client(carlo), .therapist(anna)] {
      #expect(practice.decide(booking(start), by: actor).booked != nil)
    }
    practice.perform(booking(start), by: .client(carlo))
    #expect(practice.decide(booking(later), by: .client(carlo)).refusal == .followUpNotOpen(pair))
  }

  @Test("a full session lasts 50 minutes, or what the policy says; a minute less is a talk")
  func fullSession() {  // B-7
    func isBooked(after minutes: Int32, full: Int32?) -> Bool {
      practice(after: past(minutes: minutes, state: .scheduled, .due)) {
        $0.fullSessionMinutes = full
      }.decide(booking(start), by: .client(carlo)).booked != nil
    }
    #expect(isBooked(after: 49, full: nil))
    #expect(!isBooked(after: 50, full: nil))
    #expect(isBooked(after: 59, full: 60))
    #expect(!isBooked(after: 20, full: 20))
  }

  @Test("the policy of the service that is booked counts")
  func ofService() throws {  // B-7
    var practice = practice(after: past(state: .scheduled, .due))
    var own = AppointmentSettings()
    own.followUpsAfterFirstSession = false
    var service = Practice.individualSession
    service.policy = try #require(Policy(appointments: own))
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
    #expect(practice.decide(booking(start), by: .client(carlo)).booked != nil)
    let talk = booking(inRome("2026-11-25T15:00"), service: firstTalk, location: video)
    #expect(practice.decide(talk, by: .client(carlo)).refusal == .followUpNotOpen(pair))
  }

  @Test("once they are open, the client books where the therapy says so")
  func selfBooking() {  // B-7
    #expect(
      practice(after: past(), selfBooking: true).decide(booking(start), by: .client(carlo)).booked
        != nil)
  }

  @Test("a series is several: before the first was held and paid, all but one are follow-ups")
  func series() throws {  // B-7 B-8
    let three = try recurring("FREQ=WEEKLY;COUNT=3", from: "2026-11-24T10:00")
    let one = try recurring("FREQ=WEEKLY;COUNT=1", from: "2026-11-24T10:00")
    let therapist = Actor.therapist(anna)
    #expect(practice().decide(three, by: therapist).refusal == .followUpNotOpen(pair))
    #expect(practice().decide(one, by: therapist).outcome?.isBookable == true)
    #expect(practice().decide(three, by: desk).outcome?.isBookable == true)
    #expect(practice(after: past()).decide(three, by: therapist).outcome?.isBookable == true)
    #expect(
      practice(after: past(.due)).decide(one, by: therapist).refusal == .followUpNotOpen(pair))
  }

  @Test("nor does a first session become the first of a series before it was held and paid")
  func firstOfSeries() throws {  // B-7 B-8
    var practice = practice()
    let first = try #require(practice.perform(booking(start), by: .client(carlo)).booked)
    var wish = SeriesWish(rule: try RecurrenceRule("FREQ=WEEKLY;COUNT=3"))
    wish.firstAppointment = first.id
    #expect(
      practice.decide(.createSeries(wish), by: .therapist(anna)).refusal == .followUpNotOpen(pair))
    #expect(practice.decide(.createSeries(wish), by: desk).outcome?.isBookable == true)
  }

  @Test("what they had is loaded for who waits, not for staff")
  func needs() throws {  // B-7
    func needs(_ actor: Actor) -> Needs {
      Engine.needs(for: Command(partner: partner, actor: actor, wish: booking(start)))
    }
    #expect(needs(.client(carlo)).careHistories == [pair: individual])
    #expect(needs(.therapist(anna)).careHistories == [pair: individual])
    #expect(needs(desk).careHistories == [:])
    var wish = SeriesWish(rule: try RecurrenceRule("FREQ=WEEKLY;COUNT=3"))
    wish.firstAppointment = appointmentID(1)
    let series = Command(partner: partner, actor: .therapist(anna), wish: .createSeries(wish))
    #expect(Engine.needs(for: series).careHistoriesOf == [appointmentID(1)])
  }
}
