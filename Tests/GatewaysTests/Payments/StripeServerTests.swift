internal import AsyncHTTPClient
internal import Availability
internal import Booking
internal import Foundation
internal import Gateways
internal import NIOCore
internal import NIOHTTP1
internal import Testing

/// Where a Stripe-like server listens, behind a proxy that goes wrong when told to: Tests/Conformance/test_stripe.py
/// starts both, and then these tests. Without it they are skipped.
private let serverURL = ProcessInfo.processInfo.environment["SEDUTA_STRIPE_URL"]
private let secretKey = "sk_test_conformance"
private let timeoutMs: Int64 = 1_500

@Suite(
  .serialized,
  .enabled(
    if: serverURL != nil, "SEDUTA_STRIPE_URL is not set: see Tests/Conformance/test_stripe.py"))
struct StripeServerTests {
  @Test("an intent's whole life: made, changed, paid, given back in part, too late to cancel")
  func life() async throws {  // P-6, P-7
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      let changed = try await stripe.gateway.prepare(
        PreparedWish(intent: stripe.intent, reference: reference, amount: euros(6_000))
      ).reported
      #expect((changed.reference, changed.state) == (reference, .requiresPaymentMethod))
      let paid = try await stripe.confirm(reference, "pm_card_visa").reported
      #expect((paid.state, paid.captured) == (.succeeded, 6_000))
      #expect(try await stripe.gateway.look(reference: reference).reported == paid)
      let canceled = await stripe.gateway.cancel(reference: reference, intent: stripe.intent)
      #expect(try canceled.reported == paid)
      let again = await stripe.confirm(reference, "pm_card_visa", attempt: 2)
      #expect(try again.reported == paid)

      let refund = try await stripe.refund(reference, 2_500).reported
      #expect(refund.state == .succeeded)
      for known in [refund.reference, ""] {
        let found = await stripe.gateway.lookAtRefund(
          reference: known, refund: stripe.refund, intentReference: reference)
        #expect(try found.reported == refund)
      }
      let other = await stripe.gateway.lookAtRefund(
        reference: "", refund: PaymentID(rawValue: 9), intentReference: reference)
      #expect(other == .notFound)
    }
  }

  @Test("a declined card, then another on the same intent; and one that is cancelled in between")
  func declined() async throws {  // P-3
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      let declined = try await stripe.confirm(reference, "pm_card_chargeCustomerFail").reported
      #expect((declined.state, declined.failure) == (.requiresPaymentMethod, "card_declined"))
      let paid = try await stripe.confirm(reference, "pm_card_visa", attempt: 2).reported
      #expect((paid.state, paid.captured) == (.succeeded, 7_000))
      let second = try await stripe.prepare(amount: 1_000)
      let canceled = await stripe.gateway.cancel(reference: second, intent: stripe.intent)
      #expect(try canceled.reported.state == .canceled)
      let late = await stripe.confirm(second, "pm_card_visa")
      #expect(try late.reported.state == .canceled)
    }
  }

  @Test("the client's bank: the action is told, and after it the money has come")
  func bank() async throws {  // P-7
    try await withStripe { stripe in
      let method = try await stripe.newMethod("4000002500003155")
      let reference = try await stripe.prepare(amount: 7_000)
      let waiting = try await stripe.confirm(reference, method, isOffSession: false).reported
      #expect(waiting.state == .requiresAction)
      _ = try await stripe.post(
        "/v1/payment_intents/\(reference)/_authenticate",
        "client_secret=\(waiting.clientSecret)&success=true")
      #expect(try await stripe.gateway.look(reference: reference).reported.state == .succeeded)
    }
  }

  @Test(
    "a saved method pays off session, a card that cannot be saved says so, and it is taken away")
  func saved() async throws {  // P-2, P-7
    try await withStripe { stripe in
      let saved = try await stripe.setUp("pm_card_visa").reported
      #expect((saved.state, saved.brand, saved.lastDigits) == (.active, "visa", "4242"))
      #expect((saved.expiryMonth, saved.expiryYear) == (12, 2030))
      #expect(try await stripe.gateway.lookAtSetUp(reference: saved.reference).reported == saved)
      let choice = try #require(saved.choice)
      #expect(choice.saved == stripe.method)
      let reference = try await stripe.prepare(amount: 7_000, customer: choice.customer)
      #expect(try await stripe.confirm(reference, choice.token).reported.state == .succeeded)
      #expect(try await stripe.gateway.detach(token: choice.token).reported.state == .detached)

      let failed = try await stripe.setUp("pm_card_visa_chargeDeclined").reported
      #expect((failed.state, failed.failure) == (.failed, "card_declined"))
      let open = try await stripe.setUp("").reported
      #expect(open.state == .pending)
      #expect(!open.clientSecret.isEmpty)
    }
  }

  @Test("what is not there is not found; a wrong key leaves open what happened")
  func strangers() async throws {  // P-8
    try await withStripe { stripe in
      #expect(await stripe.gateway.look(reference: "pi_nothing") == .notFound)
      #expect(await stripe.confirm("pi_nothing", "pm_card_visa") == .notFound)
      #expect(await stripe.gateway.lookAtSetUp(reference: "seti_nothing") == .notFound)
      #expect(await stripe.gateway.detach(token: "pm_nothing") == .notFound)
      #expect(await stripe.refund("pi_nothing", 1) == .notFound)
    }
    try await withStripe(key: "wrong") { stripe in
      #expect(await stripe.gateway.look(reference: "pi_nothing").isUnknown)
    }
  }

  /// Whether the server has done it when the answer goes wrong.
  private static let faults: [(fault: String, isDone: Bool)] = [
    ("drop before", false), ("drop after", true), ("delay", true), ("broken", true),
    ("truncated", true), ("error before", false), ("error after", true), ("drip", true),
  ]

  @Test(
    "a confirmation whose answer goes wrong is unknown; looking tells whether it was done; once",
    arguments: faults)
  func faultyConfirm(_ fault: (fault: String, isDone: Bool)) async throws {  // P-8
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      try await stripe.plan(fault.fault, "/\(reference)/confirm$")
      let answer = await stripe.confirm(reference, "pm_card_visa")
      #expect(answer.isUnknown, "\(answer)")
      let found = try await stripe.gateway.look(reference: reference).reported
      #expect(found.state == (fault.isDone ? .succeeded : .requiresPaymentMethod))
      // And what is asked again takes nothing twice.
      let again = try await stripe.confirm(reference, "pm_card_visa").reported
      #expect((again.state, again.captured) == (.succeeded, 7_000))
      #expect(try await stripe.captured(reference) == [7_000])
    }
  }

  @Test("a confirmation that reaches the server twice takes the money once, and the answer says so")
  func doubledConfirm() async throws {  // P-8
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      try await stripe.plan("double", "/\(reference)/confirm$")
      let paid = try await stripe.confirm(reference, "pm_card_visa").reported
      #expect((paid.state, paid.captured) == (.succeeded, 7_000))
      #expect(try await stripe.captured(reference) == [7_000])
    }
  }

  @Test("a refund whose answer goes wrong is found by our id, or is not there", arguments: faults)
  func faultyRefund(_ fault: (fault: String, isDone: Bool)) async throws {  // P-6, P-8
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      _ = try await stripe.confirm(reference, "pm_card_visa").reported
      try await stripe.plan(fault.fault, "/v1/refunds$")
      let answer = await stripe.refund(reference, 2_500)
      #expect(answer.isUnknown, "\(answer)")
      let found = await stripe.gateway.lookAtRefund(
        reference: "", refund: stripe.refund, intentReference: reference)
      if fault.isDone {
        #expect(try found.reported.state == .succeeded)
      } else {
        #expect(found == .notFound)
      }
    }
  }

  @Test("cancelling, saving and looking: no fault is taken for an answer", arguments: faults)
  func faultyRest(_ fault: (fault: String, isDone: Bool)) async throws {  // P-8
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      try await stripe.plan(fault.fault, "/\(reference)$", method: "GET")
      #expect(await stripe.gateway.look(reference: reference).isUnknown)
      try await stripe.plan(fault.fault, "/\(reference)/cancel$")
      let canceled = await stripe.gateway.cancel(reference: reference, intent: stripe.intent)
      #expect(canceled.isUnknown)
      let found = try await stripe.gateway.look(reference: reference).reported
      #expect(found.state == (fault.isDone ? .canceled : .requiresPaymentMethod))
      for path in ["/v1/customers$", "/v1/setup_intents$", "/v1/setup_intents/[^/]+/confirm$"] {
        try await stripe.plan(fault.fault, path)
        #expect(await stripe.setUp("pm_card_visa").isUnknown, "\(path)")
      }
      #expect(try await stripe.setUp("pm_card_visa").reported.state == .active)
    }
  }

  @Test("every writing call carries its key and the version of the API that its shapes are of")
  func keys() async throws {  // P-8
    try await withStripe { stripe in
      let reference = try await stripe.prepare(amount: 7_000)
      _ = await stripe.confirm(reference, "pm_card_visa", attempt: 3)
      _ = await stripe.refund(reference, 1)
      let keys = try await stripe.calls().map(\.key)
      #expect(keys.contains { $0.hasPrefix("\(stripe.intent.text)-prepare") })
      #expect(keys.contains("\(stripe.intent.text)-confirm-3"))
      #expect(keys.contains(stripe.refund.text))
    }
  }

  @Test("nobody listens: unknown, and at once")
  func nobody() async throws {  // P-8
    let gateway = StripePayments(
      url: "http://127.0.0.1:1", secretKey: secretKey, webhookSecret: "whsec_x", logger: logger)
    let start = ContinuousClock.now
    #expect(await gateway.look(reference: "pi_1").isUnknown)
    #expect(ContinuousClock.now - start < .seconds(5))
    await gateway.shutDown()
  }
}

