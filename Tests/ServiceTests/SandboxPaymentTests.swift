internal import Gateways
internal import Intervals
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// The sandbox's gateway and its clock together.
@Suite(.timeLimit(.minutes(1)))
struct SandboxPaymentTests {
  private func advance(_ client: SedutaClient, byMs ms: Int64) async throws {
    _ = try await client.sandbox.advance(.with { $0.byMs = ms })
  }

  /// Pays by a card in a sandbox of its own, and moves the clock.
  private func story(_ token: String, byMs moves: [Int64]) async throws -> [String] {
    let house = try House()
    let payments = PaymentOptions.sandbox(path: house.path(of: "payments.jsonl"))
    return try await house.serve(sandbox: SandboxOptions(start: nil), payments: payments) {
      server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      let intent = try await counter.pay(at: house.clock.nowMs + 2 * dayMs, by: token)
      for ms in moves { try await advance(client, byMs: ms) }
      let events = try await client.admin.audit(.with { $0.pageSize = 1_000 }).events
      let appointment = try await Counter.appointment(of: intent, by: client)
      await client.close()
      return events.filter { $0.actorRole == "GATEWAY" || $0.actorRole == "SYSTEM" }
        .map { "\($0.kind) \($0.time.seconds)" }.sorted() + ["\(appointment.paymentStatus)"]
    }
  }

  @Test("a card that hangs is looked up until it tells, each time at its own time")  // P-8
  func hangs() async throws {
    let house = try House()
    let path = house.path(of: "payments.jsonl")
    let clock = house.clock
    let intent = try await house.serve(
      sandbox: SandboxOptions(start: nil), payments: .sandbox(path: path)
    ) { server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      let intent = try await counter.pay(at: clock.nowMs + dayMs, by: "tok_hangs")
      try await advance(client, byMs: minuteMs)
      #expect(try await Counter.appointment(of: intent, by: client).paymentStatus == .processing)
      try await advance(client, byMs: 5 * minuteMs)
      let paid = try await Counter.appointment(of: intent, by: client)
      #expect(paid.state == .scheduled)
      #expect(paid.paymentStatus == .paid)
      await client.close()
      return intent
    }
    let later = clock.nowMs + hourMs
    let truth = try SandboxPayments(path: path, now: { Instant(msSinceEpoch: later) })
    #expect(Counter.takings(of: intent, at: truth).map(\.captured) == [Counter.price])
  }

  @Test("news that comes twice, once before the answer, is one payment")  // P-8
  func answersTwice() async throws {
    let house = try House()
    let payments = PaymentOptions.sandbox(path: nil)
    try await house.serve(sandbox: SandboxOptions(start: nil), payments: payments) { server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      let intent = try await counter.pay(at: house.clock.nowMs + dayMs, by: "tok_answers_twice")
      try await advance(client, byMs: hourMs)
      let payments = try await client.payments.list(
        .with { $0.appointmentID = intent.appointmentID }
      ).payments
      #expect(payments.map(\.amount.minorUnits) == [Counter.price])
      await client.close()
    }
  }

  @Test(
    "a dispute comes in its time, and the same moves make the same history",
    arguments: ["tok_dispute_lost", "tok_dispute_won", "tok_out_of_order", "tok_hangs_for_long"])
  func sameHistory(_ token: String) async throws {
    let one = try await story(token, byMs: [minuteMs, 3 * hourMs])
    let other = try await story(token, byMs: [minuteMs, 3 * hourMs])
    #expect(one == other)
    #expect(one.count > 2)
    // However the way is divided, what happens is the same.
    let parts = Array(repeating: 15 * minuteMs, count: 12)
    #expect(try await story(token, byMs: [minuteMs] + parts) == one)
  }
}
