internal import Availability
internal import Gateways
internal import Intervals
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import SwiftProtobuf
internal import Wire

/// What a gateway is asked, whatever goes wrong on the way: once, or looked up.
@Suite(.timeLimit(.minutes(2)))
struct CourierTests {
  private static func gateway(in house: House, delayMs: Int64 = 0) throws -> FlakyGateway {
    let clock = house.clock
    return FlakyGateway(
      try SandboxPayments(path: nil, now: { Instant(msSinceEpoch: clock.nowMs) }),
      delayMs: delayMs)
  }

  /// A server that stops at once, whatever a gateway has not answered.
  private static let hasty: ServerLimits = {
    var limits = ServerLimits()
    limits.gatewayStopMs = 50
    return limits
  }()

  private static func kinds(_ asked: [String]) -> [String] {
    asked.map { String($0.prefix { $0 != " " }) }
  }

  private static func wait(until isSo: () async throws -> Bool) async throws {
    while try await !isSo() { try await Task.sleep(for: .milliseconds(5)) }
  }

  @Test("a gateway is asked as soon as the wish is on disk, and each thing once")  // P-8
  func once() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    try await house.serve(payments: .gateway(gateway)) { server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      let intent = try await counter.pay(at: house.clock.nowMs + dayMs, by: "tok_ok")
      let settled = try await Counter.settled(intent, by: client)
      #expect(settled.state == .succeeded)
      #expect(settled.amountCaptured.minorUnits == Counter.price)
      #expect(Self.kinds(gateway.asked) == ["PREPARE", "CONFIRM"])
      let paid = try await Counter.appointment(of: intent, by: client)
      #expect(paid.state == .scheduled)
      // A card that is refused is not asked again by itself.
      let declined = try await counter.pay(at: house.clock.nowMs + 2 * dayMs, by: "tok_declined")
      let refused = try await Counter.settled(declined, by: client)
      #expect(refused.failureCode == "card_declined")
      #expect(Self.kinds(gateway.asked).filter { $0 == "CONFIRM" }.count == 2)
      await client.close()
    }
  }

  @Test("an answer that is lost is looked up, never asked for again")  // P-8
  func lostAnswer() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    try await house.serve(payments: .gateway(gateway)) { server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      gateway.fail(after: 1, by: .losesAnswer)
      let intent = try await counter.pay(at: house.clock.nowMs + dayMs, by: "tok_ok")
      try await Self.wait { gateway.asked.count == 2 }
      // It is looked up two seconds later, by the server's clock.
      try await Self.wait {
        house.clock.set(house.clock.nowMs + 500)
        return gateway.asked.count >= 3
      }
      #expect(try await Counter.settled(intent, by: client).state == .succeeded)
      #expect(Self.kinds(gateway.asked) == ["PREPARE", "CONFIRM", "LOOK"])
      #expect(Counter.takings(of: intent, at: gateway.truth).count == 1)
      await client.close()
    }
  }

  @Test(
    "a server that ends before or after any question goes on by looking it up: paid once, given back once",
    arguments: [0, 1, 2], [FlakyGateway.Fault.hangsBefore, .hangsAfter])  // P-8
  func ends(amid question: Int, by fault: FlakyGateway.Fault) async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    gateway.fail(after: question, by: fault)
    let intent = try await house.serve(limits: Self.hasty, payments: .gateway(gateway)) { server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      let intent = try await counter.pay(at: house.clock.nowMs + dayMs, by: "tok_ok")
      if question == 2 { try await Self.giveBack(intent, by: client) }
      try await Self.wait { gateway.asked.count == question + 1 }
      await client.close()
      return intent
    }
    try await house.serve(limits: Self.hasty, payments: .gateway(gateway)) { server in
      let client = try await server.client()
      #expect(try await Counter.settled(intent, by: client).state == .succeeded)
      if question < 2 { try await Self.giveBack(intent, by: client) }
      try await Self.wait {
        // A refund that never got there is asked for again some seconds later.
        house.clock.set(house.clock.nowMs + 500)
        let found = try await client.payments.list(
          .with { $0.appointmentID = intent.appointmentID })
        return found.payments.contains { $0.direction == .refund && $0.state == .succeeded }
      }
      let takings = Counter.takings(of: intent, at: gateway.truth)
      #expect(takings.map(\.captured) == [Counter.price])
      #expect(takings.map(\.refunded) == [Counter.price])
      let kinds = Self.kinds(gateway.asked)
      let lookUps = ["PREPARE", "LOOK", "LOOK_AT_REFUND"]
      // The first that is asked anew takes no money and gives none.
      #expect(kinds[question + 1] == lookUps[question])
      for kind in ["CONFIRM", "REFUND"] {
        let asked = kinds.filter { $0 == kind }.count
        let wasHeldUp = kinds[question] == kind && fault == .hangsBefore
        #expect(asked == (wasHeldUp ? 2 : 1), "\(kinds)")
      }
      await client.close()
    }
  }

  private static func giveBack(
    _ intent: Seduta_V1_PaymentIntent, by client: SedutaClient
  ) async throws {
    _ = try await Counter.settled(intent, by: client)
    _ = try await client.payments.refund(
      .with {
        $0.appointmentID = intent.appointmentID
        $0.reason = "goodwill"
      })
  }

  @Test("many are asked at once, but no more than 32; what a stop leaves, the next start does")
  func many() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house, delayMs: 20)
    let intents = try await house.serve(payments: .gateway(gateway)) { server in
      let client = try await server.client()
      let counter = try await Counter.open(by: client)
      var intents: [Seduta_V1_PaymentIntent] = []
      for number in 1...40 {
        intents.append(
          try await counter.pay(
            at: house.clock.nowMs + dayMs + Int64(number) * hourMs, by: "tok_ok"))
      }
      await client.close()
      return intents
    }
    try await house.serve(payments: .gateway(gateway)) { server in
      let client = try await server.client()
      for intent in intents {
        #expect(try await Counter.settled(intent, by: client).state == .succeeded)
        #expect(Counter.takings(of: intent, at: gateway.truth).count == 1)
      }
      #expect(gateway.underWayMax <= 32)
      await client.close()
    }
  }

  @Test("a server without the gateway leaves what is to be asked; one that has it again goes on")
  func otherGateway() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    gateway.fail(by: .hangsBefore)
    let intent = try await house.serve(limits: Self.hasty, payments: .gateway(gateway)) { server in
      let client = try await server.client()
      let intent = try await Counter.open(by: client)
        .pay(at: house.clock.nowMs + dayMs, by: "tok_ok")
      try await Self.wait { gateway.asked.count == 1 }
      await client.close()
      return intent
    }
    try await house.serve { server in
      let client = try await server.client()
      let left = try await client.payments.getIntent(.with { $0.intentID = intent.id }).intent
      #expect(left.pending)
      await client.close()
    }
    try await house.serve(payments: .gateway(gateway)) { server in
      let client = try await server.client()
      #expect(try await Counter.settled(intent, by: client).state == .succeeded)
      await client.close()
    }
  }
}
