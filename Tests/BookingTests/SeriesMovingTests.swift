internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct SeriesMovingTests {
  private var practice = Practice()

  /// Tuesdays at 10 from 24 November on.
  private mutating func tuesdays(_ count: Int) throws -> [AppointmentID] {
    try practice.book("FREQ=WEEKLY;COUNT=\(count)", from: "2026-11-24T10:00")
  }

  /// What a series' rule gives without what was left out is where its appointments were made for.
  private func expectSound(_ series: SeriesID) throws {
    let members = practice.known.occurrences[series] ?? []
    let known = try #require(practice.facts.series[series])
    #expect(
      try practice.planned(known)
        == members.filter(\.state.isActive).compactMap(\.recurrence?.originalStart))
  }

  @Test("this one alone moves, and its series remembers where it belongs")  // B-9
  mutating func this() throws {
    let ids = try tuesdays(3)
    let series = try #require(practice.series(of: ids[1]))
    let decision = practice.perform(moving(ids[1], .this, to: "2026-12-02T11:00"))
    #expect(
      practice.starts(ids) == ["2026-11-24T10:00", "2026-12-02T11:00", "2026-12-08T10:00"])
    let moved = try #require(practice.facts.appointments[ids[1]])
    #expect(moved.recurrence?.originalStart == inRome("2026-12-01T10:00"))
    #expect(moved.version == 2)
    #expect(practice.series(of: ids[1]) == series)
    #expect(
      decision.change?.effects == [
        .message(Notice(.appointmentChanged, to: .client(carlo), about: .appointment(ids[1]))),
        .message(Notice(.appointmentChanged, to: .therapist(anna), about: .appointment(ids[1]))),
      ])
  }

  @Test("this and the following become a series of their own")  // B-9
  mutating func thisAndFollowing() throws {
    let ids = try tuesdays(4)
    let old = try #require(practice.series(of: ids[0]))
    let decision = practice.perform(moving(ids[2], .thisAndFollowing, to: "2026-12-10T11:00"))
    #expect(
      practice.starts(ids) == [
        "2026-11-24T10:00", "2026-12-01T10:00", "2026-12-10T11:00", "2026-12-17T11:00",
      ])
    let new = try #require(practice.series(of: ids[2]))
    #expect(new.splitFrom == old.id)
    #expect(new.version == 1)
    #expect(new.rule.text == "FREQ=WEEKLY;COUNT=2")
    #expect(new.localStart == wall("2026-12-10T11:00"))
    #expect(practice.series(of: ids[3])?.id == new.id)
    #expect(practice.series(of: ids[1])?.id == old.id)
    #expect(practice.facts.series[old.id]?.version == 2)
    #expect(
      try practice.planned(practice.facts.series[old.id]!)
        == [inRome("2026-11-24T10:00"), inRome("2026-12-01T10:00")])
    try expectSound(old.id)
    try expectSound(new.id)
    #expect(
      decision.change?.effects.first
        == .message(Notice(.appointmentChanged, to: .client(carlo), about: .series(new.id))))
    #expect(decision.change?.effects.count == 2)
  }

  @Test("all move that have not begun; what has stays as it is")  // B-9
  mutating func all() throws {
    let ids = try tuesdays(3)
    practice.now = inRome("2026-11-24T10:00").instant
    practice.perform(moving(ids[2], .all, to: "2026-12-07T09:00"))
    #expect(
      practice.starts(ids) == ["2026-11-24T10:00", "2026-11-30T09:00", "2026-12-07T09:00"])
    let series = try #require(practice.series(of: ids[1]))
    #expect(series.localStart == wall("2026-11-23T09:00"))
    #expect(series.version == 2)
    #expect(practice.facts.appointments[ids[0]]?.version == 1)
    #expect(
      try practice.planned(series) == [inRome("2026-11-30T09:00"), inRome("2026-12-07T09:00")])
    // From the first on, nothing stays behind: no other series is made.
    practice.perform(moving(ids[1], .all, to: "2026-11-30T10:00"))
    #expect(practice.facts.series.count == 1)
  }

  @Test("from the first one on, the following are all: no series is split")  // B-9
  mutating func followingTheFirst() throws {
    let ids = try tuesdays(3)
    practice.perform(moving(ids[0], .thisAndFollowing, to: "2026-11-24T11:00"))
    #expect(practice.facts.series.count == 1)
    #expect(practice.series(of: ids[0])?.localStart == wall("2026-11-24T11:00"))
    try expectSound(practice.series(of: ids[0])!.id)
  }

  @Test(
    "appointments that go to each other's places are not in each other's way",
    arguments: [("2026-11-25T10:00", 1), ("2026-11-23T10:00", -1)])  // B-9
  mutating func chain(_ to: String, _ days: Int) throws {
    let ids = try practice.book("FREQ=DAILY;COUNT=5", from: "2026-11-24T10:00")
    let before = ids.map { practice.facts.appointments[$0]!.span.start }
    practice.perform(moving(ids[0], .all, to: to))
    #expect(
      ids.map { practice.facts.appointments[$0]!.span.start }
        == before.map { $0.advanced(byMinutes: Int32(days) * 1_440) })
  }

  @Test("those moved by themselves go from where the rule has them, also in a circle")  // B-9
  mutating func circle() throws {
    let ids = try practice.book("FREQ=DAILY;COUNT=2", from: "2026-11-24T10:00")
    // The first stands where the second is to go.
    practice.perform(moving(ids[0], .this, to: "2026-11-26T10:00"))
    practice.perform(moving(ids[1], .all, to: "2026-11-26T10:00"))
    #expect(practice.starts(ids) == ["2026-11-25T10:00", "2026-11-26T10:00"])
    try expectSound(practice.series(of: ids[0])!.id)
  }

  @Test("all or nothing: one that is in the way keeps all where they are")  // B-9
  mutating func allOrNothing() throws {
    let ids = try tuesdays(3)
    practice.perform(booking(inRome("2026-12-01T11:00")))
    let move = moving(ids[0], .all, to: "2026-11-24T11:00")
    #expect(practice.decide(move).inTheWay == ["2026-12-01T11:00": [4, 6]])
    let report = try #require(practice.decide(move, validateOnly: true).outcome)
    #expect(report.occurrences.map(\.isBookable) == [true, false, true])
    #expect(!report.isBookable)
  }

  @Test("skipping leaves where it is what cannot move, and what another one needs by then")  // B-9
  mutating func skipping() throws {
    let ids = try practice.book("FREQ=DAILY;COUNT=3", from: "2026-11-24T10:00")
    practice.perform(booking(inRome("2026-11-27T10:00")))
    let move = moving(ids[0], .all, to: "2026-11-25T10:00") { $0.mode = .skip }
    // Each goes where the next one was, and the last one cannot go: so none can.
    #expect(practice.decide(move).inTheWay.count == 3)
    let later = moving(ids[0], .all, to: "2026-11-25T11:00") { $0.mode = .skip }
    practice.perform(booking(inRome("2026-11-26T11:00")))
    let outcome = try #require(practice.perform(later).outcome)
    #expect(
      practice.starts(ids) == ["2026-11-25T11:00", "2026-11-25T10:00", "2026-11-27T11:00"])
    #expect(outcome.occurrences.map(\.omission) == [nil, .conflict, nil])
    let left = try #require(practice.facts.appointments[ids[1]])
    #expect(left.recurrence?.originalStart == inRome("2026-11-26T11:00"))
    #expect(left.version == 2)
  }

  @Test("one that stays keeps its place from another that would have taken it")  // B-9
  mutating func staying() throws {
    let ids = try practice.book("FREQ=DAILY;COUNT=3", from: "2026-11-24T10:00")
    // The last stands, by itself, where the first is to go; and where the rule takes it is taken.
    practice.perform(moving(ids[2], .this, to: "2026-11-24T11:00"))
    practice.perform(booking(inRome("2026-11-26T11:00")))
    practice.perform(moving(ids[0], .all, to: "2026-11-24T11:00") { $0.mode = .skip })
    #expect(
      practice.starts(ids) == ["2026-11-24T10:00", "2026-11-25T11:00", "2026-11-24T11:00"])
  }

  @Test("what is cancelled stays cancelled, and its new place is left out")  // B-9
  mutating func cancelled() throws {
    let ids = try tuesdays(4)
    practice.perform(cancelling(ids[2], .this))
    practice.perform(moving(ids[1], .thisAndFollowing, to: "2026-12-01T11:00"))
    #expect(
      practice.starts(ids) == ["2026-11-24T10:00", "2026-12-01T11:00", "-", "2026-12-15T11:00"])
    let series = try #require(practice.series(of: ids[1]))
    #expect(
      series.omissions
        == [SeriesOmission(localStart: wall("2026-12-08T11:00"), reason: .excluded)])
    try expectSound(series.id)
  }

  @Test("local time is kept over the change of clocks, into and out of a gap")  // S-9
  mutating func clocks() throws {
    let ids = try practice.book("FREQ=WEEKLY;COUNT=3", from: "2027-03-21T10:00")
    practice.perform(moving(ids[0], .all, to: "2027-03-21T11:30"))
    #expect(
      practice.starts(ids) == ["2027-03-21T11:30", "2027-03-28T11:30", "2027-04-04T11:30"])
    let night = moving(ids[0], .all, to: "2027-03-21T02:30") {
      $0.overrides = .all
      $0.mode = .skip
    }
    let outcome = try #require(practice.perform(night).outcome)
    #expect(outcome.occurrences.map(\.omission) == [nil, .gap, nil])
    #expect(
      practice.starts(ids) == ["2027-03-21T02:30", "2027-03-28T11:30", "2027-04-04T02:30"])
    practice.perform(moving(ids[0], .all, to: "2027-03-21T03:30") { $0.overrides = .all })
    #expect(
      practice.starts(ids) == ["2027-03-21T03:30", "2027-03-28T03:30", "2027-04-04T03:30"])
    try expectSound(practice.series(of: ids[0])!.id)
  }

  @Test("a time that does not exist is none to move to")  // S-9
  mutating func gap() throws {
    let ids = try tuesdays(2)
    #expect(
      practice.decide(moving(ids[0], .this, to: "2027-03-28T02:30")).faults == ["local_start"])
  }

  @Test("days of a weekly rule move along; those that no rule gives are refused")  // B-9
  mutating func days() throws {
    let ids = try practice.book("FREQ=WEEKLY;COUNT=4;BYDAY=TU,SU", from: "2026-11-24T10:00")
    practice.perform(moving(ids[0], .all, to: "2026-11-25T10:00"))
    #expect(
      practice.starts(ids) == [
        "2026-11-25T10:00", "2026-11-30T10:00", "2026-12-02T10:00", "2026-12-07T10:00",
      ])
    let series = try #require(practice.series(of: ids[0]))
    #expect(series.rule.text == "FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE")
    try expectSound(series.id)

    let monthly = try practice.book("FREQ=MONTHLY;COUNT=3;BYDAY=2TU", from: "2026-12-08T11:00")
    #expect(
      practice.decide(moving(monthly[0], .all, to: "2026-12-09T11:00")).faults == ["local_start"])
    practice.perform(moving(monthly[0], .all, to: "2026-12-08T12:00"))
    #expect(
      practice.starts(monthly) == ["2026-12-08T12:00", "2027-01-12T12:00", "2027-02-09T12:00"])
    let last = try practice.book("FREQ=MONTHLY;COUNT=3", from: "2026-12-31T11:00")
    #expect(
      practice.decide(moving(last[0], .all, to: "2027-01-01T11:00")).faults == ["local_start"])
  }

  @Test("the horizon binds each that moves")  // S-2
  mutating func horizon() throws {
    let ids = try practice.book("FREQ=WEEKLY;COUNT=2", from: "2027-05-11T10:00")
    #expect(
      practice.decide(moving(ids[0], .all, to: "2027-05-18T10:00") { $0.overrides = .all })
        .inTheWay == ["2027-05-25T10:00": [7]])
  }

  @Test("a moved appointment keeps the length that it was booked with")  // B-9
  mutating func length() throws {
    let ids = try tuesdays(2)
    var service = Practice.individualSession
    service.durationMinutes = 30
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
    practice.perform(moving(ids[0], .all, to: "2026-11-24T11:00"))
    #expect(
      practice.facts.appointments[ids[1]]?.span == span(inRome("2026-12-01T11:00"), minutes: 50))
  }

  @Test("a stale version, what has begun, and what is in no series is refused")  // B-9, B-14
  mutating func refused() throws {
    let ids = try tuesdays(2)
    let single = try #require(practice.perform(booking(inRome("2026-11-24T12:00"))).booked)
    #expect(
      practice.decide(moving(single.id, .this, to: "2026-11-24T11:00")).faults
        == ["appointment_id"])
    #expect(
      practice.decide(moving(ids[0], .all, to: "2026-11-24T11:00") { $0.seenVersion = 2 }).refusal
        == .staleVersion(id: ids[0].text, seen: 2, current: 1))
    #expect(
      practice.decide(moving(ids[0], .all, to: "2026-11-24T11:00"), by: .therapist(bruno)).refusal
        == .notFound(id: ids[0].text, field: "appointment_id"))
    practice.now = inRome("2026-11-24T10:00").instant
    #expect(
      practice.decide(moving(ids[0], .all, to: "2026-11-24T11:00")).refusal
        == .begun(ids[0], at: inRome("2026-11-24T10:00")))
    practice.perform(cancelling(ids[1], .this))
    #expect(
      practice.decide(moving(ids[1], .all, to: "2026-12-01T11:00")).refusal
        == .notInState(ids[1], .cancelledByTherapist, .reschedule))
  }
}
