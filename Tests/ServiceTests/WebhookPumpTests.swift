internal import Availability
internal import Gateways
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Endpoints are told of all events, those about one thing in order, whatever goes wrong (N-5).
@Suite(.timeLimit(.minutes(2)))
struct WebhookPumpTests {
  private static func wait(until isSo: () async throws -> Bool) async throws {
    while try await !isSo() { try await Task.sleep(for: .milliseconds(5)) }
  }

  private static func endpoint(
    _ client: SedutaClient
  ) async throws -> Seduta_V1_WebhookEndpoint {
    let found = try await client.webhooks.listEndpoints(Seduta_V1_WebhooksListEndpointsRequest())
    return try #require(found.endpoints.first)
  }

  private static func make(
    _ client: SedutaClient, kinds: [String] = [], withPast: Bool = false
  ) async throws -> Seduta_V1_WebhooksCreateEndpointResponse {
    try await client.webhooks.createEndpoint(
      .with {
        $0.url = "http://127.0.0.1:9/hook"
        $0.kinds = kinds
        $0.withPast = withPast
      })
  }

  private static func body(_ call: WebhookCall) throws -> Seduta_V1_WebhookBody {
    try Seduta_V1_WebhookBody(jsonUTF8Bytes: call.body)
  }

  private static func last(_ client: SedutaClient) async throws -> Int64 {
    try await client.events.list(.with { $0.pageSize = 1_000 }).position
  }

  @Test(
    "what happens is told, as Events gives it, signed with the secret that was shown"
  )  // N-5, E-1
  func told() async throws {
    let (house, hooks) = (try House(), ScriptedHooks())
    try await house.serve(post: hooks.options) { server in
      let client = try await server.client()
      let made = try await Self.make(client)
      #expect(made.secret.hasPrefix("whsec_") && made.secret.count > 40)
      try await Practice().open(by: client)
      let last = try await Self.last(client)
      try await Self.wait { try await Self.endpoint(client).position == last }
      // Only what is about the same thing comes in order.
      let bodies = try hooks.calls.map(Self.body).sorted { $0.event.position < $1.event.position }
      let first = try #require(bodies.first)
      #expect(first.event.kind == "WEBHOOK_ENDPOINT_PUT")
      #expect(bodies.map(\.event.position) == Array(first.event.position...last))
      let events = try await client.events.list(
        .with {
          $0.afterPosition = first.event.position - 1
          $0.pageSize = 1_000
        }
      ).events
      #expect(bodies.map(\.event.subjectID) == events.map(\.subjectID))
      for call in hooks.calls {
        #expect(call.secrets == [made.secret])
        #expect(call.eventID.hasPrefix(house.partner.text + "-"))
        #expect(try Self.body(call).id == call.eventID)
      }
      await client.close()
    }
  }

  @Test(
    "of one thing the next is told when the one before has arrived, over the tries of many"
  )  // N-5
  func order() async throws {
    let house = try House()
    // Each event fails once.
    let hooks = ScriptedHooks { _, before in
      before == 0 ? .retry(reason: "HTTP 500") : .delivered(reference: "HTTP 200")
    }
    try await house.serve(post: hooks.options) { server in
      let client = try await server.client()
      try await Practice().open(by: client)
      _ = try await Self.make(client, withPast: true)
      let last = try await Self.last(client)
      try await Self.wait {
        house.clock.set(house.clock.nowMs + 5_000)
        let endpoint = try await Self.endpoint(client)
        return endpoint.position >= last && endpoint.waiting == 0
      }
      let bodies = try hooks.calls.map(Self.body)
      #expect(Set(bodies.map(\.event.position)) == Set(1...last))
      for (_, told) in Dictionary(grouping: bodies, by: \.event.subjectID) {
        let positions = told.map(\.event.position)
        // Twice each, and never one before another that happened earlier has arrived.
        let expected = Set(positions).sorted().flatMap { [$0, $0] }
        #expect(positions == expected)
      }
      await client.close()
    }
  }

  @Test("one that answers 410 is turned off; turned on again it goes on where it was")  // N-5
  func gone() async throws {
    let house = try House()
    let hooks = ScriptedHooks { _, _ in .refused(reason: "HTTP 410") }
    try await house.serve(post: hooks.options) { server in
      let client = try await server.client()
      _ = try await Self.make(client)
      try await Self.wait { try await !Self.endpoint(client).enabled }
      let off = try await Self.endpoint(client)
      #expect(off.lastError == "HTTP 410" && off.hasFailingSince && off.version == 2)
      let calls = hooks.calls.count
      try await Practice().open(by: client)
      hooks.say { _, _ in .delivered(reference: "HTTP 200") }
      #expect(hooks.calls.count == calls)
      _ = try await client.webhooks.updateEndpoint(
        .with {
          $0.endpoint.id = off.id
          $0.endpoint.enabled = true
          $0.updateMask.paths = ["enabled"]
        })
      let last = try await Self.last(client)
      try await Self.wait {
        house.clock.set(house.clock.nowMs + 5_000)
        let endpoint = try await Self.endpoint(client)
        return endpoint.position >= last && endpoint.waiting == 0
      }
      let positions = try Set(hooks.calls.map { try Self.body($0).event.position })
      #expect(positions == Set(try #require(positions.min())...last))
      let on = try await Self.endpoint(client)
      #expect(on.lastError.isEmpty && !on.hasFailingSince)
      await client.close()
    }
  }

  @Test("a start goes on where the end was: what arrived is not told again, what waits is")  // N-5
  func restart() async throws {
    let (house, hooks) = (try House(), ScriptedHooks())
    var last: Int64 = 0
    try await house.serve(post: hooks.options) { server in
      let client = try await server.client()
      try await Practice().open(by: client)
      hooks.say { _, _ in .retry(reason: "HTTP 503") }
      _ = try await Self.make(client)
      last = try await Self.last(client)
      try await Self.wait { try await Self.endpoint(client).waiting == 1 }
      await client.close()
    }
    let before = hooks.calls.count
    hooks.say { _, _ in .delivered(reference: "HTTP 200") }
    house.clock.set(house.clock.nowMs + 60_000)
    try await house.serve(post: hooks.options) { server in
      let client = try await server.client()
      try await Self.wait { try await Self.endpoint(client).waiting == 0 }
      #expect(hooks.calls.count == before + 1)
      #expect(try Self.body(try #require(hooks.calls.last)).event.position == last)
      await client.close()
    }
  }

  @Test("only kinds that were asked for are told, and the position goes on over the others")  // N-5
  func kinds() async throws {
    let (house, hooks) = (try House(), ScriptedHooks())
    try await house.serve(post: hooks.options) { server in
      let client = try await server.client()
      _ = try await Self.make(client, kinds: ["LOCATION_PUT"])
      try await Practice().open(by: client)
      try await Self.wait { !hooks.calls.isEmpty }
      #expect(try hooks.calls.allSatisfy { try Self.body($0).event.kind == "LOCATION_PUT" })
      #expect(hooks.mostUnderWay == 1)
      await client.close()
    }
  }
}
