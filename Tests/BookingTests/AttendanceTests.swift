internal import Availability
internal import Booking
internal import Intervals
internal import Testing

struct AttendanceTests {
  private let start = inRome("2026-11-24T10:00")
  private let id = appointmentID(1)
  private let excused = AttendanceStatus(code: "EXCUSED", name: "Excused", effect: .release)
  private let late = AttendanceStatus(code: "LATE", name: "Came late", effect: .deduct)

  private func practiceInProgress() -> Practice {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    practice.pass(id, until: start.instant)
    return practice
  }

  @Test("it is set, corrected and taken back, each a step of its own")  // A-4 A-1
  func correctable() {
    var practice = practiceInProgress()
    practice.perform(statuses([excused]))
    var version: Int64 = 2
    for attendance in [
      Attendance.attended, .noShow, .custom("EXCUSED"), .unset, .noShow,
    ] {
      let decision = practice.perform(
        attending(id, attendance, seen: version), by: .therapist(anna))
      version += 1
      #expect(decision.appointment?.attendance == attendance)
      #expect(decision.appointment?.version == version)
      #expect(decision.transitions.map(\.step) == [.attendanceSet])
      #expect(decision.transitions.map(\.to) == [.inProgress])
      #expect(decision.notices == [])
    }
  }

  @Test("the same said again changes nothing")
  func again() {
    var practice = practiceInProgress()
    practice.perform(attending(id, .attended))
    let decision = practice.perform(attending(id, .attended))
    #expect(decision.change?.events == [])
    #expect(decision.appointment?.version == 3)
  }

  @Test("not before the session is in progress; after it has ended still")
  func when() {
    var practice = Practice()
    practice.perform(booking(start, id: id))
    practice.now = start.advanced(byMinutes: -6).instant
    #expect(
      practice.decide(attending(id, .attended)).refusal
        == .notInState(id, .scheduled, .setAttendance))
    practice.pass(id, until: start.advanced(byMinutes: -5).instant)
    #expect(practice.decide(attending(id, .attended)).appointment?.attendance == .attended)
    practice.pass(id, until: start.advanced(byMinutes: 100_000).instant)
    #expect(practice.decide(attending(id, .noShow)).appointment?.state == .completed)
  }

  @Test("a status that the partner does not have is refused, with those that it has")
  func unknown() {
    var practice = practiceInProgress()
    func refusal(_ known: String) -> Refusal {
      .invalid([FieldFault(field: "attendance", expected: "expected \(known), or nothing")])
    }
    let wish = attending(id, .custom("ILL"))
    #expect(practice.decide(wish).refusal == refusal("ATTENDED, NO_SHOW"))
    practice.perform(statuses([late, excused]))
    #expect(practice.decide(wish).refusal == refusal("ATTENDED, NO_SHOW, LATE, EXCUSED"))
  }

  @Test("what was set stays when its status goes, and cannot be set any more")
  func gone() {
    var practice = practiceInProgress()
    practice.perform(statuses([late]))
    practice.perform(attending(id, .custom("LATE")))
    practice.perform(statuses([excused]))
    #expect(practice.facts.appointments[id]?.attendance == .custom("LATE"))
    practice.perform(attending(id, .unset))
    #expect(practice.decide(attending(id, .custom("LATE"))).refusal != nil)
  }

  @Test("the partner's statuses change as a whole, and a stale version is refused")  // A-4 B-14
  func versions() {
    var practice = Practice()
    let first = practice.perform(statuses([late, excused], seen: 0))
    let changed = AttendanceStatuses([late, excused], version: 1)
    #expect(
      first.change
        == Change(events: [.attendanceStatusesPut(changed)], answer: .attendanceStatuses(changed)))
    #expect(
      practice.decide(statuses([], seen: 2)).refusal
        == .staleVersion(id: partner.text, seen: 2, current: 1))
    #expect(
      practice.decide(statuses([], seen: 1)).change?.answer
        == .attendanceStatuses(AttendanceStatuses([], version: 2)))
  }

  private func statuses(_ all: [AttendanceStatus], seen version: Int64? = nil) -> Wanted {
    .putAttendanceStatuses(AttendanceStatusesPut(statuses: all, seenVersion: version))
  }
}
