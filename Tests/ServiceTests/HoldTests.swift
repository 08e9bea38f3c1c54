internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Holds over the wire, with a clock that stands where the test has put it (S-12).
@Suite(.timeLimit(.minutes(1)))
struct HoldTests {
  @Test("a hold takes its slot until its deadline, and at it the slot is free again")  // S-12
  func lapses() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + dayMs
      let hold = try await client.holds.take(practice.hold(at: start)).hold
      #expect(hold.expireMs == house.clock.nowMs + 10 * minuteMs)
      #expect(hold.expireTimeMax == .init(ms: house.clock.nowMs + 60 * minuteMs))

      house.clock.set(hold.expireMs - 1)
      let checked = try await client.slots.check(practice.check(at: start))
      #expect(checked.conflicts.kinds == [.therapistBusy])
      let collision = try #require(checked.conflicts.discrepancies[0].collisions.first)
      #expect(collision.holdID == hold.id && collision.appointmentID.isEmpty)
      #expect(collision.holdExpireMs == hold.expireMs)
      let held = try await client.slots.search(practice.search(untilMs: start + 1, fromMs: start))
      #expect(held.allStartsMs == [])
      let refused = try await #require(throws: CallError.self) {
        try await client.appointments.book(practice.booking(at: start))
      }
      #expect(refused.status.code == .alreadyExists)
      #expect(refused.status.conflicts.discrepancies == checked.conflicts.discrepancies)
      #expect(try await client.holds.get(.with { $0.holdID = hold.id }).hold == hold)

      // Nothing has cleaned up.
      house.clock.set(hold.expireMs)
      let free = try await client.slots.search(practice.search(untilMs: start + 1, fromMs: start))
      #expect(free.allStartsMs == [start])
      #expect(try await client.slots.check(practice.check(at: start)).bookable)
      let gone = try await #require(throws: CallError.self) {
        try await client.holds.get(.with { $0.holdID = hold.id })
      }
      #expect(gone.status.code == .notFound)
      let booked = try await client.appointments.book(practice.booking(at: start)).appointment
      #expect(booked.startTime == .init(ms: start))
      let late = try await #require(throws: CallError.self) {
        try await client.holds.renew(.with { $0.holdID = hold.id })
      }
      #expect(late.status.errorInfo.reason == "HOLD_LAPSED")
      _ = try await client.holds.release(.with { $0.holdID = hold.id })
      await client.close()
    }
  }

  @Test("holds outlive a restart with their deadlines, lapsed ones too")  // S-12
  func restart() async throws {
    let house = try House()
    var practice = Practice()
    practice.roomCount = 2
    let now = house.clock.nowMs
    let (early, late) = (now + dayMs, now + dayMs + hourMs)
    let (first, second) = try await house.serve { server in
      let client = try await server.client()
      try await practice.open(by: client)
      let first = try await client.holds.take(practice.hold(at: early)).hold
      house.clock.set(now + 5 * minuteMs)
      let second = try await client.holds.take(practice.hold(at: late)).hold
      await client.close()
      return (first, second)
    }
    // The first lapses while no server runs.
    house.clock.set(first.expireMs)
    try await house.serve { server in
      let client = try await server.client()
      #expect(try await client.slots.check(practice.check(at: early)).bookable)
      let checked = try await client.slots.check(practice.check(at: late))
      #expect(checked.conflicts.discrepancies.first?.collisions.first?.holdID == second.id)
      _ = try await client.appointments.book(practice.booking(at: early))
      let renewed = try await client.holds.renew(.with { $0.holdID = second.id }).hold
      #expect(renewed.expireMs == house.clock.nowMs + 10 * minuteMs)
      var booking = practice.booking(at: late)
      booking.holdID = second.id
      booking.roomID = practice.roomID(1)
      let booked = try await client.appointments.book(booking).appointment
      #expect(booked.roomID == practice.roomID(1))
      await client.close()
    }
    try await house.serve { server in
      let client = try await server.client()
      for start in [early, late] {
        let checked = try await client.slots.check(practice.check(at: start))
        let collision = try #require(checked.conflicts.discrepancies.first?.collisions.first)
        #expect(collision.holdID.isEmpty && !collision.appointmentID.isEmpty)
      }
      await client.close()
    }
  }

  @Test("what has lapsed is cleared away in time, and its slot can be held again and again")
  func tidy() async throws {  // S-12
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + 10 * dayMs
      for _ in 0..<5 {
        let hold = try await client.holds.take(practice.hold(at: start)).hold
        _ = try await client.holds.take(practice.hold(at: start + hourMs))
        // Longer than what is lapsed may lie about.
        house.clock.set(hold.expireMs + 2 * hourMs)
        _ = try await client.clients.register(.with { $0.client = Practice.person() })
        #expect(try await client.slots.check(practice.check(at: start + hourMs)).bookable)
      }
      await client.close()
    }
  }

  @Test("of a hold that is gone a check says what the booking says")  // S-5 S-12
  func goneHolds() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let (practice, other) = (Practice(1), Practice(2))
      try await Practice.open([practice, other], by: client)
      let start = house.clock.nowMs + dayMs
      let person = try await client.clients.register(.with { $0.client = Practice.person() }).client
      func take(
        _ practice: Practice, _ index: Int64, for client: String = ""
      ) -> Seduta_V1_HoldsTakeRequest {
        var request = practice.hold(at: start + index * hourMs)
        request.clientID = client
        return request
      }
      let lapsed = try await client.holds.take(take(practice, 0)).hold
      house.clock.set(lapsed.expireMs)
      let released = try await client.holds.take(take(practice, 1)).hold
      _ = try await client.holds.release(.with { $0.holdID = released.id })
      let elsewhere = try await client.holds.take(take(other, 2)).hold
      let anothers = try await client.holds.take(take(practice, 3, for: person.id)).hold
      let live = try await client.holds.take(take(practice, 4)).hold
      var reasons: [String] = []
      for id in [lapsed.id, released.id, elsewhere.id, anothers.id, live.id] {
        var check = practice.check(at: start + 5 * hourMs)
        check.holdID = id
        var booking = practice.booking(at: start + 5 * hourMs)
        booking.holdID = id
        booking.validateOnly = true
        let stranger = CallOptions(actor: .client(""))
        let checked = await status { _ = try await client.slots.check(check, stranger) }
        let tried = await status { _ = try await client.appointments.book(booking, stranger) }
        #expect(checked == tried)
        reasons.append(checked.errorInfo.reason)
      }
      #expect(reasons == ["HOLD_LAPSED", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", ""])
      await client.close()
    }
  }

  /// Empty where the call went well.
  private func status(_ call: () async throws -> Void) async -> Seduta_Wire_V1_Status {
    do {
      try await call()
    } catch let refused as CallError {
      return refused.status
    } catch {
      Issue.record(error)
    }
    return Seduta_Wire_V1_Status()
  }
}
