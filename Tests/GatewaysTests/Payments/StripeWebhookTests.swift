internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Signing
internal import Testing

private let signedAt = Instant(msSinceEpoch: 1_800_000_000_000)
private let intent = "pin_00000000000000000000000001"

/// Made with Python: hmac.new(secret, b"1800000000." + body, sha256).
private let body =
  #"{"id": "evt_1", "type": "payment_intent.succeeded", "data": {"object": "#
  + #"{"metadata": {"seduta_intent": "pin_00000000000000000000000001"}}}}"#
private let signature = "bf0cd74132474ed8241b166e66741fd2165a611a846e0c92c6cbf7e81e2af83b"
private let otherBody = #"{"id":"evt_Ünïcode","type":"payout.paid","data":{"object":{}}}"#
private let otherSignature = "d967f6bcbc8667f69ac6a889e7f6245a9ee2643135d45e421f0d920167eeee95"
private let wrong = String(repeating: "0", count: 64)

private func read(
  _ header: String?, _ body: String = body, atMs ms: Int64 = 0, _ answers: [StripeExchange] = [],
  named name: String = "Stripe-Signature"
) async -> WebhookReading {
  let headers = [("Host", "x")] + (header.map { [(name, $0)] } ?? [])
  return await StripeScript(answers).gateway.read(
    Webhook(headers: headers, body: Array(body.utf8)), now: signedAt.advanced(byMs: ms))
}

/// Signs with our own HMAC, which the vectors hold against Python's.
private func told(_ type: String, _ object: String, _ answers: [StripeExchange] = []) async
  -> WebhookReading
{
  let body = #"{"id": "evt_1", "type": "\#(type)", "data": {"object": \#(object)}}"#
  let mac = Digest.hmac(
    Array("1800000000.\(body)".utf8), secret: Array(StripeScript.webhookSecret.utf8))
  let text = mac.map { (0x100 + Int($0)) }.map { String($0, radix: 16).dropFirst() }.joined()
  return await read("t=1800000000,v1=\(text)", body, answers)
}

@Suite struct StripeWebhookTests {
  private let genuine = WebhookReading.event(
    GatewayEvent(gateway: "stripe", id: "evt_1", news: .intentChanged(SandboxBench.intent(1))))

