internal import Endpoint
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct RouteTests {
  @Test("liveness: 200 as long as the process is of use, and 503 then")
  func live() async throws {
    for (alive, status) in [(true, 200), (false, 503)] {
      let answer = try await Listening.run(Duties(alive: alive)) {
        try await $0.answer(to: get("/health/live"))
      }
      #expect(answer.status == status)
    }
  }

  @Test("readiness: 503 says why")
  func ready() async throws {
    let ready = try await Listening.run { try await $0.answer(to: get("/health/ready")) }
    #expect(ready.status == 200)
    let filling = Duties(ready: .notReady(reason: "the index is being filled"))
    let not = try await Listening.run(filling) { try await $0.answer(to: get("/health/ready")) }
    #expect(not.status == 503)
    #expect(not.body == "the index is being filled\n")
  }

  @Test("metrics: as they are, in the type that Prometheus asks for; HEAD tells their length")
  func metrics() async throws {
    try await Listening.run(Duties(metricsText: "up 1\n")) { listening in
      let answer = try await listening.answer(to: get("/metrics?name[]=up"))
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      #expect(answer.body == "up 1\n")
      let head = try await listening.answer(to: "HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(head.status == 200)
      #expect(head.headers["content-length"] == "5")
    }
  }

  @Test("a callback arrives byte for byte, with its gateway and headers")
  func callback() async throws {
    let got = Mutex<Callback?>(nil)
    let body: [UInt8] = Array(0...255) + Array("\r\n\r\n\u{0}".utf8)
    let duties = Duties { callback in
      got.withLock { $0 = callback }
      return .taken
    }
    let answer = try await Listening.run(duties) { listening in
      let peer = try await listening.peer()
      try await peer.send(
        "POST /webhooks/stripe_eu-2 HTTP/1.1\r\nHost: x\r\nStripe-Signature: t=1,v1=ab\r\n"
          + "X-Part: one\r\nx-part: two\r\nContent-Length: \(body.count)\r\n\r\n")
      try await peer.send(body)
      let answer = try await peer.answer()
      try await peer.close()
      return answer
    }
    #expect(answer.status == 200)
    let callback = try #require(got.withLock { $0 })
    #expect(callback.gateway == "stripe_eu-2")
    #expect(callback.body == body)
    #expect(callback.header("stripe-signature") == "t=1,v1=ab")
    #expect(callback.header("X-PART") == "one, two")
    #expect(callback.header("Authorization") == nil)
  }

  @Test("a body in chunks is the same as in one piece")
  func chunked() async throws {
    let got = Mutex<[UInt8]>([])
    let duties = Duties { callback in
      got.withLock { $0 = callback.body }
      return .taken
    }
    let answer = try await Listening.run(duties) {
      try await $0.answer(
        to: post("Transfer-Encoding: chunked", "3\r\nab\n\r\n1\r\nc\r\n0\r\n\r\n"))
    }
    #expect(answer.status == 200)
    #expect(got.withLock { $0 } == Array("ab\nc".utf8))
  }

  @Test(
    "what becomes of a callback tells the gateway whether to try again",
    arguments: [
      (CallbackAnswer.taken, 200), (.refused(reason: "the signature is older than 300 s"), 400),
      (.unknownGateway, 404), (.unavailable, 503),
    ])
  func answers(_ callbackAnswer: CallbackAnswer, _ status: Int) async throws {
    let answer = try await Listening.run(Duties { _ in callbackAnswer }) {
      try await $0.answer(to: post("Content-Length: 2", "{}"))
    }
    #expect(answer.status == status)
    if case .refused(let reason) = callbackAnswer { #expect(answer.body == reason + "\n") }
  }

  @Test(
    "what is not there is 404, whatever the method",
    arguments: [
      "/", "/health", "/health/live/", "/metrics/x", "/webhooks", "/webhooks/", "/webhooks/a/b",
      "/webhooks/Stripe", "/webhooks/%73andbox", "/webhooks/..", "//metrics",
      "/webhooks/" + String(repeating: "a", count: 65),
    ])
  func notFound(_ path: String) async throws {
    try await Listening.run { listening in
      #expect(try await listening.answer(to: get(path)).status == 404)
      let answer = try await listening.answer(
        to: "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
      #expect(answer.status == 404)
    }
  }

  @Test("another method of a path is 405, and Allow names those that there are")
  func wrongMethod() async throws {
    try await Listening.run { listening in
      let callback = try await listening.answer(to: get("/webhooks/sandbox"))
      #expect(callback.status == 405)
      #expect(callback.headers["allow"] == "POST")
      let metrics = try await listening.answer(
        to: "DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(metrics.status == 405)
      #expect(metrics.headers["allow"] == "GET, HEAD")
    }
  }
}

func get(_ path: String) -> String {
  "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n"
}

/// A callback of the sandbox's.
/// - Parameter headers: lines, without the last's end.
func post(_ headers: String, _ body: String) -> String {
  "POST /webhooks/sandbox HTTP/1.1\r\nHost: x\r\n\(headers)\r\n\r\n\(body)"
}
