internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// The bulk lookup is what searches of each therapist find (S-11).
@Suite(.timeLimit(.minutes(1)))
struct LookupTests {
  private struct World {
    let client: SedutaClient
    let practices: [Practice]
    let nowMs: Int64
  }

  /// Therapists in several zones, some booked, one who never works.
  private func withWorld(_ body: (World) async throws -> Void) async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let zones = ["Europe/Rome", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC"]
      var practices = (1...12).map { number in
        var practice = Practice(number)
        practice.zoneName = zones[number % zones.count]
        practice.weekdays = number % 3 == 0 ? [6, 7] : [1, 2, 3, 4, 5]
        practice.opensMinute = Int32(480 + 30 * number)
        practice.closesMinute = 1_200
        if number % 2 == 0 { practice.roomCount = 1 }
        return practice
      }
      practices[4].weekdays = []
      try await Practice.open(practices, by: client)
      let nowMs = house.clock.nowMs
      for practice in practices where practice.number % 4 == 1 {
        for _ in 0..<30 {
          let found = try await client.slots.search(practice.search(untilMs: nowMs + 20 * dayMs))
          guard let start = found.allStartsMs.first else { break }
          _ = try await client.appointments.book(practice.booking(at: start))
        }
      }
      try await body(World(client: client, practices: practices, nowMs: nowMs))
      await client.close()
    }
  }

  private func request(
    _ kind: Seduta_V1_BatchLookupKind, of practices: [Practice], untilMs: Int64
  ) -> Seduta_V1_SlotsBatchLookupRequest {
    .with {
      $0.therapistIds = practices.map(\.therapistID)
      $0.kind = kind
      $0.untilMs = untilMs
    }
  }

  @Test("the first free start of each, in the order of the request", arguments: [1, 9] as [Int64])
  func firstFree(_ days: Int64) async throws {  // S-11
    try await withWorld { world in
      let practices = Array(world.practices.reversed())
      let untilMs = world.nowMs + days * dayMs
      let found = try await world.client.slots.batchLookup(
        request(.firstFree, of: practices, untilMs: untilMs))
      #expect(found.startMs.count == practices.count && found.groupIndex.count == practices.count)
      #expect(found.days.isEmpty)
      for (practice, (start, index)) in zip(practices, zip(found.startMs, found.groupIndex)) {
        let searched = try await world.client.slots.search(practice.search(untilMs: untilMs))
        #expect(start == searched.allStartsMs.first ?? 0)
        guard start != 0 else { continue }
        var group = try #require(searched.groups.first)
        group.startMs = []
        #expect(found.groups[Int(index)] == group)
      }
      #expect(found.startMs.contains(0))
      #expect(Set(found.groups.map(\.therapistID)).count == found.groups.count)
    }
  }

  @Test("each day as a search finds it: how many starts, and whether it is open")  // S-11
  func days() async throws {
    try await withWorld { world in
      let untilMs = world.nowMs + 20 * dayMs
      let found = try await world.client.slots.batchLookup(
        request(.days, of: world.practices, untilMs: untilMs))
      #expect(found.days.map(\.therapistID) == world.practices.map(\.therapistID))
      #expect(found.groups.isEmpty && found.startMs.isEmpty && found.groupIndex.isEmpty)
      var seen: Set<Seduta_V1_DayAvailability> = []
      for (practice, days) in zip(world.practices, found.days) {
        let searched = try await world.client.slots.search(practice.search(untilMs: untilMs))
        #expect(days.timeZone == practice.zoneName)
        #expect(days.freeStarts.reduce(0, +) == searched.allStartsMs.count)
        #expect(days.availability.count == days.freeStarts.count)
        #expect((20...22).contains(days.availability.count))
        for (availability, count) in zip(days.availability, days.freeStarts) {
          #expect((availability == .free) == (count > 0))
        }
        seen.formUnion(days.availability)
      }
      #expect(seen == [.closed, .busy, .free])
      #expect(Set(found.days[4].availability) == [.closed])
    }
  }

  @Test("a hold that lapses gives the first free start back")  // S-11 S-12
  func holds() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let lookup = request(.firstFree, of: [practice], untilMs: house.clock.nowMs + dayMs)
      let first = try await client.slots.batchLookup(lookup).startMs[0]
      let hold = try await client.holds.take(practice.hold(at: first)).hold
      #expect(try await client.slots.batchLookup(lookup).startMs == [first + hourMs])
      house.clock.set(hold.expireMs)
      #expect(try await client.slots.batchLookup(lookup).startMs == [first + 30 * minuteMs])
      await client.close()
    }
  }

  @Test("a day begins where the therapist is, though the lookup begins in its last minute")
  func lastMinute() async throws {  // S-11
    let house = try House(now: "2027-03-01T22:59:30Z")
    try await house.serve { server in
      let client = try await server.client()
      var practice = Practice()
      practice.opensMinute = 0
      practice.closesMinute = 60
      try await practice.open(by: client)
      let lookup = request(.days, of: [practice], untilMs: house.clock.nowMs + dayMs)
      let days = try await client.slots.batchLookup(lookup).days[0]
      #expect(days.firstDate == "2027-03-01")
      #expect(days.availability == [.busy, .free])
      #expect(days.freeStarts == [0, 1])
      await client.close()
    }
  }
}
