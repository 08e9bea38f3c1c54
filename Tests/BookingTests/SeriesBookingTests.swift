internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct SeriesBookingTests {
  private var practice = Practice()

  @Test("a weekly series books each occurrence, and tells both once")  // B-8
  mutating func weekly() throws {
    let decision = practice.perform(
      try recurring("FREQ=WEEKLY;COUNT=4", from: "2026-11-24T10:00"))
    let outcome = try #require(decision.outcome)
    let ids = outcome.occurrences.compactMap { $0.appointment?.id }
    #expect(
      practice.starts(ids) == [
        "2026-11-24T10:00", "2026-12-01T10:00", "2026-12-08T10:00", "2026-12-15T10:00",
      ])
    let series = try #require(practice.facts.series[outcome.series.id])
    #expect(series.version == 1)
    #expect(series.omissions == [])
    #expect(try practice.planned(series) == ids.map { practice.facts.appointments[$0]!.span.start })
    for id in ids {
      let session = try #require(practice.facts.appointments[id])
      #expect(session.state == .scheduled)
      #expect(
        session.recurrence
          == SeriesMembership(series: series.id, originalStart: session.span.start))
    }
    #expect(
      decision.change?.effects == [
        .message(Notice(.bookingConfirmed, to: .client(carlo), about: .series(series.id))),
        .message(Notice(.bookingConfirmed, to: .therapist(anna), about: .series(series.id))),
      ])
    #expect(practice.facts.therapies[CarePair(anna, carlo)] != nil)
  }

  @Test("a quiet one tells the therapist only")  // B-11
  func quiet() throws {
    let decision = practice.decide(
      try recurring("FREQ=WEEKLY;COUNT=2", from: "2026-11-24T10:00") { $0.isQuiet = true })
    let recipients = decision.change?.effects.map { effect in
      switch effect {
      case .message(let notice): notice.recipient
      }
    }
    #expect(recipients == [.therapist(anna)])
  }

  @Test("all or nothing: each occurrence in the way is named, and nothing is booked")  // B-8
  mutating func allOrNothing() throws {
    practice.perform(booking(inRome("2026-12-01T10:00")))
    practice.perform(booking(inRome("2026-12-15T09:30")))
    let wish = try recurring("FREQ=WEEKLY;COUNT=4", from: "2026-11-24T10:00")
    #expect(
      practice.decide(wish).inTheWay == ["2026-12-01T10:00": [4, 6], "2026-12-15T10:00": [4, 6]])
    let report = try #require(practice.decide(wish, validateOnly: true).outcome)
    #expect(!report.isBookable)
    #expect(report.occurrences.map(\.isBookable) == [true, false, true, false])
    #expect(report.occurrences.allSatisfy { $0.appointment == nil && $0.omission == nil })
    #expect(practice.decide(wish, validateOnly: true).change?.events == [])
    //
    #expect(report.occurrences[1].alternatives.count == 3)
  }

  @Test("skipping leaves out what collides, and remembers it; refused where none is left")  // B-8
  mutating func skipping() throws {
    practice.perform(booking(inRome("2026-12-01T10:00")))
    let ids = try practice.book("FREQ=WEEKLY;COUNT=3", from: "2026-11-24T10:00") { $0.mode = .skip }
    #expect(practice.starts(ids) == ["2026-11-24T10:00", "2026-12-08T10:00"])
    #expect(
      practice.series(of: ids[0])?.omissions
        == [SeriesOmission(localStart: wall("2026-12-01T10:00"), reason: .conflict)])
    let again = practice.decide(
      try recurring("FREQ=WEEKLY;COUNT=3", from: "2026-11-24T10:00") { $0.mode = .skip })
    #expect(again.inTheWay.count == 3)
  }

  @Test("excluded starts count, and are not booked")  // B-8
  mutating func excluding() throws {
    let ids = try practice.book("FREQ=DAILY;COUNT=3", from: "2026-11-24T10:00") {
      $0.excluded = [wall("2026-11-25T10:00"), wall("2030-01-01T10:00")]
    }
    #expect(practice.starts(ids) == ["2026-11-24T10:00", "2026-11-26T10:00"])
    #expect(practice.series(of: ids[0])?.omissions.map(\.reason) == [.excluded])
  }

  @Test("local time is kept over the change of clocks, and a time in the gap is left out")  // S-9
  mutating func clocks() throws {
    let ids = try practice.book("FREQ=WEEKLY;COUNT=3", from: "2027-03-21T10:00")
    #expect(
      practice.starts(ids) == ["2027-03-21T10:00", "2027-03-28T10:00", "2027-04-04T10:00"])
    let night = try practice.book("FREQ=WEEKLY;COUNT=2", from: "2027-03-21T02:30") {
      $0.overrides = .all
    }
    #expect(practice.starts(night) == ["2027-03-21T02:30", "2027-04-04T02:30"])
    #expect(
      practice.series(of: night[0])?.omissions
        == [SeriesOmission(localStart: wall("2027-03-28T02:30"), reason: .gap)])
  }

  @Test("the horizon binds each occurrence, whatever is overridden")  // S-2
  func horizon() throws {
    let wish = try recurring("FREQ=MONTHLY;COUNT=8", from: "2026-11-24T10:00") {
      $0.overrides = .all
    }
    // Six months from 23 November.
    #expect(
      practice.decide(wish).inTheWay == [
        "2027-05-24T10:00": [7], "2027-06-24T10:00": [7],
      ])
  }

  @Test("what is overridden counts for each occurrence")  // S-6
  mutating func overriding() throws {
    let rule = "FREQ=DAILY;COUNT=2"
    #expect(
      practice.decide(try recurring(rule, from: "2026-11-24T13:10")).inTheWay
        == ["2026-11-24T13:10": [1, 2, 9], "2026-11-25T13:10": [1, 2, 9]])
    let decision = practice.perform(
      try recurring(rule, from: "2026-11-24T13:10") {
        $0.overrides = [.outsideLocationHours, .outsideSchedule, .offGrid]
      })
    #expect(
      decision.outcome?.occurrences.map { $0.overridden.map(\.kind) } == [[1, 2, 9], [1, 2, 9]])
    let all: Overrides = [.outsideLocationHours, .outsideSchedule, .offGrid]
    let kept = decision.change?.events.compactMap { event in
      if case .appointmentBooked(_, let transition) = event { transition.overridden } else { nil }
    }
    #expect(kept == [all, all])
  }

  @Test("occurrences of one series count towards the caps of each other")  // B-8, S-4
  mutating func caps() throws {
    let policy = try #require(Policy(weeklyCap: .most(2)))
    practice.perform(.putPolicy(PolicyPut(policy: policy, seenVersion: nil)))
    #expect(
      practice.decide(try recurring("FREQ=DAILY;COUNT=4", from: "2026-11-24T10:00")).inTheWay
        == ["2026-11-26T10:00": [10], "2026-11-27T10:00": [10]])
  }

  @Test("each occurrence takes the first room that is free then")  // S-10
  mutating func rooms() throws {
    practice.perform(
      booking(
        inRome("2026-12-01T10:00"), therapist: bruno, service: couple,
        attendee: .new(Practice.registration())))
    let ids = try practice.book("FREQ=WEEKLY;COUNT=2", from: "2026-11-24T10:00")
    #expect(ids.map { practice.facts.appointments[$0]?.room } == [blueRoom, redRoom])
  }

  @Test("lapsed holds are cleared away once, also where several occurrences meet them")  // S-12
  mutating func lapsedHolds() throws {
    practice.perform(holding(inRome("2026-11-24T10:00"), id: holdID(1)))
    practice.perform(holding(inRome("2026-12-01T10:00"), id: holdID(2)))
    practice.wait(11)
    let events = try #require(
      practice.decide(try recurring("FREQ=WEEKLY;COUNT=3", from: "2026-11-24T10:00")).change?.events
    )
    #expect(events.filter { $0 == .holdLapsed(holdID(1)) }.count == 1)
    #expect(events.filter { $0 == .holdLapsed(holdID(2)) }.count == 1)
  }

  @Test("a series of what has to be paid when it is booked is refused")  // B-8, P-4
  mutating func prepaid() throws {
    var service = Practice.individualSession
    service.plan = .prepaid
    practice.perform(.putDirectory(Practice.importing([.service(service, [])])))
    #expect(
      practice.decide(try recurring("FREQ=DAILY;COUNT=2", from: "2026-11-24T10:00")).refusal
        == .planNotForSeries(individual, .prepaid))
  }

  @Test("a rule and a start that do not go together are told as wrong fields")  // B-8
  func malformed() throws {
    let wrongDay = practice.decide(
      try recurring("FREQ=WEEKLY;COUNT=2;BYDAY=MO", from: "2026-11-24T10:00"))
    let tooMany = practice.decide(
      try recurring("FREQ=DAILY;UNTIL=20300101", from: "2026-11-24T10:00"))
    #expect([wrongDay, tooMany].map(\.faults) == [["local_start"], ["rule"]])
  }
}

