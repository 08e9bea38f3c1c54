internal import Gateways
internal import Testing

/// Against servers that go wrong; one that goes right, with TLS and logins, is in Tests/Conformance/test_mail.py.
@Suite struct SMTPTransportTests {
  /// What a good server says to what a client has written, as soon as that is whole.
  private static func good(_ received: String) -> ScriptedServer.Act? {
    guard received.hasSuffix("\r\n") else { return nil }
    switch received.prefix(4) {
    case "EHLO": return .say("250-x\r\n250 HELP\r\n")
    case "MAIL", "RCPT": return .say("250 ok\r\n")
    case "DATA": return .say("354 go on\r\n")
    case "QUIT": return .hangUp
    default: return received.hasSuffix("\r\n.\r\n") ? .say("250 queued\r\n") : nil
    }
  }

  /// Where a server hangs; where none does, a busy machine is to have its time.
  private static let shortMs: Int64 = 300
  private static let longMs: Int64 = 60_000

  private func transport(
    _ port: Int, connectionsMax: Int = 4, stepMs: Int64 = SMTPTransportTests.longMs
  ) throws -> SMTPTransport {
    var options = SMTPOptions(host: "127.0.0.1", port: port, security: .none)
    options.stepMs = stepMs
    options.contentMs = stepMs
    options.connectMs = SMTPTransportTests.longMs
    options.connectionsMax = connectionsMax
    return try SMTPTransport(options)
  }

  private func deliver(
    greeting: ScriptedServer.Act = .say("220 x\r\n"), stepMs: Int64 = SMTPTransportTests.longMs,
    _ answer: @escaping @Sendable (String) -> ScriptedServer.Act?
  ) async throws -> (delivery: Delivery, received: String) {
    let server = try await ScriptedServer(greeting: greeting, answer: answer)
    let delivery = await (try transport(server.port, stepMs: stepMs)).send(sampleMail())
    await server.stop()
    return (delivery, server.received)
  }

  @Test("a server that does all as it should: taken, and QUIT is said")
  func good() async throws {  // N-5
    let (delivery, received) = try await deliver(SMTPTransportTests.good)
    #expect(delivery == .delivered(reference: "250 queued"))
    #expect(received.contains("Until Tuesday.\r\n.\r\n"))
  }

  @Test(
    "a server that hangs or hangs up, at any step, the last one too: to be tried again",
    arguments: ["EHLO", "MAIL", "RCPT", "DATA", "From"])
  func silence(_ step: String) async throws {  // N-4
    // A step before it may take longer on a busy machine: then it is that one that had no answer.
    let hung = try await deliver(stepMs: SMTPTransportTests.shortMs) {
      $0.hasPrefix(step) ? .hang : SMTPTransportTests.good($0)
    }.delivery
    guard case .retry(let reason) = hung else {
      Issue.record("\(hung)")
      return
    }
    #expect(reason.hasSuffix("no answer in 300 ms"))
    let dropped = try await deliver {
      $0.hasPrefix(step) ? .hangUp : SMTPTransportTests.good($0)
    }.delivery
    guard case .retry = dropped else {
      Issue.record("\(dropped)")
      return
    }
  }

  @Test("a server that says nothing, nonsense, or no for now, as a greeting")
  func greetings() async throws {  // N-4
    let hung = try await deliver(
      greeting: .hang, stepMs: SMTPTransportTests.shortMs, SMTPTransportTests.good)
    #expect(hung.delivery == .retry(reason: "greeting: no answer in 300 ms"))
    for (greeting, reason) in [
      (
        ScriptedServer.Act.say("HTTP/1.1 400 Bad Request\r\n\r\n"),
        "greeting: it does not speak SMTP"
      ),
      (.say("421 too busy\r\n"), "greeting: 421 too busy"),
      (.say("554 go away\r\n"), "greeting: 554 go away"), (.hangUp, "greeting: it hung up"),
    ] {
      let delivery = try await deliver(greeting: greeting, SMTPTransportTests.good).delivery
      #expect(delivery == .retry(reason: reason))
    }
  }

  @Test("what a server says is one line of 300 characters at most, without what turns text")
  func quoting() async throws {  // N-4
    let said = "550-\u{202E}no\u{1B}[31m\r\n550 " + String(repeating: "x", count: 2_000) + "\r\n"
    let delivery = try await deliver {
      $0.hasPrefix("RCPT") ? .say(said) : SMTPTransportTests.good($0)
    }.delivery
    guard case .refused(let reason) = delivery else {
      Issue.record("\(delivery)")
      return
    }
    #expect(reason.hasPrefix("RCPT TO: 550 no [31m xxx"))
    #expect(reason.count < 320)
  }

  @Test("no more connections at once than allowed, and all are served")
  func bounded() async throws {  // N-5
    let server = try await ScriptedServer(
      greeting: .say("220 x\r\n"), answer: SMTPTransportTests.good)
    let transport = try transport(server.port, connectionsMax: 2)
    let taken = await withTaskGroup(of: Delivery.self) { group in
      for _ in 0..<12 { group.addTask { await transport.send(sampleMail()) } }
      return await group.reduce(into: 0) { $0 += $1 == .delivered(reference: "250 queued") ? 1 : 0 }
    }
    await server.stop()
    #expect(taken == 12)
    #expect(server.connectionCount == 12)
    // One more, whose end the server has not heard of yet, may overlap with each.
    #expect(server.openMax <= 4)
  }

  @Test("what is cancelled ends at once")
  func cancelled() async throws {
    let server = try await ScriptedServer(greeting: .hang) { _ in nil }
    var options = SMTPOptions(host: "127.0.0.1", port: server.port, security: .none)
    // Far more than a busy machine takes to run this.
    options.stepMs = 600_000
    let transport = try SMTPTransport(options)
    let start = ContinuousClock.now
    let task = Task { await transport.send(sampleMail()) }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    guard case .retry = await task.value else {
      Issue.record("it was not given up")
      return
    }
    #expect(ContinuousClock.now - start < .seconds(300))
    await server.stop()
  }

  @Test("a file of authorities that is none is found when the transport is made")
  func authority() {
    var options = SMTPOptions(host: "127.0.0.1", port: 25, security: .startTLS)
    options.authorityFile = "/dev/null/none.pem"
    #expect(throws: (any Error).self) { _ = try SMTPTransport(options) }
  }
}
