internal import Endpoint
internal import Synchronization
internal import Testing

/// What a client may not do: nothing of it reaches a duty, and it costs little.
@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
  private let received = Received()

  @Test("a body that is declared too large is refused before a byte of it; one byte less is taken")
  func declaredTooLarge() async throws {
    try await Listening.run(received.duties, options: options { $0.bodyBytesMax = 100 }) {
      let peer = try await $0.peer()
      try await peer.send(post("Content-Length: 101", ""))
      let answer = try await peer.answer()
      #expect(answer.status == 413)
      #expect(answer.body == "the body may have 100 bytes at most\n")
      #expect(answer.headers["connection"] == "close")
      #expect(await peer.endsHere())
      try await peer.close()

      let most = String(repeating: "a", count: 100)
      #expect(try await $0.answer(to: post("Content-Length: 100", most)).status == 200)
    }
    #expect(received.sizes == [100])
  }

  @Test("a body in chunks is refused at the byte that is too much, though it has no end")
  func chunkedTooLarge() async throws {
    try await Listening.run(received.duties, options: options { $0.bodyBytesMax = 100 }) {
      let peer = try await $0.peer()
      let chunk = "32\r\n\(String(repeating: "a", count: 50))\r\n"
      try await peer.send(post("Transfer-Encoding: chunked", chunk + chunk))
      try await peer.send("1\r\na\r\n")
      let answer = try await peer.answer()
      #expect(answer.status == 413)
      #expect(await peer.endsHere())
      try await peer.close()

      #expect(
        try await $0.answer(
          to: post("Transfer-Encoding: chunked", chunk + chunk + "0\r\n\r\n")
        ).status == 200)
    }
    #expect(received.sizes == [100])
  }

  @Test("a client that sends on after 413 reads it all the same, and is cut off after a while")
  func sendsOn() async throws {
    let options = options {
      $0.bodyBytesMax = 100
      $0.lingerMs = 300
    }
    try await Listening.run(received.duties, options: options) {
      let peer = try await $0.peer()
      try await peer.send(post("Content-Length: 1000000000", ""))
      let piece = [UInt8](repeating: 97, count: 1 << 16)
      var sent = 0
      // Ends when the server closes: the write fails.
      while (try? await peer.send(piece)) != nil {
        sent += piece.count
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(sent > 0)
      #expect(sent < 1_000_000_000)
      #expect(try await peer.answer().status == 413)
    }
    #expect(received.sizes == [])
  }

  @Test("a client that asks first is told to go on, or refused without having sent")
  func expectContinue() async throws {
    try await Listening.run(received.duties, options: options { $0.bodyBytesMax = 100 }) {
      let peer = try await $0.peer()
      try await peer.send(post("Content-Length: 2\r\nExpect: 100-continue", ""))
      #expect(try await peer.answer().status == 100)
      try await peer.send("{}")
      #expect(try await peer.answer().status == 200)
      try await peer.send(post("Content-Length: 101\r\nExpect: 100-continue", ""))
      #expect(try await peer.answer().status == 413)
      try await peer.close()
    }
    #expect(received.sizes == [2])
  }

  @Test("a body has so much time, however busily it trickles")
  func slowBody() async throws {
    let options = options {
      $0.bodyMs = 200
      $0.lingerMs = 100
    }
    try await Listening.run(received.duties, options: options) {
      let peer = try await $0.peer()
      try await peer.send(post("Content-Length: 1000", ""))
      // Whole in 20 s, if it had them; the write fails when the server has closed.
      while (try? await peer.send("a")) != nil {
        try await Task.sleep(for: .milliseconds(20))
      }
      let answer = try await peer.answer()
      #expect(answer.status == 408)
      #expect(answer.body == "the body did not arrive within 200 ms\n")
      #expect(answer.headers["connection"] == "close")
    }
    #expect(received.sizes == [])
  }

  @Test("a connection on which nothing whole comes is closed: a head that trickles, or nothing")
  func idle() async throws {
    let options = options {
      $0.bodyMs = 100
      $0.lingerMs = 100
      $0.idleMs = 200
    }
    try await Listening.run(received.duties, options: options) {
      let silent = try await $0.peer()
      #expect(await silent.endsHere())
      let halfHead = try await $0.peer()
      try await halfHead.send("GET /metrics HTT")
      #expect(await halfHead.endsHere())
      try await silent.close()
      try await halfHead.close()
    }
  }

  @Test("a body that ends before its length reaches nobody")
  func cutShort() async throws {
    try await Listening.run(received.duties) {
      let peer = try await $0.peer()
      try await peer.send(post("Content-Length: 100", "{}"))
      try await peer.endInput()
      #expect(try await peer.answer().status == 400)
      try await peer.close()
      let gone = try await $0.peer()
      try await gone.send(post("Content-Length: 100", "{}"))
      try await gone.close()
      // Served after it, on another connection: the listener has outlived it.
      #expect(try await $0.answer(to: get("/health/live")).status == 200)
    }
    #expect(received.sizes == [])
  }

  @Test("a body that nobody asked for ends the connection instead of being read")
  func bodyElsewhere() async throws {
    try await Listening.run(received.duties) {
      for request in [
        "POST /metrics", "POST /nowhere", "GET /health/live", "PUT /webhooks/sandbox",
      ] {
        let peer = try await $0.peer()
        try await peer.send("\(request) HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        let answer = try await peer.answer()
        #expect(answer.headers["connection"] == "close", "\(request)")
        #expect(await peer.endsHere(), "\(request)")
        try await peer.close()
      }
    }
    #expect(received.sizes == [])
  }

  @Test(
    "what is no HTTP, or has too long or too many headers, is 400 and the end",
    arguments: [
      "nonsense\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST /webhooks/sandbox HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 20_000))\r\n\r\n",
      "GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /metrics HTTP/1.1\r\n\(String(repeating: "X-Many: a\r\n", count: 200))\r\n",
    ])
  func badRequests(_ request: String) async throws {
    try await Listening.run(received.duties) {
      let peer = try await $0.peer()
      try await peer.send(request)
      #expect(try await peer.answer().status == 400)
      #expect(await peer.endsHere())
      try await peer.close()
    }
    #expect(received.sizes == [])
  }

  private func options(_ change: (inout EndpointOptions) -> Void) -> EndpointOptions {
    var options = EndpointOptions(port: 0)
    change(&options)
    return options
  }
}

/// How large the callbacks were that came through.
private final class Received: Sendable {
  private let seen = Mutex<[Int]>([])

  var sizes: [Int] { seen.withLock { $0 } }

  var duties: Duties {
    Duties { callback in
      self.seen.withLock { $0.append(callback.body.count) }
      return .taken
    }
  }
}