struct FirstOfSeriesTests {
  private var practice = Practice()
  private let first = appointmentID(1)

  init() {
    practice.perform(booking(inRome("2026-11-24T10:00"), id: first), by: .client(carlo))
  }

  private func following(_ change: (inout SeriesWish) -> Void = { _ in }) throws -> Wanted {
    var wish = SeriesWish(rule: try RecurrenceRule("FREQ=WEEKLY;COUNT=3"))
    wish.firstAppointment = first
    change(&wish)
    return .createSeries(wish)
  }

  @Test("an online booking becomes the first; what is not said is taken from it")  // B-8
  mutating func joining() throws {
    let outcome = try #require(practice.perform(try following(), by: .therapist(anna)).outcome)
    let ids = outcome.occurrences.compactMap { $0.appointment?.id }
    #expect(ids.first == first)
    #expect(
      practice.starts(ids) == ["2026-11-24T10:00", "2026-12-01T10:00", "2026-12-08T10:00"])
    let session = try #require(practice.facts.appointments[first])
    #expect(session.version == 2)
    #expect(session.recurrence?.series == outcome.series.id)
    #expect(outcome.series.client == carlo)
  }

  @Test("it has to be the rule's first occurrence, and what is said has to be as it is")  // B-8
  func fitting() throws {
    let wrong: [((inout SeriesWish) -> Void, String)] = [
      ({ $0.therapist = bruno }, "therapist_id"), ({ $0.client = daria }, "client_id"),
      ({ $0.service = couple }, "service_id"),
      ({ $0.localStart = wall("2026-11-24T11:00") }, "local_start"),
      ({ $0.excluded = [wall("2026-11-24T10:00")] }, "first_appointment_id"),
    ]
    for (change, field) in wrong {
      #expect(practice.decide(try following(change)).faults == [field])
    }
  }

  @Test("another's, one of a series, and one that does not stand cannot become the first")  // B-8
  mutating func unfit() throws {
    #expect(
      practice.decide(try following(), by: .therapist(bruno)).refusal
        == .notFound(id: first.text, field: "first_appointment_id"))
    var member = practice
    member.perform(try following())
    #expect(member.decide(try following()).faults == ["first_appointment_id"])
    practice.perform(cancelling(first))
    #expect(
      practice.decide(try following()).refusal
        == .notInState(first, .cancelledByTherapist, .beginSeries))
  }

  @Test("skipping all the others leaves no series")  // B-8
  mutating func alone() throws {
    practice.perform(booking(inRome("2026-12-01T10:00")))
    practice.perform(booking(inRome("2026-12-08T10:00")))
    #expect(practice.decide(try following { $0.mode = .skip }).inTheWay.count == 2)
  }
}
