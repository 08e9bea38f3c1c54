internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What the time of day decides, with a clock that stands where the test has put it.
@Suite(.timeLimit(.minutes(1)))
struct ClockTests {
  @Test("a session can be booked at its start, and not a millisecond later")  // S-1 S-4
  func past() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + dayMs
      house.clock.set(start)
      let listed = try await client.slots.search(practice.search(untilMs: start + hourMs))
      #expect(listed.allStartsMs.first == start)
      _ = try await client.appointments.book(practice.booking(at: start))

      let next = start + hourMs
      for lateMs in [1, minuteMs - 1, minuteMs] {
        house.clock.set(next + lateMs)
        let refused = try await #require(throws: CallError.self) {
          try await client.appointments.book(practice.booking(at: next))
        }
        #expect(refused.status.code == .failedPrecondition)
        #expect(refused.status.conflicts.kinds == [.inPast])
        let left = try await client.slots.search(
          practice.search(untilMs: next + 2 * hourMs, fromMs: next))
        #expect(left.allStartsMs.first == next + 30 * minuteMs)
      }
      await client.close()
    }
  }

  @Test("the last day moves on at midnight in the therapist's zone, for each role")  // S-2
  func horizonAtMidnight() async throws {
    // The last millisecond of 1 March in Auckland, where summer time ends on 4 April.
    let house = try House(now: "2027-03-01T10:59:59Z")
    house.clock.set(house.clock.nowMs + 999)
    try await house.serve { server in
      let client = try await server.client()
      var practice = Practice()
      practice.zoneName = "Pacific/Auckland"
      // One slot a day, at midnight.
      practice.closesMinute = 60
      try await practice.open(by: client)
      let lastStarts: [(role: ActingAs, before: String, after: String)] = [
        (.client(""), "2027-03-31T11:00:00Z", "2027-04-01T11:00:00Z"),
        (.staff(), "2027-08-31T12:00:00Z", "2027-09-01T12:00:00Z"),
        (.therapist(practice.therapistID), "2027-08-31T12:00:00Z", "2027-09-01T12:00:00Z"),
      ]
      let midnight = try HandClock.ms("2027-03-01T11:00:00Z")
      for (now, isAfter) in [(midnight - 1, false), (midnight, true)] {
        house.clock.set(now)
        for expected in lastStarts {
          let options = CallOptions(actor: expected.role)
          let last = try HandClock.ms(isAfter ? expected.after : expected.before)
          let found = try await client.slots.search(
            practice.search(untilMs: now + 300 * dayMs), options)
          #expect(found.allStartsMs.last == last, "\(expected.role)")
          let next = try await client.slots.check(practice.check(at: last + dayMs), options)
          #expect(next.conflicts.kinds == [.beyondHorizon], "\(expected.role)")
        }
      }
      await client.close()
    }
  }

  @Test("a month that is too short ends the horizon on its last day")  // S-2
  func shortMonth() async throws {
    let house = try House(now: "2027-01-31T12:00:00Z")
    try await house.serve { server in
      let client = try await server.client()
      var practice = Practice()
      practice.zoneName = "UTC"
      practice.closesMinute = 60
      try await practice.open(by: client)
      for (now, last) in [
        ("2027-01-27T12:00:00Z", "2027-02-27T00:00:00Z"),
        ("2027-01-28T12:00:00Z", "2027-02-28T00:00:00Z"),
        ("2027-01-31T12:00:00Z", "2027-02-28T00:00:00Z"),
        ("2027-02-01T12:00:00Z", "2027-03-01T00:00:00Z"),
      ] {
        house.clock.set(try HandClock.ms(now))
        let found = try await client.slots.search(
          practice.search(untilMs: house.clock.nowMs + 60 * dayMs),
          CallOptions(actor: .client("")))
        #expect(found.allStartsMs.last == (try HandClock.ms(last)), "\(now)")
      }
      await client.close()
    }
  }

  @Test("cancelling is possible until, but not at, the start; times are the clock's")  // A-1 A-5
  func cancelling() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let bookedMs = house.clock.nowMs
      let start = bookedMs + dayMs
      func book(at startMs: Int64) async throws -> Seduta_V1_Appointment {
        try await client.appointments.book(practice.booking(at: startMs)).appointment
      }
      let early = try await book(at: start)
      let late = try await book(at: start + hourMs)
      #expect(early.createTime == .init(ms: bookedMs))
      #expect(early.version == 1)

      house.clock.set(start - 1)
      var request = Seduta_V1_AppointmentsCancelRequest()
      request.appointmentID = early.id
      let cancelled = try await client.appointments.cancel(request).appointment
      #expect(cancelled.state == .cancelledByTherapist)
      #expect(cancelled.createTime == .init(ms: bookedMs))
      #expect(cancelled.updateTime == .init(ms: start - 1))
      #expect(cancelled.version == 2)

      request.appointmentID = late.id
      for afterMs in [0, 1, hourMs] {
        house.clock.set(start + hourMs + afterMs)
        let refused = try await #require(throws: CallError.self) {
          try await client.appointments.cancel(request)
        }
        #expect(refused.status.code == .failedPrecondition)
        #expect(refused.status.errorInfo.reason == "APPOINTMENT_BEGUN")
      }
      await client.close()
    }
  }

  @Test("a consent is given at the latest now; both that are not are named")  // B-2
  func consent() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let now = house.clock.nowMs
      let refused = try await #require(throws: CallError.self) {
        try await client.appointments.book(
          practice.booking(at: now + dayMs, consentMs: now + 1))
      }
      #expect(refused.status.code == .invalidArgument)
      #expect(
        refused.status.badRequest.fieldViolations.map(\.field) == [
          "new_client.terms.accept_time", "new_client.data_processing.accept_time",
        ])
      let booked = try await client.appointments.book(
        practice.booking(at: now + dayMs, consentMs: now)
      ).appointment
      var request = Seduta_V1_ClientsGetRequest()
      request.clientID = booked.clientID
      let registered = try await client.clients.get(request).client
      #expect(registered.terms.acceptTime == .init(ms: now))
      #expect(registered.dataProcessing.acceptTime == .init(ms: now))
      #expect(registered.createTime == .init(ms: now))
      await client.close()
    }
  }
}
