internal import Testing
internal import Workload

struct AuditorTests {
  private static let hourMs: Int64 = 3_600_000
  private static let question = (fromMs: Int64(0), untilMs: 100 * hourMs)

  private var auditor = Auditor(therapists: 2, clients: 2)

  @Test("a start offered during a booking that was held all along is a violation")  // S-1
  mutating func plantedViolation() {
    let held = booking("apt_1", startHour: 10)
    auditor.acknowledged(held)
    answer(sent: auditor.now, startHours: [9, 10, 11])
    #expect(auditor.violations == [.offeredWhileHeld(startMs: 10 * Self.hourMs, booking: held)])
    #expect(auditor.violationCount == 1)
  }

  @Test("offers that touch a booking at either end are none")  // S-1
  mutating func touching() {
    auditor.acknowledged(booking("apt_1", startHour: 10))
    answer(sent: auditor.now, startHours: [9, 11])
    #expect(auditor.violations.isEmpty)
  }

  @Test("an offer that overlaps a booking by one millisecond is a violation, at either end")  // S-1
  mutating func overlapByOne() {
    auditor.acknowledged(booking("apt_1", startHour: 10))
    let starts = [9 * Self.hourMs + 1, 11 * Self.hourMs - 1]
    answer(sent: auditor.now, startsMs: starts)
    #expect(auditor.violationCount == 2)
  }

  @Test("a booking acknowledged after the search was sent may be missing from its answer")
  mutating func acknowledgedMeanwhile() {
    let sent = auditor.now
    auditor.acknowledged(booking("apt_1", startHour: 10))
    answer(sent: sent, startHours: [10])
    #expect(auditor.violations.isEmpty)
  }

  @Test("a booking whose cancellation was sent before the answer came may be free in it")
  mutating func cancelledMeanwhile() {
    let held = booking("apt_1", startHour: 10)
    auditor.acknowledged(held)
    let sent = auditor.now
    auditor.cancellationSent(held)
    answer(sent: sent, startHours: [10])
    #expect(auditor.violations.isEmpty)
    #expect(!auditor.holdsAny)
  }

  @Test("an older booking is still a violation when a newer one raced the search")
  mutating func olderAmongNewer() {
    let older = booking("apt_1", startHour: 10)
    auditor.acknowledged(older)
    let sent = auditor.now
    auditor.acknowledged(booking("apt_2", startHour: 12))
    answer(sent: sent, startHours: [10, 12])
    #expect(auditor.violations == [.offeredWhileHeld(startMs: 10 * Self.hourMs, booking: older)])
  }

  @Test("a booking of one therapist says nothing about another's offers")
  mutating func otherTherapist() {
    auditor.acknowledged(booking("apt_1", startHour: 10))
    answer(sent: auditor.now, therapist: 1, startHours: [10])
    #expect(auditor.violations.isEmpty)
  }

  @Test("a start among many therapists is held against its own therapist's bookings")  // S-11
  mutating func acrossTherapists() {
    let held = booking("apt_1", startHour: 10)
    auditor.acknowledged(held)
    for therapist in [0, 1, nil] {
      auditor.answered(
        Auditor.Question(fromMs: 0, untilMs: 100 * Self.hourMs, sent: auditor.now),
        therapist: therapist, durationMs: Self.hourMs, startMs: 10 * Self.hourMs, previousMs: nil)
    }
    #expect(auditor.violations == [.offeredWhileHeld(startMs: 10 * Self.hourMs, booking: held)])
  }

  @Test("two acknowledged bookings of one therapist must not overlap")  // S-10
  mutating func therapistTwice() {
    let first = booking("apt_1", startHour: 10)
    let second = booking("apt_2", client: 1, startHour: 10)
    auditor.acknowledged(first)
    auditor.acknowledged(second)
    #expect(auditor.violations == [.doubleBooked(first: first, second: second)])
  }

  @Test("two acknowledged bookings of one client must not overlap")  // S-10
  mutating func clientTwice() {
    let first = booking("apt_1", startHour: 10)
    let second = booking("apt_2", therapist: 1, startHour: 10)
    auditor.acknowledged(first)
    auditor.acknowledged(second)
    #expect(auditor.violations == [.doubleBooked(first: first, second: second)])
  }

  @Test("a slot whose cancellation was sent may be booked again")
  mutating func bookedAgain() {
    let first = booking("apt_1", startHour: 10)
    let again = booking("apt_2", startHour: 10)
    auditor.acknowledged(first)
    auditor.cancellationSent(first)
    auditor.acknowledged(again)
    #expect(auditor.violations.isEmpty)
    #expect(auditor.held == [again])
  }

  @Test(
    "starts of one therapist must ascend and lie in the range asked for, its end excluded",  // S-1
    arguments: [[11, 10], [10, 10], [-1], [100]])
  mutating func misplaced(startHours: [Int64]) {
    answer(sent: auditor.now, startHours: startHours)
    #expect(auditor.violationCount == 1)
  }

  @Test("the first and last start of the range may be offered")
  mutating func edges() {
    answer(sent: auditor.now, startHours: [0, 99])
    #expect(auditor.violations.isEmpty)
  }

  @Test("across therapists two starts may be equal, but not descend", arguments: [(0, 0), (1, 1)])
  mutating func orderAcross(stepBack: Int64, violations: Int) {
    auditor.answered(
      Auditor.Question(fromMs: 0, untilMs: 100, sent: auditor.now), therapist: 0, durationMs: 1,
      startMs: 50 - stepBack, previousMs: 50)
    #expect(auditor.violationCount == violations)
  }

  @Test("all violations are counted, and the first 20 kept")
  mutating func keepsTheFirst() {
    for number in 0..<25 { auditor.report(.malformed("\(number)")) }
    #expect(auditor.violationCount == 25)
    #expect(auditor.violations == (0..<20).map { .malformed("\($0)") })
  }

  private mutating func answer(
    sent: Auditor.Moment, therapist: Int = 0, startHours: [Int64] = []
  ) {
    answer(sent: sent, therapist: therapist, startsMs: startHours.map { $0 * Self.hourMs })
  }

  private mutating func answer(sent: Auditor.Moment, therapist: Int = 0, startsMs: [Int64]) {
    let question = Auditor.Question(
      fromMs: Self.question.fromMs, untilMs: Self.question.untilMs, sent: sent)
    startsMs.withUnsafeBufferPointer { starts in
      auditor.answered(question, therapist: therapist, durationMs: Self.hourMs, starts: starts)
    }
  }

  private func booking(
    _ id: String, therapist: Int = 0, client: Int = 0, startHour: Int64
  ) -> Booking {
    Booking(
      appointmentID: id,
      slot: Slot(
        therapist: therapist, therapistID: "thr_\(therapist)", serviceID: "svc", locationID: "loc",
        startMs: startHour * Self.hourMs, endMs: (startHour + 1) * Self.hourMs),
      client: client, clientID: "cli_\(client)")
  }
}
