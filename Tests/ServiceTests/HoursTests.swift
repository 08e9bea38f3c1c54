internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Hours and policies, where clock, batch and index come together.
@Suite(.timeLimit(.minutes(1)))
struct HoursTests {
  private func dayOff(
    _ practice: Practice, _ day: String, validateOnly: Bool = false
  ) -> Seduta_V1_DirectoryAddScheduleExceptionsRequest {
    .with {
      $0.therapistID = practice.therapistID
      $0.exceptions = [
        .with {
          $0.kind = .closed
          $0.firstDate = day
        }
      ]
      $0.validateOnly = validateOnly
    }
  }

  @Test("a session is told of until its end, and not from then on")  // S-13
  func affectedUntilItsEnd() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = try HandClock.ms("2027-03-03T09:00:00Z")
      let booked = try await client.appointments.book(practice.booking(at: start)).appointment
      let asking = dayOff(practice, "2027-03-03", validateOnly: true)
      for (now, listed) in [
        (start - dayMs, [booked.id]), (start, [booked.id]), (start + hourMs - 1, [booked.id]),
        (start + hourMs, []),
      ] {
        house.clock.set(now)
        let answer = try await client.directory.addScheduleExceptions(asking)
        #expect(answer.affectedAppointments.map(\.id) == listed)
        #expect(answer.affectedCount == Int32(listed.count))
      }
      await client.close()
    }
  }

  @Test("a closed day is taken back by its id, and is bookable again")  // S-8
  func takenBack() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = try HandClock.ms("2027-03-03T09:00:00Z")
      let search = practice.search(untilMs: start + hourMs, fromMs: start)
      let open = try await client.slots.search(search).allStartsMs
      let added = try await client.directory.addScheduleExceptions(dayOff(practice, "2027-03-03"))
      #expect(try await client.slots.search(search).allStartsMs == [])
      let removed = try await client.directory.removeScheduleExceptions(
        .with {
          $0.therapistID = practice.therapistID
          $0.exceptionIds = added.schedule.exceptions.map(\.id)
          $0.version = added.schedule.version
        })
      #expect(removed.schedule.exceptions == [])
      #expect(try await client.slots.search(search).allStartsMs == open)
      #expect(open.first == start)
      await client.close()
    }
  }

  @Test("a command sees the hours and policies of those before it in one batch")  // S-4, S-8, S-13
  func seenWithinBatch() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      await client.close()
      let connection = try await server.raw()
      let start = try HandClock.ms("2027-03-03T09:00:00Z")
      var early = practice.booking(at: start)
      early.appointmentID = "apt_00000000000000000000000001"
      let calls = [
        try Seduta_Wire_V1_Call(1, .appointmentsBook, early),
        try Seduta_Wire_V1_Call(
          2, .directoryAddScheduleExceptions, dayOff(practice, "2027-03-03")),
        try Seduta_Wire_V1_Call(3, .appointmentsBook, practice.booking(at: start + 2 * hourMs)),
        try Seduta_Wire_V1_Call(
          4, .directoryUpdatePolicy,
          Seduta_V1_DirectoryUpdatePolicyRequest.with { $0.policy.minimumNoticeMinutes = 10_000 }),
        try Seduta_Wire_V1_Call(5, .appointmentsBook, practice.booking(at: start + dayMs)),
      ]
      try await server.holdingUpStore { try await connection.send(calls) }
      let replies = await connection.replies(calls.count)
      #expect(replies.filter(\.hasStatus).map(\.callID) == [3, 5])
      let added = try Seduta_V1_DirectoryAddScheduleExceptionsResponse(
        serializedBytes: replies[1].message)
      #expect(added.affectedAppointments.map(\.id) == [early.appointmentID])
      #expect(
        replies[2].status.conflicts.kinds == [.outsideLocationHours, .outsideSchedule])
      #expect(replies[4].status.conflicts.kinds == [.underNotice])
    }
  }

  @Test("a partner's policy reaches all who have none of their own, new ones too")  // S-2
  func partnerPolicy() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practices = (1...5).map { Practice($0) }
      try await Practice.open(Array(practices.prefix(4)), by: client)
      var own = practices[3].therapist
      own.policy.minimumNoticeMinutes = -1
      _ = try await client.directory.updateTherapist(
        .with {
          $0.therapist = own
          $0.updateMask.paths = ["policy"]
        })
      let changed = try await client.directory.updatePolicy(
        .with { $0.policy.minimumNoticeMinutes = 44_640 })
      #expect(changed.version == 1)
      try await practices[4].open(by: client)
      let got = try await client.directory.getPolicy(Seduta_V1_DirectoryGetPolicyRequest())
      #expect(got.policy == changed.policy && got.version == 1)
      let day = house.clock.nowMs + dayMs
      for (number, practice) in practices.enumerated() {
        let found = try await client.slots.search(
          practice.search(untilMs: day + hourMs, fromMs: day))
        #expect(found.allStartsMs.isEmpty == (number != 3), "\(practice.number)")
      }
      await client.close()
    }
  }

  @Test("public holidays are read without the store, at once")  // S-8
  func publicHolidays() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let listed = try await server.holdingUpStore {
        try await client.directory.listPublicHolidays(
          .with {
            $0.calendar = "IT"
            $0.firstDate = "2027-12-25"
            $0.lastDate = "2027-12-26"
          })
      }
      #expect(listed.holidays.map(\.date) == ["2027-12-25", "2027-12-26"])
      await client.close()
    }
  }
}
