internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// A server that stops while it has work.
@Suite(.timeLimit(.minutes(1)))
struct DrainTests {
  @Test("what is in flight is answered; new calls and connections are turned away")
  func answersWhatItTook() async throws {
    let house = try House()
    let practice = Practice()
    let first = house.clock.nowMs + dayMs
    let booked = try await house.serve { server in
      let client = try await server.client()
      try await practice.open(by: client)
      await client.close()
      let connection = try await server.raw()
      let late = try Seduta_Wire_V1_Call(99, .healthCheck, Seduta_V1_HealthCheckRequest())
      try await server.holdingUpStore {
        try await connection.send(
          try (1...50).map {
            try Seduta_Wire_V1_Call(
              UInt64($0), .appointmentsBook, practice.booking(at: first + Int64($0) * hourMs))
          })
        try await connection.ping()
        await server.stop()
        let goaway = try #require(await connection.next()).goaway
        #expect(goaway.status.code == .unavailable)
        #expect(goaway.lastCallID == 50)
        try await connection.send([late])
        #expect(await connection.replies(1).map(\.status.code) == [.unavailable])
        let refused = try await #require(throws: ConnectionError.self) {
          try await server.client()
        }
        #expect(refused.kind == .unreachable)
      }
      return await connection.rest()
    }
    let replies = booked.map(\.reply)
    #expect(replies.map(\.callID).sorted() == Array(1...50))
    #expect(replies.allSatisfy { !$0.hasStatus })

    try await house.serve { server in
      let client = try await server.client()
      let stands = try await client.appointments.list(.with { $0.pageSize = 100 })
      let answered = try replies.map {
        try Seduta_V1_AppointmentsBookResponse(serializedBytes: $0.message).appointment.id
      }
      #expect(Set(stands.appointments.map(\.id)) == Set(answered))
      await client.close()
    }
  }

  @Test("a call that drains too long is cut off; its key gets the outcome from the next server")
  func cutOff() async throws {  // B-13
    let house = try House()
    let practice = Practice()
    var limits = ServerLimits()
    limits.drainMs = 200
    let call = try Seduta_Wire_V1_Call(
      1, .appointmentsBook, practice.booking(at: house.clock.nowMs + dayMs))
    let frames = try await house.serve(limits: limits) { server in
      let client = try await server.client()
      try await practice.open(by: client)
      await client.close()
      let connection = try await server.raw()
      return try await server.holdingUpStore {
        try await connection.send([call])
        try await connection.ping()
        await server.stop()
        return await connection.rest()
      }
    }
    #expect(frames.map(\.goaway.lastCallID) == [1])
    try await house.serve { server in
      let client = try await server.client()
      let stands = try await client.appointments.list(Seduta_V1_AppointmentsListRequest())
      #expect(stands.appointments.count == 1)
      let connection = try await server.raw()
      try await connection.send([call])
      let reply = try #require(await connection.replies(1).first)
      let again = try Seduta_V1_AppointmentsBookResponse(serializedBytes: reply.message)
      #expect([again.appointment] == stands.appointments)
      await client.close()
    }
  }

  @Test("an idle server stops at once, with connections that say nothing and one half a frame")
  func idle() async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.lingerMs = 200
    // Long enough to be told from a machine that is busy with other tests.
    limits.drainMs = 120_000
    let began = ContinuousClock.now
    let (silent, ready) = try await house.serve(limits: limits) { server in
      let silent = try await RawConnection.connect(port: server.port)
      let ready = try await server.raw()
      try await ready.send(bytes: [0, 0, 1])
      await server.stop()
      return (await silent.rest(), await ready.rest())
    }
    #expect(silent.map(\.goaway.status.code) == [.unavailable])
    #expect(ready.map(\.goaway.status.code) == [.unavailable])
    #expect(ContinuousClock.now - began < .seconds(60))
  }

  @Test(
    "a client that never closes its side is waited for as long as it may linger, and no longer",
    arguments: [false, true])
  func lingering(_ hasCall: Bool) async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.lingerMs = 200
    // Long enough to be told from a machine that is busy with other tests.
    limits.drainMs = 120_000
    let began = ContinuousClock.now
    try await house.serve(limits: limits) { server in
      let connection = try await server.raw(closesBack: false)
      if hasCall {
        try await connection.send([
          try Seduta_Wire_V1_Call(1, .eventsSubscribe, Seduta_V1_EventsSubscribeRequest())
        ])
        #expect(await connection.replies(1).map(\.more) == [true])
      }
    }
    #expect(ContinuousClock.now - began < .seconds(45))
  }
}
