internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// What stands outside the new hours is told, and stands (S-13).
struct AffectedAppointmentTests {
  private var practice = Practice()

  /// With Anna at the office, at 10 on the day.
  private mutating func book(_ day: String, at time: String = "10:00") throws -> Appointment {
    try #require(practice.perform(booking(inRome("\(day)T\(time)"))).booked)
  }

  private func affected(_ step: ScheduleChange.Step) -> [AppointmentID]? {
    let changed = practice.decide(changing(step)).schedule
    #expect(changed?.affected.count == changed?.affectedCount)
    return changed?.affected.map(\.id)
  }

  private let afternoon = ScheduleChange.Step.update(
    Practice.everyDay(anna, [(14, 18, video), (14, 18, office)]), [.windows])

  @Test("a change of hours lists what it leaves outside, nearest first, and cancels nothing")
  mutating func listed() throws {  // S-13
    let later = try book("2026-11-26")
    let sooner = try book("2026-11-24")
    #expect(affected(afternoon) == [sooner.id, later.id])
    let decision = practice.perform(changing(afternoon))
    #expect(decision.change?.events.count == 1)
    #expect(practice.facts.appointments[later.id]?.state == .scheduled)
    #expect(practice.facts.index.therapist(anna)?.busy.sessions.count == 2)
    #expect(practice.decide(cancelling(later.id)).cancelled != nil)
  }

  @Test("what lies within the new hours of its own location is not listed")  // S-13
  mutating func ofItsLocation() throws {
    let session = try book("2026-11-24")
    func hours(_ opens: Int32, _ closes: Int32, _ location: LocationID) -> ScheduleChange.Step {
      .update(Practice.everyDay(anna, [(opens, closes, location)]), [.windows])
    }
    #expect(affected(hours(10, 11, office)) == [])
    #expect(affected(hours(10, 11, video)) == [session.id])
    #expect(affected(hours(11, 18, office)) == [session.id])
  }

  @Test("a session that reaches out of the hours by a minute is listed")  // S-13
  mutating func partly() throws {
    let session = try book("2026-11-24")
    func closing(_ opens: Int32, _ closes: Int32) -> ScheduleChange.Step {
      .addExceptions([
        exception(
          1, "2026-11-24",
          .closed(.between(opensMinute: opens, closesMinute: closes), at: nil))
      ])
    }
    // It is from 10:00 to 10:50.
    #expect(affected(closing(649, 660)) == [session.id])
    #expect(affected(closing(650, 660)) == [])
    #expect(affected(closing(590, 601)) == [session.id])
    #expect(affected(closing(590, 600)) == [])
  }

  @Test("a closed day and a holiday list what they leave outside")  // S-8, S-13
  mutating func closedDays() throws {
    let christmas = try book("2026-12-25")
    _ = try book("2026-12-23")
    #expect(affected(.addExceptions([closed(1, "2026-12-24", "2026-12-26")])) == [christmas.id])
    #expect(affected(.addExceptions([closed(1, "2026-12-25", at: video)])) == [])
    var holidays = Practice.everyDay(anna, [])
    holidays.publicHolidays = ["IT"]
    #expect(affected(.update(holidays, [.publicHolidays])) == [christmas.id])
  }

  @Test("taking extra hours back lists what was booked in them")  // S-13
  mutating func extraHours() throws {
    practice.perform(
      changing(
        .addExceptions([
          exception(
            1, "2026-11-24", .extraHours(opensMinute: 1_140, closesMinute: 1_260, at: office))
        ])))
    let evening = try book("2026-11-24", at: "19:30")
    #expect(affected(.addExceptions([closed(2, "2026-12-24")])) == [])
    #expect(affected(.removeExceptions([exceptionID(1)])) == [evening.id])
  }

  @Test("what is over or was cancelled is not listed; what goes on is")  // S-13
  mutating func toCome() throws {
    let session = try book("2026-11-24")
    let gone = try book("2026-11-25")
    practice.perform(cancelling(gone.id))
    practice.now = session.span.end.instant.advanced(byMs: -1)
    #expect(affected(afternoon) == [session.id])
    practice.now = session.span.end.instant
    #expect(affected(afternoon) == [])
  }

  @Test("the first 1,000 are listed, and all are counted")  // S-13
  func many() throws {
    var facts = practice.facts
    let one = try #require(practice.decide(booking(inRome("2026-11-24T10:00"))).booked)
    facts.appointmentsToCome[anna] = Array(repeating: one, count: 1_001)
    let decision = Engine.decide(
      Command(partner: partner, actor: desk, wish: changing(afternoon)), facts: facts,
      stamp: Stamp(at: practice.now, seed: 1))
    #expect(decision.schedule?.affected.count == 1_000)
    #expect(decision.schedule?.affectedCount == 1_001)
  }
}
