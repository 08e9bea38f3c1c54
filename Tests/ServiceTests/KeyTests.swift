internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What makes two idempotency keys, and two requests, the same (B-13).
@Suite(.timeLimit(.minutes(1)))
struct KeyTests {
  @Test("keys of all bytes are told apart: none passes for another that it begins with")
  func everyByte() async throws {  // B-13
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let keys = ["a", "a\0", "a\0b", "a\0c", "A", "a ", " a", "é", "e\u{301}", "a%", "_"]
      for (index, key) in keys.enumerated() {
        let start = house.clock.nowMs + dayMs + Int64(index) * hourMs
        do {
          _ = try await client.appointments.book(
            practice.booking(at: start), CallOptions(idempotencyKey: key))
        } catch let refused as CallError {
          // A server may take fewer characters, but must not take one key for another.
          #expect(refused.status.errorInfo.reason == "MALFORMED_REQUEST", "\(key.debugDescription)")
        }
      }
      await client.close()
    }
  }

  @Test("staff by name of the role and staff by leaving it out ask the same")
  func standardRole() async throws {  // B-13
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let connection = try await server.raw()
      var call = try Seduta_Wire_V1_Call(
        1, .appointmentsBook, practice.booking(at: house.clock.nowMs + dayMs))
      try await connection.send([call])
      let first = await connection.replies(1)
      call.callID = 2
      call.actor.role = .staff
      try await connection.send([call])
      let second = await connection.replies(1)
      #expect(first.map(\.message) == second.map(\.message))
      call.callID = 3
      call.actor.id = "Carla"
      try await connection.send([call])
      #expect(
        await connection.replies(1).map(\.status.errorInfo.reason) == ["IDEMPOTENCY_KEY_REUSED"])
      await client.close()
    }
  }
}
