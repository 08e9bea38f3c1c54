internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Much at once: every call is answered once, however the bytes flow.
@Suite(.timeLimit(.minutes(2)))
struct FlowTests {
  @Test("four connections search, 64 calls at a time, while bookings run: one reply for each")
  func searchesWhileBooking() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practices = (1...8).map { Practice($0) }
      try await Practice.open(practices, by: client)
      let now = house.clock.nowMs
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for index in 0..<4 {
          let connection = try await server.raw()
          tasks.addTask {
            for round in 0..<10 {
              let ids = (1...64).map { UInt64(round * 64 + $0) }
              try await connection.send(
                try ids.map { id in
                  let practice = practices[(Int(id) + index) % practices.count]
                  return try Seduta_Wire_V1_Call(
                    id, .slotsSearch, practice.search(untilMs: now + 3 * dayMs))
                })
              let replies = await connection.replies(64)
              #expect(replies.map(\.callID).sorted() == ids)
              #expect(replies.allSatisfy { !$0.hasStatus })
            }
          }
        }
        tasks.addTask {
          for index in 0..<100 {
            let practice = practices[index % practices.count]
            let start = now + dayMs + Int64(index / practices.count) * hourMs
            _ = try await client.appointments.book(practice.booking(at: start))
          }
        }
        try await tasks.waitForAll()
      }
      let all = try await client.appointments.list(.with { $0.pageSize = 1_000 })
      #expect(all.appointments.count == 100)
      await client.close()
    }
  }

  @Test(
    "far more than a write buffer holds comes whole, each reply once",
    arguments: [
      4_096, 65_536, ServerLimits().writeBufferBytesMax,
    ])
  func largeReplies(_ writeBufferBytesMax: Int) async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.writeBufferBytesMax = writeBufferBytesMax
    try await house.serve(limits: limits) { server in
      let connection = try await server.raw()
      let calls = try await searches(800, of: house, by: server)
      try await connection.send(calls)
      #expect(await connection.replies(calls.count).map(\.callID) == calls.map(\.callID))
      try await connection.ping()
    }
  }

  @Test("a client that reads late gets everything, and bookings on others go on meanwhile")
  func lateReader() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let calls = try await searches(1_500, of: house, by: server)
      try await connection.stopReading()
      try await connection.send(calls)
      let client = try await server.client()
      for hour in 0..<20 {
        _ = try await client.appointments.book(
          Practice().booking(at: house.clock.nowMs + dayMs + Int64(hour) * hourMs))
      }
      try await connection.startReading()
      #expect(await connection.replies(calls.count).map(\.callID) == calls.map(\.callID))
      await client.close()
    }
  }

  @Test("a client that ends its input is answered all that it asked, over the limit of calls too")
  func endedInputOverLimit() async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.callsInFlightMax = 4
    try await house.serve(limits: limits) { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let connection = try await server.raw()
      try await connection.send(
        try (1...40).map {
          try Seduta_Wire_V1_Call(
            UInt64($0), .appointmentsBook,
            practice.booking(at: house.clock.nowMs + dayMs + Int64($0) * hourMs))
        })
      try await connection.endInput()
      let frames = await connection.rest()
      #expect(frames.map(\.reply.callID).sorted() == Array(1...40))
      #expect(frames.allSatisfy { !$0.reply.hasStatus })
      await client.close()
    }
  }

  @Test("a client that ends its input and reads late is answered all that it asked")
  func endedInputLateReader() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let calls = try await searches(1_500, of: house, by: server)
      try await connection.stopReading()
      try await connection.send(calls)
      try await connection.endInput()
      try await Task.sleep(for: .milliseconds(500))
      try await connection.startReading()
      let frames = await connection.rest()
      #expect(frames.map(\.reply.callID) == calls.map(\.callID))
    }
  }

  @Test("replies that the store made wait for a client that ended its input and reads late")
  func endedInputStoreReplies() async throws {
    let house = try House()
    var limits = ServerLimits()
    // It counts from closing on, and this client takes its time.
    limits.lingerMs = 30_000
    try await house.serve(limits: limits) { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      // Some 20 KB a schedule: far more in all than the system's own buffers take.
      var schedule = practice.schedule
      schedule.windows = (0..<500).map { index in
        var window = schedule.windows[index % 7]
        window.opensMinute = Int32(index)
        window.closesMinute = Int32(index) + 1
        return window
      }
      _ = try await client.directory.updateSchedule(.with { $0.schedule = schedule })
      let request = Seduta_V1_DirectoryGetScheduleRequest.with {
        $0.therapistID = practice.therapistID
      }
      let connection = try await server.raw()
      try await connection.stopReading()
      let calls = try (1...400).map {
        try Seduta_Wire_V1_Call(UInt64($0), .directoryGetSchedule, request)
      }
      try await connection.send(calls)
      try await connection.endInput()
      try await Task.sleep(for: .milliseconds(300))
      // Reads are first come, first served: by then the others are answered, and wait.
      _ = try await client.directory.getSchedule(request)
      try await Task.sleep(for: .milliseconds(200))
      try await connection.startReading()
      let frames = await connection.rest()
      #expect(frames.map(\.reply.callID).sorted() == calls.map(\.callID))
      await client.close()
    }
  }

  /// Calls with replies of some 8 KB each.
  private func searches(
    _ count: Int, of house: House, by server: Serving
  ) async throws -> [Seduta_Wire_V1_Call] {
    let client = try await server.client()
    let practice = Practice()
    try await practice.open(by: client)
    await client.close()
    return try (1...count).map {
      try Seduta_Wire_V1_Call(
        UInt64($0), .slotsSearch, practice.search(untilMs: house.clock.nowMs + 40 * dayMs))
    }
  }
}
