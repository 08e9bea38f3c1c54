internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// A server that stops, and another one on the same database.
@Suite(.timeLimit(.minutes(1)))
struct RestartTests {
  @Test("searches and checks give the same after a restart: the index comes back whole")  // S-1
  func indexIsRebuilt() async throws {
    let house = try House()
    let practices = (1...6).map { number in
      var practice = Practice(number)
      practice.zoneName = ["Europe/Rome", "America/Sao_Paulo", "Australia/Lord_Howe"][number % 3]
      practice.weekdays = [1, 2, 3, 4, 5]
      practice.opensMinute = 540
      practice.closesMinute = Int32(900 + 60 * number)
      if number > 2 {
        practice.roomCount = 2
        practice.officeNumber = 3
      }
      return practice
    }
    let now = house.clock.nowMs
    let before = try await house.serve { server in
      let client = try await server.client()
      try await Practice.open(practices, by: client)
      try await book(practices, from: now, by: client)
      return try await answers(about: practices, from: now, by: client)
    }
    let after = try await house.serve { server in
      try await answers(about: practices, from: now, by: try await server.client())
    }
    #expect(before.searches == after.searches)
    #expect(before.checks == after.checks)
    #expect(before.searches.contains { !$0.nextPageToken.isEmpty })
    #expect(before.checks.contains { $0.bookable })
    for kind in [Seduta_Wire_V1_DiscrepancyKind.therapistBusy, .roomBusy] {
      #expect(before.checks.contains { $0.conflicts.kinds.contains(kind) }, "\(kind)")
    }
  }

  /// Books the first slots of all, many times, and cancels every third.
  private func book(
    _ practices: [Practice], from now: Int64, by client: SedutaClient
  ) async throws {
    for index in 0..<60 {
      let practice = practices[index % practices.count]
      let found = try await client.slots.search(
        practice.search(untilMs: now + 20 * dayMs, fromMs: now + Int64(index % 7) * dayMs))
      let start = try #require(found.allStartsMs.first)
      let booked = try await client.appointments.book(practice.booking(at: start)).appointment
      if index % 3 == 0 {
        _ = try await client.appointments.cancel(.with { $0.appointmentID = booked.id })
      }
    }
  }

  private func answers(
    about practices: [Practice], from now: Int64, by client: SedutaClient
  ) async throws -> (
    searches: [Seduta_V1_SlotsSearchResponse], checks: [Seduta_V1_SlotsCheckResponse]
  ) {
    var searches: [Seduta_V1_SlotsSearchResponse] = []
    var checks: [Seduta_V1_SlotsCheckResponse] = []
    for practice in practices {
      searches.append(
        try await client.slots.search(practice.search(untilMs: now + 200 * dayMs)))
      for half in 0..<300 {
        checks.append(
          try await client.slots.check(
            practice.check(at: now + Int64(half) * 30 * minuteMs)))
      }
    }
    var across = Seduta_V1_SlotsSearchRequest()
    across.untilMs = now + 30 * dayMs
    across.pageSize = 50
    for _ in 0..<5 {
      let page = try await client.slots.search(across)
      searches.append(page)
      across.pageToken = page.nextPageToken
    }
    await client.close()
    return (searches, checks)
  }

  @Test("a key gets its first answer again after a restart, a refusal too, whatever is free now")
  func replay() async throws {  // B-13
    let house = try House()
    let practice = Practice()
    let start = house.clock.nowMs + dayMs
    let booking = practice.booking(at: start)
    let (booked, refused) = try await house.serve { server in
      let client = try await server.client()
      try await practice.open(by: client)
      let booked = try await client.appointments.book(
        booking, CallOptions(idempotencyKey: "booked"))
      let refused = try await #require(throws: CallError.self) {
        try await client.appointments.book(booking, CallOptions(idempotencyKey: "refused"))
      }
      _ = try await client.appointments.cancel(.with { $0.appointmentID = booked.appointment.id })
      await client.close()
      return (booked, refused)
    }
    try await house.serve { server in
      let client = try await server.client()
      let again = try await client.appointments.book(
        booking, CallOptions(idempotencyKey: "booked"))
      #expect(again == booked)
      let refusedAgain = try await #require(throws: CallError.self) {
        try await client.appointments.book(booking, CallOptions(idempotencyKey: "refused"))
      }
      #expect(refusedAgain.status == refused.status)
      let other = try await #require(throws: CallError.self) {
        try await client.appointments.book(
          practice.booking(at: start + hourMs), CallOptions(idempotencyKey: "booked"))
      }
      #expect(other.status.errorInfo.reason == "IDEMPOTENCY_KEY_REUSED")
      // A key is no claim: the slot was freed, and stays free for a new one.
      let fresh = try await client.appointments.book(booking).appointment
      #expect(fresh.id != booked.appointment.id)
      await client.close()
    }
  }
}
