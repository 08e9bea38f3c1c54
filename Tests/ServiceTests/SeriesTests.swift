internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What a search for series lists, a dry run and the booking are one answer (S-5, B-8).
@Suite(.timeLimit(.minutes(3)))
struct SeriesTests {
  private static let rounds = 40

  @Test("random calendars: what is listed is booked, just with the misses that were told")
  func oneAnswer() async throws {  // B-8 S-5 S-9 S-2
    var sum = Tally()
    for seed: UInt64 in [8, 9, 10, 11] {
      let tally = try await oneAnswer(seed: seed)
      sum.booked += tally.booked
      sum.missed += tally.missed
      sum.gaps += tally.gaps
    }
    #expect(sum.booked > 80 && sum.missed > 20 && sum.gaps > 2, "\(sum)")
  }

  private struct Tally {
    var (booked, missed, gaps) = (0, 0, 0)
  }

  private func oneAnswer(seed: UInt64) async throws -> Tally {
    // Summer time begins on Sunday the 28th.
    let house = try House(now: "2027-03-20T11:29:59Z")
    return try await house.serve { server in
      let client = try await server.client()
      var dice = Dice(seed: seed)
      let practices = (1...2).map { number in
        var practice = Practice(number)
        (practice.opensMinute, practice.closesMinute) = (90, 210)
        practice.roomCount = 1
        practice.officeNumber = 1
        practice.bufferMinutes = [0, 30][number - 1]
        return practice
      }
      try await Practice.open(practices, by: client)
      _ = try await client.directory.updatePolicy(.with { $0.policy.dailyCap = 2 })
      let who = try await client.clients.register(.with { $0.client = Practice.person() }).client.id
      var tally = Tally()
      for _ in 0..<SeriesTests.rounds {
        let practice = practices.randomElement(using: &dice)!
        let rule = [
          "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;COUNT=5", "FREQ=WEEKLY;COUNT=3;INTERVAL=2",
          "FREQ=MONTHLY;COUNT=3",
        ].randomElement(using: &dice)!
        let found = try await client.series.search(
          .with {
            $0.therapistID = practice.therapistID
            $0.serviceID = practice.serviceID
            $0.clientID = who
            $0.rule = rule
            $0.missesMax = Int32.random(in: 0...2, using: &dice)
            $0.untilMs = house.clock.nowMs + 10 * dayMs
            $0.pageSize = 200
          })
        guard let candidate = found.candidates.randomElement(using: &dice) else { continue }
        var request = Seduta_V1_SeriesCreateRequest()
        request.therapistID = practice.therapistID
        request.serviceID = practice.serviceID
        request.locationID = candidate.locationID
        request.clientID = who
        request.localStart = candidate.localStart
        request.rule = rule
        request.conflictMode = .skip
        request.validateOnly = true
        let tried = try await client.series.create(request)
        request.validateOnly = false
        let made = try await client.series.create(request)
        #expect(tried.occurrences.map(\.told) == made.occurrences.map(\.told))
        #expect(made.occurrences[0].startMs == candidate.startMs)
        #expect(
          made.occurrences.filter { $0.omission == .conflict }.map(\.startMs)
            == candidate.missedStartMs)
        #expect(made.occurrences.count(where: \.bookable) == Int(candidate.free))
        tally.booked += 1
        tally.missed += candidate.missedStartMs.count
        tally.gaps += made.occurrences.count { $0.omission == .gap }
      }
      await client.close()
      return tally
    }
  }

  @Test("a series that moves by its own step passes itself, in the store and in the index")
  func chain() async throws {  // B-9
    let house = try House()
    var practice = Practice()
    practice.roomCount = 1
    let practiceOpen = practice
    let startMs = house.clock.nowMs + 4 * hourMs
    try await house.serve { server in
      let client = try await server.client()
      try await practiceOpen.open(by: client)
      let who = try await client.clients.register(.with { $0.client = Practice.person() }).client.id
      let made = try await client.series.create(
        .with {
          $0.therapistID = practiceOpen.therapistID
          $0.serviceID = practiceOpen.serviceID
          $0.locationID = practiceOpen.locationID
          $0.clientID = who
          $0.localStart = "2027-03-01T11:00"
          $0.rule = "FREQ=DAILY;COUNT=20"
        })
      #expect(made.occurrences[0].startMs == startMs)
      let first = made.occurrences[0].appointment.id
      for (day, offset) in [("02", Int64(1)), ("03", 2), ("02", 1)] {
        let moved = try await client.series.reschedule(
          .with {
            $0.appointmentID = first
            $0.scope = .all
            $0.localStart = "2027-03-\(day)T11:00"
          })
        #expect(
          moved.occurrences.map(\.startMs)
            == (0..<20).map { startMs + (Int64($0) + offset) * dayMs })
      }
      await client.close()
    }
    // The index is made anew: the store has what it had.
    try await house.serve { server in
      let client = try await server.client()
      let free = try await client.slots.search(
        practiceOpen.search(untilMs: startMs + 25 * dayMs, fromMs: startMs))
      let starts = free.groups.flatMap(\.startMs)
      #expect(starts.contains(startMs))
      for day in 1...20 { #expect(!starts.contains(startMs + Int64(day) * dayMs)) }
      #expect(starts.contains(startMs + 21 * dayMs))
      await client.close()
    }
  }
}

extension Seduta_V1_OccurrenceReport {
  /// What a dry run can tell as well: not the appointment, which is another each time.
  fileprivate var told: Seduta_V1_OccurrenceReport {
    var told = self
    told.clearAppointment()
    return told
  }
}
