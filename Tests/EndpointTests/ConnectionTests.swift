internal import Endpoint
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
  @Test("a connection serves one request after another, also those sent ahead")
  func keepAlive() async throws {
    try await Listening.run(Duties(metricsText: "up 1\n")) {
      let peer = try await $0.peer()
      for _ in 1...3 {
        try await peer.send(post("Content-Length: 2", "{}"))
        #expect(try await peer.answer().status == 200)
      }
      try await peer.send(get("/metrics") + get("/nowhere") + post("Content-Length: 2", "{}"))
      #expect(try await peer.answer().body == "up 1\n")
      #expect(try await peer.answer().status == 404)
      #expect(try await peer.answer().status == 200)
      try await peer.close()
    }
  }

  @Test("who asks for the end gets it", arguments: ["close", "Close", "TE, close"])
  func closeAsked(_ value: String) async throws {
    try await Listening.run {
      let peer = try await $0.peer()
      try await peer.send("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: \(value)\r\n\r\n")
      let answer = try await peer.answer()
      #expect(answer.status == 200)
      #expect(answer.headers["connection"] == "close")
      #expect(await peer.endsHere())
      try await peer.close()
    }
  }

  @Test("several at once: none waits for another")
  func atOnce() async throws {
    let gate = Gate()
    let duties = Duties { _ in
      await gate.pass()
      return .taken
    }
    try await Listening.run(duties) { listening in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 1...20 {
          group.addTask {
            try await listening.answer(to: post("Content-Length: 2", "{}")).status
          }
        }
        await gate.until(waiting: 20)
        #expect(try await listening.answer(to: get("/health/live")).status == 200)
        gate.open()
        for try await status in group { #expect(status == 200) }
      }
    }
  }

  @Test("more connections than there may be wait for one to close")
  func connectionsMax() async throws {
    var options = EndpointOptions(port: 0)
    options.connectionsMax = 1
    let received = Mutex(0)
    let duties = Duties { _ in
      received.withLock { $0 += 1 }
      return .taken
    }
    try await Listening.run(duties, options: options) { listening in
      let first = try await listening.peer()
      try await first.send(get("/health/live"))
      #expect(try await first.answer().status == 200)
      let second = try await listening.peer()
      try await second.send(post("Content-Length: 2", "{}"))
      for _ in 1...10 {
        try await first.send(get("/nowhere"))
        #expect(try await first.answer().status == 404)
      }
      #expect(received.withLock { $0 } == 0)
      try await first.close()
      #expect(try await second.answer().status == 200)
      try await second.close()
    }
  }

  @Test("draining: what is in flight is answered, idle connections end, new ones are turned away")
  func drains() async throws {
    let gate = Gate()
    let duties = Duties { _ in
      await gate.pass()
      return .taken
    }
    try await Listening.run(duties) { listening in
      let idle = try await listening.peer()
      try await idle.send(get("/health/live"))
      #expect(try await idle.answer().status == 200)
      let busy = try await listening.peer()
      try await busy.send(post("Content-Length: 2", "{}"))
      await gate.until(waiting: 1)
      await listening.stop()
      #expect(await idle.endsHere())
      await #expect(throws: (any Error).self) { _ = try await listening.peer() }
      gate.open()
      #expect(try await busy.answer().status == 200)
      #expect(await busy.endsHere())
      try await busy.close()
      try await idle.close()
    }
  }

  @Test("draining has an end: a duty that does not return is cancelled, a client cut off")
  func drainEnds() async throws {
    var options = EndpointOptions(port: 0)
    options.drainMs = 200
    let gate = Gate()
    let duties = Duties { _ in
      await gate.pass()
      return .unavailable
    }
    try await Listening.run(duties, options: options) { listening in
      let busy = try await listening.peer()
      try await busy.send(post("Content-Length: 2", "{}"))
      await gate.until(waiting: 1)
      let slow = try await listening.peer()
      try await slow.send(post("Content-Length: 2", "{"))
      await listening.stop()
      _ = await busy.endsHere()
      #expect(await slow.endsHere())
      try await busy.close()
      try await slow.close()
    }
  }

  @Test("a port that is taken is an error that names it")
  func portTaken() async throws {
    try await Listening.run { listening in
      let taken = EndpointOptions(port: listening.port)
      let error = try await #require(throws: EndpointError.self) {
        try await Listening.run(options: taken) { _ in }
      }
      #expect(error.port == listening.port)
      #expect("\(error)".contains("cannot listen on 127.0.0.1:\(listening.port): "))
      #expect(try await listening.answer(to: get("/health/live")).status == 200)
    }
  }

  @Test("the log has no header, body, path or query, at any level")
  func logsNothingPersonal() async throws {
    let log = Log()
    let duties = Duties { _ in .refused(reason: "the signature does not match") }
    var options = EndpointOptions(port: 0)
    options.bodyBytesMax = 100
    try await Listening.run(duties, options: options, log: log) { listening in
      let secret = "anna-bianchi"
      for request in [
        post("X-Name: \(secret)\r\nContent-Length: 12", secret),
        post("X-Name: \(secret)\r\nContent-Length: 1000", secret),
        "POST /webhooks/sandbox?name=\(secret) HTTP/1.1\r\nHost: \(secret)\r\n\r\n",
        get("/\(secret)"), get("/webhooks/\(secret)"), "\(secret)\r\n\r\n",
        post("X-\(secret): \(secret)\r\nTransfer-Encoding: chunked", "\(secret)\r\n"),
      ] {
        #expect(try await listening.answer(to: request).status >= 400)
      }
      let gone = try await listening.peer()
      try await gone.send(post("Content-Length: 100", secret))
      try await gone.close()
    }
    #expect(log.text.contains("the signature does not match"))
    #expect(!log.text.contains("anna"))
  }
}

/// Where duties wait until they are let through, or cancelled.
private final class Gate: Sendable {
  private let waiting = Mutex(0)
  private let isOpen = Mutex(false)

  func pass() async {
    waiting.withLock { $0 += 1 }
    while !isOpen.withLock({ $0 }) {
      guard (try? await Task.sleep(for: .milliseconds(5))) != nil else { return }
    }
  }

  func until(waiting count: Int) async {
    while waiting.withLock({ $0 }) < count {
      guard (try? await Task.sleep(for: .milliseconds(5))) != nil else { return }
    }
  }

  func open() {
    isOpen.withLock { $0 = true }
  }
}
