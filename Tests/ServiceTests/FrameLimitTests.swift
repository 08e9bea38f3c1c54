internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// No answer is longer than a frame of the protocol may be: 4 MiB.
@Suite(.timeLimit(.minutes(1)))
struct FrameLimitTests {
  @Test("a request with very many wrong entries is refused in a frame that fits")
  func manyFaults() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      var update = Seduta_V1_DirectoryUpdateScheduleRequest()
      update.updateMask.paths = Array(repeating: "x", count: 100_000)
      let masked = try await #require(throws: CallError.self) {
        try await client.directory.updateSchedule(update)
      }
      #expect(masked.status.code == .invalidArgument)
      var list = Seduta_V1_AppointmentsListRequest()
      list.states = Array(repeating: .UNRECOGNIZED(99), count: 100_000)
      let listed = try await #require(throws: CallError.self) {
        try await client.appointments.list(list)
      }
      #expect(listed.status.code == .invalidArgument)
      await client.close()
    }
  }

  @Test("a filter that repeats itself is no failure of the store")
  func manyStates() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      var list = Seduta_V1_AppointmentsListRequest()
      list.states = Array(repeating: .scheduled, count: 300_000)
      do {
        let found = try await client.appointments.list(list)
        #expect(found.appointments == [])
      } catch let refused as CallError {
        #expect(refused.status.code == .invalidArgument)
      }
      await client.close()
    }
  }

  @Test("a page of long resources is cut so that it fits; pages put together are the whole")
  func longPage() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      // Some 25 KB each: 50 entries of 64 characters, most of 4 bytes, twice.
      let therapists = (1...200).map { number in
        var therapist = Practice(number).therapist
        therapist.locationIds = []
        therapist.specialities = (10..<60).map { "\($0)" + String(repeating: "🙂", count: 62) }
        therapist.insurers = therapist.specialities
        return therapist
      }
      for part in [therapists[..<100], therapists[100...]] {
        _ = try await client.directory.import(.with { $0.therapists = Array(part) })
      }
      var found: [String] = []
      var request = Seduta_V1_DirectoryListTherapistsRequest()
      request.pageSize = 1_000
      repeat {
        let page = try await client.directory.listTherapists(request)
        found += page.therapists.map(\.id)
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      #expect(found == therapists.map(\.id))
      await client.close()
    }
  }
}
