internal import Availability
internal import Booking
internal import Testing

/// Changes of a therapist's hours: fields, exceptions, versions (S-8).
struct ScheduleChangeTests {
  private func faults(_ decision: Decision) -> [String] {
    if case .invalid(let faults) = decision.refusal { faults.map(\.field) } else { [] }
  }

  private func update(
    _ schedule: Schedule, _ fields: Set<ScheduleField> = Set(ScheduleField.allCases)
  ) -> Wanted {
    changing(.update(schedule, fields))
  }

  @Test("a schedule is changed as a whole, and its version grows by one")  // S-8
  func whole() {
    var schedule = Practice.everyDay(anna, [(8, 12, office)])
    schedule.exceptions = [closed(1, "2026-12-24")]
    schedule.publicHolidays = ["IT"]
    let decision = Practice().decide(update(schedule))
    schedule.version = 3
    #expect(
      decision.change
        == Change(
          events: [.schedulePut(schedule)],
          answer: .schedule(
            ChangedSchedule(schedule: schedule, kind: .update, affected: [], affectedCount: 0))))
  }

  @Test(
    "an update takes the fields that it names, and no other", arguments: ScheduleField.allCases)
  func mask(_ field: ScheduleField) {
    var practice = Practice()
    practice.perform(changing(.addExceptions([closed(1, "2026-12-24")])))
    var expected = practice.facts.schedules[anna]
    var other = Practice.everyDay(anna, [(8, 12, office)])
    other.exceptions = [closed(2, "2026-12-25")]
    other.publicHolidays = ["AT"]
    switch field {
    case .windows: expected?.windows = other.windows
    case .exceptions: expected?.exceptions = other.exceptions
    case .publicHolidays: expected?.publicHolidays = other.publicHolidays
    }
    expected?.version = 4
    #expect(practice.decide(update(other, [field])).schedule?.schedule == expected)
  }

  @Test("exceptions are kept in order of their first day, then id, however they came")  // S-8
  func order() {
    var practice = Practice()
    let given = [
      closed(2, "2026-12-24"), closed(4, "2026-12-01"), closed(1, "2026-12-24", "2026-12-26"),
    ]
    practice.perform(changing(.addExceptions(given)))
    let decision = practice.perform(changing(.addExceptions([closed(3, "2026-12-24")])))
    let ids = decision.schedule?.schedule.exceptions.map(\.id)
    #expect(ids == [4, 1, 2, 3].map(exceptionID))
    #expect(decision.schedule?.kind == .addExceptions)
  }

  @Test("an id that the schedule has is not added again, and none of the others is")
  func takenID() {
    var practice = Practice()
    practice.perform(changing(.addExceptions([closed(1, "2026-12-24")])))
    let again = practice.decide(
      changing(.addExceptions([closed(2, "2026-12-25"), closed(1, "2026-12-26")])))
    #expect(again.refusal == .idTaken(id: exceptionID(1).text, field: "exceptions[1].id"))
  }

  @Test("exceptions are removed all or not at all")
  func removes() {
    var practice = Practice()
    practice.perform(
      changing(.addExceptions([closed(1, "2026-12-24"), closed(2, "2026-12-25")])))
    #expect(
      practice.decide(changing(.removeExceptions([exceptionID(1), exceptionID(9)]))).refusal
        == .notFound(id: exceptionID(9).text, field: "exception_ids[1]"))
    let decision = practice.decide(changing(.removeExceptions([exceptionID(1)])))
    #expect(decision.schedule?.schedule.exceptions == [closed(2, "2026-12-25")])
    #expect(decision.schedule?.kind == .removeExceptions)
  }

  @Test("a schedule has at most 1,000 exceptions")
  func tooMany() {
    func added(_ count: UInt128, from number: UInt128) -> Wanted {
      changing(.addExceptions((0..<count).map { closed(number + $0, "2026-12-24") }))
    }
    var practice = Practice()
    practice.perform(added(999, from: 0))
    #expect(faults(practice.decide(added(2, from: 5_000))) == ["exceptions"])
    #expect(practice.decide(added(1, from: 5_000)).schedule?.schedule.exceptions.count == 1_000)
  }

  @Test("a version that was seen must be the current one", arguments: [Int64(1), 3])  // B-14
  func staleVersion(_ seen: Int64) {
    let stale = Refusal.staleVersion(id: anna.text, seen: seen, current: 2)
    let schedule = Practice.everyDay(anna, [(8, 12, office)])
    let steps: [ScheduleChange.Step] = [
      .update(schedule, [.windows]), .addExceptions([closed(1, "2026-12-24")]),
      .removeExceptions([exceptionID(1)]),
    ]
    for step in steps {
      #expect(Practice().decide(changing(step, seen: seen)).refusal == stale)
    }
    #expect(Practice().decide(changing(steps[1], seen: 2)).schedule?.schedule.version == 3)
  }

  @Test("the therapist must be there, and work where the hours are")
  func references() {
    let practice = Practice()
    let foreign = Practice.everyDay(foreigner, [(9, 13, office)])
    for (step, field) in [
      (ScheduleChange.Step.update(foreign, [.windows]), "schedule.therapist_id"),
      (.addExceptions([closed(1, "2026-12-24")]), "therapist_id"),
      (.removeExceptions([exceptionID(1)]), "therapist_id"),
    ] {
      let change = ScheduleChange(therapist: foreigner, seenVersion: nil, step: step)
      #expect(
        practice.decide(.changeSchedule(change)).refusal
          == .notFound(id: foreigner.text, field: field))
    }
    let extra = exception(
      2, "2026-12-24", .extraHours(opensMinute: 480, closesMinute: 600, at: villa))
    #expect(
      faults(practice.decide(changing(.addExceptions([closed(1, "2026-12-24"), extra]))))
        == ["exceptions[1].location_id"])
    var schedule = Practice.everyDay(anna, [(9, 13, villa)])
    schedule.windows = [schedule.windows[0]]
    schedule.exceptions = [closed(1, "2026-12-24", at: villa)]
    #expect(
      faults(practice.decide(update(schedule)))
        == ["schedule.windows[0].location_id", "schedule.exceptions[0].location_id"])
    // What is not named is not looked at.
    #expect(practice.decide(update(schedule, [.publicHolidays])).change != nil)
  }

  @Test("holidays are the days of all calendars named, each once, ascending")  // S-8
  func holidays() {
    func days(_ calendars: [String]) -> [CivilDate] {
      Schedule(therapist: anna, windows: [], publicHolidays: calendars, version: 1).holidays
    }
    let (italy, austria) = (days(["IT"]), days(["AT"]))
    #expect(italy == PublicHolidays.calendar("IT")?.holidays.map(\.day))
    #expect(days([]) == [])
    #expect(days(["AT", "IT"]) == Set(italy + austria).sorted())
  }
}
