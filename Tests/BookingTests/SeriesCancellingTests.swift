internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct SeriesCancellingTests {
  private var practice = Practice()
  private let ids: [AppointmentID]

  init() throws {
    ids = try practice.book("FREQ=WEEKLY;COUNT=4", from: "2026-11-24T10:00")
  }

  private var series: Series? { practice.series(of: ids[0]) }

  @Test("this one alone is cancelled; its series goes on")  // B-9
  mutating func this() throws {
    let before = try #require(series)
    let decision = practice.perform(cancelling(ids[1], .this))
    #expect(
      practice.starts(ids) == ["2026-11-24T10:00", "-", "2026-12-08T10:00", "2026-12-15T10:00"])
    #expect(series == before)
    #expect(
      decision.change?.effects == [
        .message(Notice(.appointmentCancelled, to: .client(carlo), about: .appointment(ids[1]))),
        .message(Notice(.appointmentCancelled, to: .therapist(anna), about: .appointment(ids[1]))),
      ])
  }

  @Test("this and the following are cancelled, and the rule ends before them")  // B-9
  mutating func thisAndFollowing() throws {
    let decision = practice.perform(cancelling(ids[2], .thisAndFollowing))
    #expect(practice.starts(ids) == ["2026-11-24T10:00", "2026-12-01T10:00", "-", "-"])
    let after = try #require(series)
    #expect(after.version == 2)
    #expect(
      try practice.planned(after) == [inRome("2026-11-24T10:00"), inRome("2026-12-01T10:00")])
    guard case .seriesCancelled(after, let cancelled) = decision.change?.answer else {
      Issue.record("it tells what was cancelled")
      return
    }
    #expect(cancelled.map(\.appointment.id) == [ids[2], ids[3]])
    #expect(cancelled.allSatisfy { $0.settlement.reason == .byTherapist })
    #expect(
      decision.change?.effects == [
        .message(Notice(.appointmentCancelled, to: .client(carlo), about: .series(after.id))),
        .message(Notice(.appointmentCancelled, to: .therapist(anna), about: .series(after.id))),
      ])
    // What was cancelled is remembered.
    #expect(practice.known.occurrences[after.id]?.map(\.id) == ids)
  }

  @Test("all are cancelled that have not begun")  // B-9
  mutating func all() throws {
    practice.now = inRome("2026-12-01T10:00").instant
    practice.perform(cancelling(ids[0], .all))
    #expect(practice.starts(ids) == ["2026-11-24T10:00", "2026-12-01T10:00", "-", "-"])
    #expect(try practice.planned(try #require(series)).count == 2)
    #expect(
      practice.decide(cancelling(ids[0], .all)).refusal == .seriesOver(try #require(series).id))
  }

  @Test("of a series that is cancelled as a whole the rule stays, to tell what was")  // B-9
  mutating func whole() throws {
    practice.perform(cancelling(ids[3], .all))
    #expect(practice.starts(ids) == ["-", "-", "-", "-"])
    #expect(try practice.planned(try #require(series)).count == 4)
  }

  @Test("one moved past those that are cancelled keeps its place in the rule")  // B-9
  mutating func moved() throws {
    practice.perform(moving(ids[1], .this, to: "2026-12-30T10:00"))
    practice.perform(cancelling(ids[2], .thisAndFollowing))
    #expect(practice.starts(ids) == ["2026-11-24T10:00", "2026-12-30T10:00", "-", "-"])
    #expect(try practice.planned(try #require(series)).count == 2)
  }

  @Test("the freed times can be booked again")  // B-9
  mutating func freed() {
    practice.perform(cancelling(ids[2], .all))
    for id in ids {
      let start = practice.facts.appointments[id]!.span.start
      #expect(practice.decide(booking(start)).booked != nil)
    }
  }

  @Test("another's, and a stale version, are refused")  // B-9, B-14
  func refused() {
    #expect(
      practice.decide(cancelling(ids[0], .all), by: .therapist(bruno)).refusal
        == .notFound(id: ids[0].text, field: "appointment_id"))
    var wish = SeriesCancelWish(ids[0], .all)
    wish.seenVersion = 3
    #expect(
      practice.decide(.cancelSeries(wish)).refusal
        == .staleVersion(id: ids[0].text, seen: 3, current: 1))
  }
}
