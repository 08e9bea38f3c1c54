internal import Availability
internal import Booking
internal import Gateways
internal import Testing

private let method = PaymentMethodID(rawValue: 1)
private let client = ClientID(rawValue: 7)
private let customer = StripeExchange.answer(200, #"{"id": "cus_1", "object": "customer"}"#)

@Suite struct StripeMethodTests {
  @Test("saving: customer, SetupIntent and its confirmation, each by its own key")
  func saving() async throws {  // P-7
    let script = StripeScript([
      customer, .answer(200, StripeShape.setUp("requires_payment_method")),
      .answer(200, StripeShape.setUp("succeeded", method: StripeShape.method)),
    ])
    let report = try await script.gateway.setUp(
      SetUpWish(method: method, client: client, token: "pm_1", returnURL: "https://p.example")
    ).reported
    #expect(
      report
        == SetUpReport(
          reference: "seti_1", state: .active,
          choice: MethodChoice(token: "pm_1", customer: "cus_1", saved: method), brand: "visa",
          lastDigits: "4242", expiryMonth: 12, expiryYear: 2031))
    let asked = script.asked
    #expect(
      asked.map(\.line) == [
        "POST /v1/customers", "POST /v1/setup_intents", "POST /v1/setup_intents/seti_1/confirm",
      ])
    #expect(
      asked.map(\.key) == [
        "\(client.text)-customer", "\(method.text)-setup", "\(method.text)-setup-confirm",
      ])
    #expect(asked[1].value("customer") == "cus_1")
    #expect(asked[1].value("usage") == "off_session")
    #expect(asked[2].value("payment_method") == "pm_1")
    #expect(asked[2].value("return_url") == "https://p.example")
    #expect(asked.allSatisfy { !$0.label.contains("pm_1") })
  }

  @Test("a known customer is not made again; without a token the client's browser goes on")
  func browser() async throws {
    let script = StripeScript([.answer(200, StripeShape.setUp("requires_payment_method"))])
    let report = try await script.gateway.setUp(
      SetUpWish(method: method, client: client, customer: "cus_9")
    ).reported
    #expect((report.state, report.clientSecret) == (.pending, "seti_1_secret_x"))
    #expect(report.choice == nil)
    #expect(script.asked.map { $0.value("customer") } == ["cus_9"])
  }

  @Test("a card that cannot be saved, and one whose bank wants to see the client")
  func troubles() async throws {
    let made = StripeExchange.answer(200, StripeShape.setUp("requires_payment_method"))
    let wish = SetUpWish(method: method, client: client, token: "pm_1", customer: "cus_1")
    let declined = StripeShape.error(
      "card_error", code: "card_declined", #", "decline_code": "stolen_card""#)
    let failed = await StripeScript([made, .answer(402, declined)]).gateway.setUp(wish)
    #expect(
      failed == .report(SetUpReport(reference: "seti_1", state: .failed, failure: "stolen_card")))
    let action = #"{"type": "redirect_to_url", "redirect_to_url": {"url": "https://bank.example"}}"#
    let waiting = try await StripeScript([
      made, .answer(200, StripeShape.setUp("requires_action", nextAction: action)),
    ]).gateway.setUp(wish).reported
    #expect((waiting.state, waiting.actionURL) == (.requiresAction, "https://bank.example"))
    for (status, error, state, failure) in [
      (
        "requires_payment_method", #"{"type": "card_error", "code": "expired_card"}"#,
        PaymentMethodState.failed, "expired_card"
      ), ("canceled", "null", .failed, "canceled"), ("processing", "null", .pending, ""),
    ] {
      let script = StripeScript([.answer(200, StripeShape.setUp(status, error: error))])
      let report = try await script.gateway.lookAtSetUp(reference: "seti_1").reported
      #expect((report.state, report.failure) == (state, failure))
    }
    #expect(await StripeScript([]).gateway.lookAtSetUp(reference: "") == .notFound)
    for steps in [[], [customer], [customer, made]] as [[StripeExchange]] {
      let lost = await StripeScript(steps).gateway.setUp(
        SetUpWish(method: method, client: client, token: "pm_1"))
      #expect(lost.isUnknown)
    }
  }

  @Test("taking a method away twice is no error; the token is not logged")
  func detaching() async throws {
    let gone = GatewayAnswer.report(SetUpReport(reference: "", state: .detached))
    let script = StripeScript([.answer(200, StripeShape.method)])
    #expect(await script.gateway.detach(token: "pm_1") == gone)
    #expect(script.asked.map(\.line) == ["POST /v1/payment_methods/pm_1/detach"])
    #expect(script.asked.allSatisfy { !$0.label.contains("pm_1") })
    let refused = StripeExchange.answer(
      400, StripeShape.error("invalid_request_error", code: nil))
    let free = StripeExchange.answer(
      200, StripeShape.method.replacing(#""cus_1""#, with: "null"))
    #expect(await StripeScript([refused, free]).gateway.detach(token: "pm_1") == gone)
    #expect(
      await StripeScript([refused, .answer(200, StripeShape.method)]).gateway.detach(token: "pm_1")
        == .refused(code: "invalid_request_error"))
    let missing = StripeExchange.answer(
      404, StripeShape.error("invalid_request_error", code: "resource_missing"))
    #expect(await StripeScript([missing]).gateway.detach(token: "pm_1") == .notFound)
  }
}
