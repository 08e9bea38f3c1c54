internal import Availability
internal import Booking
internal import Endpoint
internal import Foundation
internal import FoundationNetworking
internal import Gateways
internal import Intervals
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import SwiftProtobuf
internal import Wire

/// What gateways tell by HTTP, and what those who run a server ask.
@Suite(.timeLimit(.minutes(1)))
struct CallbackTests {
  /// A body is "EVENT INTENT"; what is signed says so.
  private static func read(_ webhook: Webhook) -> WebhookReading {
    guard
      webhook.headers.contains(where: { $0.name.lowercased() == "signature" && $0.value == "ok" })
    else { return .refused(reason: "the signature is not ours") }
    let words = String(decoding: webhook.body, as: UTF8.self).split(separator: " ")
    guard words.count == 2, let intent = PaymentIntentID(String(words[1])) else {
      return .ignored(kind: "test")
    }
    return .event(
      GatewayEvent(gateway: "sandbox", id: String(words[0]), news: .intentChanged(intent)))
  }

  private static func gateway(in house: House) throws -> FlakyGateway {
    let clock = house.clock
    return FlakyGateway(
      try SandboxPayments(path: nil, now: { Instant(msSinceEpoch: clock.nowMs) }),
      reading: { read($0) })
  }

  private static func request(_ server: Serving, _ path: String) throws -> URLRequest {
    let port = try #require(server.httpPort)
    return URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
  }

  private static func get(_ server: Serving, _ path: String) async throws -> (Int, String) {
    let (body, response) = try await URLSession.shared.data(for: try request(server, path))
    return (
      try #require(response as? HTTPURLResponse).statusCode, String(decoding: body, as: UTF8.self)
    )
  }

  private static func tell(
    _ server: Serving, _ body: String, signature: String = "ok", gateway: String = "sandbox"
  ) async throws -> Int {
    var request = try request(server, "/webhooks/\(gateway)")
    request.httpMethod = "POST"
    request.setValue(signature, forHTTPHeaderField: "Signature")
    request.httpBody = Data(body.utf8)
    let (_, response) = try await URLSession.shared.data(for: request)
    return try #require(response as? HTTPURLResponse).statusCode
  }

  private static func heard(_ client: SedutaClient) async throws -> Int {
    try await client.admin.audit(.with { $0.pageSize = 1_000 }).events
      .count { $0.actorRole == "GATEWAY" }
  }

  @Test("news is taken before the answer that it is about, and once however often it comes")
  // P-8
  func beforeAnswer() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    // The confirmation is done, and never answered.
    gateway.fail(after: 1, by: .hangsAfter)
    var limits = ServerLimits()
    limits.gatewayAnswerMs = 1_000
    limits.gatewayStopMs = 50
    try await house.serve(
      limits: limits, payments: .gateway(gateway), endpoint: EndpointOptions(port: 0)
    ) { server in
      let client = try await server.client()
      let intent = try await Counter.open(by: client)
        .pay(at: house.clock.nowMs + dayMs, by: "tok_ok")
      while gateway.asked.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
      for _ in 1...2 { #expect(try await Self.tell(server, "evt_1 \(intent.id)") == 200) }
      // Silence is an answer, too; then it is looked up, by the server's clock.
      while try await Counter.appointment(of: intent, by: client).state != .scheduled {
        house.clock.set(house.clock.nowMs + 500)
        try await Task.sleep(for: .milliseconds(10))
      }
      let heard = try await Self.heard(client)
      #expect(try await Self.tell(server, "evt_1 \(intent.id)") == 200)
      #expect(try await Self.heard(client) == heard)
      #expect(Counter.takings(of: intent, at: gateway.truth).count == 1)
      await client.close()
    }
  }

  @Test("what is not signed is refused; what is not ours is taken and changes nothing")
  func refused() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    try await house.serve(payments: .gateway(gateway), endpoint: EndpointOptions(port: 0)) {
      server in
      let client = try await server.client()
      let before = try await Self.heard(client)
      let stranger = PaymentIntentID(rawValue: 99).text
      #expect(try await Self.tell(server, "evt_1 \(stranger)", signature: "forged") == 400)
      #expect(try await Self.tell(server, "evt_1 \(stranger)") == 200)
      #expect(try await Self.tell(server, "something") == 200)
      #expect(try await Self.tell(server, "evt_1 \(stranger)", gateway: "other") == 404)
      #expect(try await Self.heard(client) == before)
      await client.close()
    }
  }

  @Test("health and metrics tell how the server is")
  func watched() async throws {
    let house = try House()
    let gateway = try Self.gateway(in: house)
    try await house.serve(payments: .gateway(gateway), endpoint: EndpointOptions(port: 0)) {
      server in
      let client = try await server.client()
      let intent = try await Counter.open(by: client)
        .pay(at: house.clock.nowMs + dayMs, by: "tok_ok")
      _ = try await Counter.settled(intent, by: client)
      await #expect(throws: CallError.self) {
        try await client.appointments.get(.with { $0.appointmentID = "apt_none" })
      }
      #expect(try await Self.get(server, "/health/live").0 == 200)
      #expect(try await Self.get(server, "/health/ready").0 == 200)
      let (status, text) = try await Self.get(server, "/metrics")
      #expect(status == 200)
      for line in [
        #"seduta_calls_total{method="seduta.v1.Payments/Begin",code="OK"} 1"#,
        #"seduta_calls_total{method="seduta.v1.Appointments/Get",code="INVALID_ARGUMENT"} 1"#,
        "seduta_connections 1",
        #"seduta_gateway_asked_total{gateway="sandbox",kind="CONFIRM",outcome="report"} 1"#,
        #"seduta_overdue{of="errands"} 0"#,
      ] {
        #expect(text.contains(line + "\n"), "\(text)")
      }
      await client.close()
    }
  }
}