  @Test(
    "a signature that Python made is right, one of several is enough, and bytes are what is signed")
  func signatures() async {  // P-7
    #expect(await read("t=1800000000,v1=\(signature)") == genuine)
    #expect(await read("t=1800000000,v1=\(signature)", named: "stripe-signature") == genuine)
    #expect(await read("t=1800000000,v1=\(wrong),v1=\(signature)") == genuine)
    #expect(await read("t=1800000000,v1=\(signature),v1=\(wrong),v0=x") == genuine)
    #expect(await read("v1=\(signature), t=1800000000") == genuine)
    #expect(
      await read("t=1800000000,v1=\(otherSignature)", otherBody) == .ignored(kind: "payout.paid"))
  }

  @Test("what is not signed, or not by our secret, is refused")
  func forgeries() async {  // P-7
    let headers = [
      nil, "", "t=1800000000", "v1=\(signature)", "t=,v1=\(signature)", "t=x,v1=\(signature)",
      "t=1800000000,v0=\(signature)", "t=1800000000,v1=\(wrong)",
      "t=1800000001,v1=\(signature)", "t=01800000000,v1=\(signature)",
      "t=+1800000000,v1=\(signature)", "t=1800000000,t=1800000000,v1=\(signature)",
      "t=1800000000,v1=\(signature.dropLast())", "t=1800000000,v1=\(signature)0",
      "t=1800000000,v1=\(signature.dropLast())\u{FF11}", "t=1800000000;v1=\(signature)",
      "t=9223372036854775807,v1=\(wrong)", "t=-9223372036854775808,v1=\(wrong)",
    ]
    for header in headers {
      guard case .refused = await read(header) else {
        Issue.record("taken: \(header ?? "none")")
        continue
      }
    }
    guard case .refused = await read("t=1800000000,v1=\(signature)", body + " ") else {
      Issue.record("another body was taken")
      return
    }
  }

  @Test("a signature is good for 300 s, both ways, to the millisecond")
  func tolerance() async {  // P-7
    let header = "t=1800000000,v1=\(signature)"
    for ms in [-300_000, -1, 0, 299_999, 300_000] as [Int64] {
      #expect(await read(header, atMs: ms) == genuine, "\(ms)")
    }
    for ms in [-300_001, 300_001, 86_400_000] as [Int64] {
      #expect(
        await read(header, atMs: ms) == .refused(reason: "the time is more than 300 s away"))
    }
  }

  @Test("each event by what it is about; what is none of our business is ignored")
  func events() async {  // P-7
    func event(_ news: GatewayEvent.News) -> WebhookReading {
      .event(GatewayEvent(gateway: "stripe", id: "evt_1", news: news))
    }
    let ours = #"{"metadata": {"seduta_intent": "\#(intent)", "other": "x"}, "amount": 7000}"#
    for type in [
      "payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled",
      "payment_intent.requires_action", "payment_intent.processing", "charge.refunded",
    ] {
      #expect(await told(type, ours) == event(.intentChanged(SandboxBench.intent(1))), "\(type)")
    }
    for type in ["charge.refund.updated", "refund.updated", "refund.created", "refund.failed"] {
      #expect(
        await told(type, StripeShape.refund("failed"))
          == event(.refundChanged(SandboxBench.refund(1))), "\(type)")
    }
    for type in ["setup_intent.succeeded", "setup_intent.setup_failed"] {
      #expect(
        await told(type, StripeShape.setUp("succeeded"))
          == event(.methodChanged(PaymentMethodID(rawValue: 1))), "\(type)")
    }
    let strange = [
      "{}", #"{"metadata": null}"#, #"{"metadata": {}}"#,
      #"{"metadata": {"seduta_intent": "pin_x", "seduta_refund": "", "seduta_method": "1"}}"#,
    ]
    for type in ["payment_intent.succeeded", "refund.updated", "setup_intent.succeeded", "x"] {
      for object in strange {
        #expect(await told(type, object) == .ignored(kind: type), "\(type) \(object)")
      }
    }
  }

  @Test(
    "a dispute is of the intent that Stripe names; where it cannot be asked, it is to be sent again"
  )
  func disputes() async {  // P-7
    func dispute(_ status: String) -> String {
      #"{"id": "dp_1", "object": "dispute", "amount": 7000, "charge": "ch_1", "currency": "eur", "#
        + #""metadata": {}, "payment_intent": "pi_1", "status": "\#(status)"}"#
    }
    let found = StripeExchange.answer(200, StripeShape.intent("succeeded", received: 7_000))
    let cases: [(String, String, DisputeState)] = [
      ("charge.dispute.created", "needs_response", .open),
      ("charge.dispute.funds_withdrawn", "needs_response", .open),
      ("charge.dispute.updated", "under_review", .open),
      ("charge.dispute.closed", "won", .won), ("charge.dispute.funds_reinstated", "won", .won),
      ("charge.dispute.closed", "lost", .lost),
    ]
    for (type, status, state) in cases {
      #expect(
        await told(type, dispute(status), [found])
          == .event(
            GatewayEvent(
              gateway: "stripe", id: "evt_1",
              news: .disputed(SandboxBench.intent(1), state, amount: 7_000))))
    }
    let created = "charge.dispute.created"
    #expect(
      await told(created, dispute("warning_needs_response"), [found]) == .ignored(kind: created))
    let missing = StripeExchange.answer(
      404, StripeShape.error("invalid_request_error", code: "resource_missing"))
    let strange = StripeExchange.answer(200, StripeShape.intent("succeeded", intent: "theirs"))
    for answer in [missing, strange] {
      #expect(
        await told(created, dispute("needs_response"), [answer]) == .ignored(kind: created))
    }
    #expect(
      await told(created, dispute("needs_response"), [.lost(reason: "closed")])
        == .later(reason: "closed"))
  }

  @Test("a signed body that is no event is refused")
  func bodies() async {
    for object in ["1", "[]", "null", #""x""#, "{"] {
      guard case .refused = await told("payment_intent.succeeded", object) else {
        Issue.record("taken: \(object)")
        continue
      }
    }
  }
}
