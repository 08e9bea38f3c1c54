internal import Foundation
internal import Gateways
internal import Intervals
internal import Testing

@Suite struct TwilioTests {
  private func text(from: String = "+15005550006", to: String = "+390612345678") -> TextMessage {
    TextMessage(id: "msg_1", date: sampleDate, from: from, to: to, body: "Domani alle 10 & più")
  }

  /// - Parameter timeoutMs: short where nothing whole is answered; else a busy machine is to have its time.
  private func ask(
    _ message: TextMessage, answer: ScriptedServer.Act, timeoutMs: Int64 = 60_000
  ) async throws -> (delivery: Delivery, asked: String) {
    let server = try await ScriptedServer { received in
      received.contains("\r\n\r\n") && received.contains("Body=") ? answer : nil
    }
    let twilio = TwilioTransport(
      url: "http://127.0.0.1:\(server.port)/", account: "AC1", authToken: "secret",
      timeoutMs: timeoutMs)
    let delivery = await twilio.send(message)
    await twilio.shutDown()
    await server.stop()
    return (delivery, server.received)
  }

  private func http(_ status: String, _ body: String, header: String = "") -> ScriptedServer.Act {
    .say("HTTP/1.1 \(status)\r\n\(header)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  @Test("a message is posted as Twilio wants it, and its SID is the reference")
  func posted() async throws {  // N-5
    let (delivery, asked) = try await ask(
      text(), answer: http("201 Created", #"{"sid": "SM123", "status": "queued"}"#))
    #expect(delivery == .delivered(reference: "SM123"))
    #expect(asked.hasPrefix("POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1\r\n"))
    #expect(asked.contains("\r\nAuthorization: Basic QUMxOnNlY3JldA==\r\n"))
    #expect(asked.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"))
    #expect(
      asked.hasSuffix(
        "\r\n\r\nTo=%2B390612345678&From=%2B15005550006&Body=Domani%20alle%2010%20%26%20pi%C3%B9"))
    let service = try await ask(text(from: "MG42"), answer: http("201 Created", "{}"))
    #expect(service.asked.contains("&MessagingServiceSid=MG42&Body="))
    #expect(service.delivery == .delivered(reference: ""))
  }

  @Test("what is about the number refuses; what passes, or is about us, is retried")
  func statuses() {  // N-4
    func delivery(_ status: Int, _ code: Int?, retryAfter: String? = nil) -> Delivery {
      let body = code.map { #"{"code": \#($0), "message": "no"}"# } ?? "<html>"
      return TwilioTransport.delivery(
        status: status, body: Array(body.utf8), retryAfter: retryAfter)
    }
    #expect(delivery(400, 21_211) == .refused(reason: "HTTP 400, code 21211: no"))
    #expect(delivery(400, 21_610) == .refused(reason: "HTTP 400, code 21610: no"))
    #expect(delivery(400, 21_606) == .retry(reason: "HTTP 400, code 21606: no"))
    #expect(delivery(400, nil) == .retry(reason: "HTTP 400"))
    #expect(delivery(401, 20_003) == .retry(reason: "HTTP 401, code 20003: no"))
    #expect(
      delivery(429, 20_429, retryAfter: "30")
        == .retry(reason: "HTTP 429, code 20429: no, retry after 30 s"))
    #expect(delivery(503, nil) == .retry(reason: "HTTP 503"))
  }

  @Test("no answer, half an answer and nobody there are retried; a number that is none is refused")
  func lost() async throws {  // N-4
    for answer in [
      ScriptedServer.Act.hang, .hangUp, .say("HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{"),
    ] {
      let delivery = try await ask(text(), answer: answer, timeoutMs: 1_000).delivery
      guard case .retry = delivery else {
        Issue.record("\(delivery)")
        return
      }
    }
    for number in [
      "", "0612345678", "+0612345678", "+39 0612345678", "+123456", "+1234567890123456",
    ] {
      let refused = try await ask(text(to: number), answer: .hang)
      #expect(refused.asked.isEmpty)
      #expect(refused.delivery == .refused(reason: "to: expected a number such as +390612345678"))
    }
  }

  @Test("the signature of Twilio's documentation is genuine, and no other")
  func signature() {  // N-5
    // From "Validating Signatures from Twilio" in Twilio's documentation.
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    let parameters = [
      (name: "Digits", value: "1234"), ("To", "+18005551212"), ("From", "+14158675309"),
      ("Caller", "+14158675309"), ("CallSid", "CA1234567890ABCDE"),
    ]
    let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    func isGenuine(
      _ signature: String, url: String = url,
      _ parameters: [(name: String, value: String)], token: String = "12345"
    ) -> Bool {
      TwilioSignature.isGenuine(signature, url: url, parameters: parameters, authToken: token)
    }
    #expect(isGenuine(signature, parameters))
    #expect(isGenuine(signature, parameters.reversed()))
    #expect(TwilioSignature.text(url: url, parameters: parameters, authToken: "12345") == signature)
    #expect(!isGenuine(signature, parameters, token: "12346"))
    #expect(!isGenuine(signature, url: url + "1", parameters))
    #expect(!isGenuine(signature, Array(parameters.dropLast())))
    #expect(!isGenuine("", parameters))
    #expect(!isGenuine("not base64", parameters))
  }
}