/// The adapter, with ids of its own, and what its tests ask the server past it.
private struct LiveStripe {
  struct Call: Decodable {
    let key: String
  }

  let gateway: StripePayments
  let url: String
  let intent = PaymentIntentID(rawValue: .random(in: 0...UInt128.max))
  let refund = PaymentID(rawValue: .random(in: 0...UInt128.max))
  let method = PaymentMethodID(rawValue: .random(in: 0...UInt128.max))

  func prepare(amount: Int64, customer: String = "") async throws -> String {
    try await gateway.prepare(
      PreparedWish(
        intent: intent, amount: euros(amount), customer: customer, description: "Session")
    )
    .reported.reference
  }

  func confirm(
    _ reference: String, _ token: String, attempt: Int32 = 1, isOffSession: Bool = true
  ) async -> GatewayAnswer<IntentReport> {
    await gateway.confirm(
      ConfirmWish(
        reference: reference, intent: intent, attempt: attempt, token: token,
        isOffSession: isOffSession, returnURL: "https://partner.example"))
  }

  func refund(_ reference: String, _ amount: Int64) async -> GatewayAnswer<RefundReport> {
    await gateway.refund(
      RefundWish(refund: refund, intentReference: reference, amount: euros(amount)))
  }

  func setUp(_ token: String) async -> GatewayAnswer<SetUpReport> {
    await gateway.setUp(
      SetUpWish(
        method: method, client: ClientID(rawValue: 7), token: token,
        returnURL: "https://partner.example"))
  }

