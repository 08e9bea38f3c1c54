internal import Availability
internal import Booking
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Calls that wait for a gateway's answer.
@Suite(.timeLimit(.minutes(1)))
struct WaitingTests {
  private static let longMs: Int32 = 30_000

  @Test("a call that waits is answered as soon as nothing is asked of the gateway any more")
  func rung() async throws {  // P-8
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let wallet = try await WaitingTests.wallet(in: house, server, client)
      let method = try wallet.savePending()
      let clock = ContinuousClock()
      let began = clock.now
      async let waited = client.paymentMethods.get(
        .with {
          $0.paymentMethodID = method.id.text
          $0.waitMs = WaitingTests.longMs
        })
      try await Task.sleep(for: .milliseconds(200))
      try wallet.settle(method)
      // Any command that writes it rings.
      _ = try await client.paymentMethods.update(
        .with {
          $0.paymentMethodID = method.id.text
          $0.change = .makeDefault
        })
      let answer = try await waited.paymentMethod
      #expect(!answer.pending)
      #expect(answer.state == .active)
      #expect(clock.now - began < .milliseconds(Int64(WaitingTests.longMs) / 2))
      await client.close()
    }
  }

  @Test("a call that waits in vain is answered when its time is over, and not before")
  func timeOver() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let method = try await WaitingTests.wallet(in: house, server, client).savePending()
      let clock = ContinuousClock()
      let began = clock.now
      let answer = try await client.paymentMethods.get(
        .with {
          $0.paymentMethodID = method.id.text
          $0.waitMs = 400
        })
      #expect(answer.paymentMethod.pending)
      #expect(clock.now - began >= .milliseconds(400))
      await client.close()
    }
  }

  @Test("what does not wait, is not pending, or is not there, is answered at once")
  func atOnce() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let wallet = try await WaitingTests.wallet(in: house, server, client)
      let method = try wallet.savePending()
      let clock = ContinuousClock()
      let began = clock.now
      let pending = try await client.paymentMethods.get(
        .with { $0.paymentMethodID = method.id.text })
      #expect(pending.paymentMethod.pending)
      try wallet.settle(method)
      let settled = try await client.paymentMethods.get(
        .with {
          $0.paymentMethodID = method.id.text
          $0.waitMs = WaitingTests.longMs
        })
      #expect(!settled.paymentMethod.pending)
      let unknown = await #expect(throws: CallError.self) {
        try await client.payments.getIntent(
          .with {
            $0.intentID = "pin_00000000000000000000000007"
            $0.waitMs = WaitingTests.longMs
          })
      }
      #expect(unknown?.status.code == .notFound)
      #expect(clock.now - began < .milliseconds(Int64(WaitingTests.longMs) / 2))
      await client.close()
    }
  }

  @Test("when the server stops, who waits is answered as it stands")
  func draining() async throws {
    let house = try House()
    let clock = ContinuousClock()
    try await house.serve { server in
      let client = try await server.client()
      let method = try await WaitingTests.wallet(in: house, server, client).savePending()
      let connection = try await server.raw()
      try await connection.send([try WaitingTests.call(1, for: method.id.text)])
      try await connection.ping()
      await client.close()
      let began = clock.now
      await server.stop()
      let reply = try #require(await connection.replies(1).first)
      let answer = try Seduta_V1_PaymentMethodsGetResponse(serializedBytes: reply.message)
      #expect(answer.paymentMethod.pending)
      #expect(clock.now - began < .milliseconds(Int64(WaitingTests.longMs) / 2))
    }
  }

  @Test("more than may wait are turned away at once; who hangs up makes room")
  func capacity() async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.callsAwaitingMax = 2
    try await house.serve(limits: limits) { server in
      let client = try await server.client()
      let method = try await WaitingTests.wallet(in: house, server, client).savePending()
      let connection = try await server.raw()
      try await connection.send([
        try WaitingTests.call(1, for: method.id.text),
        try WaitingTests.call(2, for: method.id.text),
        try WaitingTests.call(3, for: method.id.text),
      ])
      let refused = try #require(await connection.replies(1).first)
      #expect(refused.callID == 3)
      #expect(refused.status.code == .resourceExhausted)
      #expect(refused.status.errorInfo.reason == "TOO_MANY_WAITING")
      #expect(refused.status.retryInfo.retryDelayMs > 0)
      try await connection.close()
      // The server learns of it when it does.
      var isTaken = false
      for _ in 0..<200 where !isTaken {
        do {
          _ = try await client.paymentMethods.get(
            .with {
              $0.paymentMethodID = method.id.text
              $0.waitMs = 1
            })
          isTaken = true
        } catch let error as CallError {
          #expect(error.status.errorInfo.reason == "TOO_MANY_WAITING")
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      #expect(isTaken)
      await client.close()
    }
  }

  private static func call(_ id: UInt64, for method: String) throws -> Seduta_Wire_V1_Call {
    try Seduta_Wire_V1_Call(
      id, .paymentMethodsGet,
      Seduta_V1_PaymentMethodsGetRequest.with {
        $0.paymentMethodID = method
        $0.waitMs = longMs
      })
  }

  /// Of a client who has just come.
  private static func wallet(
    in house: House, _ server: Serving, _ client: SedutaClient
  ) async throws -> Wallet {
    let practice = Practice()
    try await practice.open(by: client)
    let booked = try await client.appointments.book(
      practice.booking(at: house.clock.nowMs + dayMs)
    ).appointment
    return try Wallet(of: booked.clientID, in: house, server)
  }
}
