internal import Availability
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Streams over the wire: how they begin, go on and end.
@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
  private static func subscribing(
    _ id: UInt64, after position: Int64 = 0
  ) throws -> Seduta_Wire_V1_Call {
    try Seduta_Wire_V1_Call(
      id, .eventsSubscribe, Seduta_V1_EventsSubscribeRequest.with { $0.afterPosition = position })
  }

  private static func told(
    _ reply: Seduta_Wire_V1_Reply?
  ) throws -> Seduta_V1_EventsSubscribeResponse {
    let reply = try #require(reply)
    #expect(reply.more)
    #expect(!reply.hasStatus)
    return try Seduta_V1_EventsSubscribeResponse(serializedBytes: reply.message)
  }

  @Test("who hears nothing for a while is told the position: the stream lives")
  func heartbeat() async throws {  // E-1
    let house = try House()
    var limits = ServerLimits()
    limits.streamQuietMs = 50
    try await house.serve(limits: limits) { server in
      let connection = try await server.raw()
      try await connection.send([try StreamTests.subscribing(1)])
      for _ in 0..<4 {
        let told = try StreamTests.told(await connection.replies(1).first)
        #expect(told.events.isEmpty)
        #expect(told.position == 0)
      }
    }
  }

  @Test("who takes nothing for too long is cut, and goes on from what they saw without a gap")
  func stalled() async throws {  // E-1
    let house = try House()
    var limits = ServerLimits()
    limits.streamStallMs = 300
    try await house.serve(limits: limits) { server in
      let client = try await server.client()
      var practice = Practice()
      practice.roomCount = 100
      try await practice.open(by: client)
      // More than sockets hold for a client who does not read.
      for _ in 0..<200 {
        _ = try await client.directory.updateLocation(.with { $0.location = practice.location })
      }
      let last = try await StreamTests.lastPosition(by: client)
      let connection = try await server.raw()
      try await connection.stopReading()
      let streams = 30
      try await connection.send((1...UInt64(streams)).map { try StreamTests.subscribing($0) })
      try await Task.sleep(for: .milliseconds(1_500))
      try await connection.startReading()
      var seen: [UInt64: Int64] = [:]
      for frame in await connection.rest() {
        let told = try StreamTests.told(frame.reply)
        for event in told.events {
          #expect(event.position == seen[frame.reply.callID, default: 0] + 1)
          seen[frame.reply.callID] = event.position
        }
      }
      // It was cut: not all of them had come to the end.
      #expect(seen.values.contains { $0 < last } || seen.count < streams)
      let again = try await server.raw()
      let position = seen[1, default: 0]
      try await again.send([try StreamTests.subscribing(1, after: position)])
      var next = position
      while next < last {
        for event in try StreamTests.told(await again.replies(1).first).events {
          #expect(event.position == next + 1)
          next = event.position
        }
      }
      await client.close()
    }
  }

  private static func lastPosition(by client: SedutaClient) async throws -> Int64 {
    var position: Int64 = 0
    while true {
      let page = try await client.events.list(
        .with {
          $0.afterPosition = position
          $0.pageSize = 1_000
        })
      position = page.position
      if !page.more { return position }
    }
  }

  @Test("who hangs up makes room for another stream: nothing is left of them")
  func hangingUp() async throws {  // E-1
    let house = try House()
    var limits = ServerLimits()
    limits.streamsMax = 1
    try await house.serve(limits: limits) { server in
      for _ in 0..<20 {
        let connection = try await server.raw()
        try await StreamTests.subscribe(by: connection)
        try await connection.close()
      }
    }
  }

  /// Tries until there is room: the server learns of the end of the one before when it does.
  private static func subscribe(by connection: RawConnection) async throws {
    for id in 1...4_000 as ClosedRange<UInt64> {
      try await connection.send([try StreamTests.subscribing(id)])
      let reply = try #require(await connection.replies(1).first)
      guard reply.hasStatus else { return }
      #expect(reply.status.errorInfo.reason == "TOO_MANY_STREAMS")
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("there was no room for a stream")
  }

  @Test("who is hung up on makes room for another stream at once, closed or not")
  func hungUp() async throws {  // E-1
    let house = try House()
    var limits = ServerLimits()
    limits.streamsMax = 1
    // Longer than is tried.
    limits.lingerMs = 55_000
    try await house.serve(limits: limits) { server in
      let rude = try await server.raw(closesBack: false)
      try await StreamTests.subscribe(by: rude)
      try await rude.send([.with { $0.hello = .init() }])
      try await StreamTests.subscribe(by: try await server.raw())
      try await rude.close()
    }
  }

  @Test("who watches amid changes that do not concern them is told that the stream lives")
  func heartbeatAmidChanges() async throws {  // E-1
    let house = try House()
    var limits = ServerLimits()
    limits.streamQuietMs = 300
    try await house.serve(limits: limits) { server in
      let client = try await server.client()
      let (quiet, busy) = (Practice(1), Practice(2))
      try await Practice.open([quiet, busy], by: client)
      let start = house.clock.nowMs + dayMs
      let watch = Seduta_V1_SlotsWatchRequest.with {
        $0.untilMs = start + dayMs
        $0.filter.therapistIds = [quiet.therapistID]
      }
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
          while !Task.isCancelled {
            let booked = try await client.appointments.book(busy.booking(at: start)).appointment
            _ = try await client.appointments.cancel(.with { $0.appointmentID = booked.id })
          }
        }
        let connection = try await server.raw()
        try await connection.send([try Seduta_Wire_V1_Call(1, .slotsWatch, watch)])
        for isFirst in [true, false, false, false] {
          let reply = try #require(await connection.replies(1).first)
          #expect(reply.more)
          let told = try Seduta_V1_SlotsWatchResponse(serializedBytes: reply.message)
          #expect(told.hasFound == isFirst)
        }
        tasks.cancelAll()
        // A call that was cancelled says so.
        _ = await tasks.nextResult()
      }
      await client.close()
    }
  }

  @Test("when the client goes, its streams end; when the server goes, they say where to go on")
  func leaving() async throws {  // E-1
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      try await Practice().open(by: client)
      let (leaver, other) = (try await server.raw(), try await server.raw())
      for connection in [leaver, other] {
        try await connection.send([try StreamTests.subscribing(1)])
        #expect(try StreamTests.told(await connection.replies(1).first).position > 0)
      }
      try await leaver.endInput()
      let ended = try #require(await leaver.replies(1).first)
      #expect(ended.status.code == .cancelled)
      #expect(!ended.more)
      #expect(await leaver.rest().isEmpty)
      await client.close()
      await server.stop()
      let drained = try #require(await other.replies(1).first)
      #expect(drained.status.errorInfo.reason == "DRAINING")
      #expect(drained.status.errorInfo.metadata["position"].flatMap { Int64($0) } ?? 0 > 0)
      #expect(!drained.more)
    }
  }

  @Test("a call's id is taken while its stream lasts")
  func repeatedID() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      try await connection.send([try StreamTests.subscribing(1), try StreamTests.subscribing(1)])
      let reasons = await connection.rest().map {
        $0.reply.status.errorInfo.reason + $0.goaway.status.errorInfo.reason
      }
      #expect(reasons.contains("CALL_ID_REUSED"))
    }
  }

  @Test("the client goes on from where it was, over a server that came back, and misses nothing")
  func resumed() async throws {  // E-1
    let house = try House()
    let practice = Practice()
    let seen = Seen()
    let port = try await house.serve { server in
      let client = try await server.client()
      try await practice.open(by: client)
      for try await told in client.events() {
        seen.note(told)
        if seen.positions.count >= 4 { break }
      }
      for try await told in client.events(after: seen.position, kinds: ["NOTHING"]) {
        #expect(told.events.isEmpty)
        break
      }
      await client.close()
      return server.port
    }
    #expect(port > 0)
    try await house.serve { server in
      let client = try await server.client()
      _ = try await client.appointments.book(practice.booking(at: house.clock.nowMs + dayMs))
      let last = try await StreamTests.lastPosition(by: client)
      for try await told in client.events(after: seen.position) {
        seen.note(told)
        if seen.position == last { break }
      }
      #expect(seen.positions == Array(1...last))
      await client.close()
    }
  }
}

/// What a test's stream has told.
private final class Seen {
  private(set) var positions: [Int64] = []
  private(set) var position: Int64 = 0

  func note(_ told: Seduta_V1_EventsSubscribeResponse) {
    positions += told.events.map(\.position)
    position = told.position
  }
}