  /// The next call whose path matches goes wrong.
  func plan(_ fault: String, _ path: String, method: String = "POST") async throws {
    let plan = #"{"fault": "\#(fault)", "method": "\#(method)", "path": "\#(path)", "seconds": 4}"#
    _ = try await post("/_faults", plan)
  }

  func calls() async throws -> [Call] {
    try JSONDecoder().decode(
      [Call].self, from: try await ask(HTTPClientRequest(url: url + "/_faults")))
  }

  /// The amounts of an intent's charges.
  func captured(_ reference: String) async throws -> [Int64] {
    struct Charges: Decodable {
      struct Charge: Decodable {
        let amount: Int64
        let paymentIntent: String?
        let status: String
      }
      let data: [Charge]
    }
    let content = try await ask(HTTPClientRequest(url: url + "/v1/charges?limit=100"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Charges.self, from: content).data
      .filter { $0.paymentIntent == reference && $0.status == "succeeded" }.map(\.amount)
  }

  func newMethod(_ number: String) async throws -> String {
    struct Method: Decodable {
      let id: String
    }
    let content = try await post(
      "/v1/payment_methods",
      "type=card&card[number]=\(number)&card[exp_month]=12&card[exp_year]=2031&card[cvc]=123")
    return try JSONDecoder().decode(Method.self, from: content).id
  }

  func post(_ path: String, _ body: String) async throws -> Data {
    var request = HTTPClientRequest(url: url + path)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.body = .bytes(ByteBuffer(string: body))
    return try await ask(request)
  }

  private func ask(_ request: HTTPClientRequest) async throws -> Data {
    var request = request
    request.headers.add(name: "Authorization", value: "Bearer \(secretKey)")
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let content = try await response.body.collect(upTo: 1 << 24)
    guard response.status == .ok else { throw NoReport(answer: String(buffer: content)) }
    return Data(content.readableBytesView)
  }
}

private func withStripe(
  key: String = secretKey, _ body: (LiveStripe) async throws -> Void
) async throws {
  let url = try #require(serverURL)
  let gateway = StripePayments(
    url: url, secretKey: key, webhookSecret: "whsec_x", logger: logger, timeoutMs: timeoutMs)
  do {
    try await body(LiveStripe(gateway: gateway, url: url))
  } catch {
    await gateway.shutDown()
    throw error
  }
  await gateway.shutDown()
}
