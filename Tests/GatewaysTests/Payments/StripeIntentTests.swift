internal import Availability
internal import Booking
internal import Gateways
internal import Testing

private let intent = SandboxBench.intent(1)
private func confirmWish(
  isOffSession: Bool = true, returnURL: String = "", saves: Bool = false
) -> ConfirmWish {
  ConfirmWish(
    reference: "pi_1", intent: intent, attempt: 2, token: "pm_1", customer: "cus_1",
    isOffSession: isOffSession, returnURL: returnURL, saves: saves)
}

@Suite struct StripeIntentTests {
  @Test("fields are form-encoded, with brackets, and empty ones are left out")
  func form() {
    var form = StripeForm()
    form.add("metadata[seduta_intent]", "pin_1")
    form.add("description", "Sitzung & Gebühr = 70 €+~")
    form.add("customer", "")
    form.add("expand[]", "a.b")
    #expect(
      form.encoded
        == "metadata%5Bseduta_intent%5D=pin_1"
        + "&description=Sitzung%20%26%20Geb%C3%BChr%20%3D%2070%20%E2%82%AC%2B~&expand%5B%5D=a.b")
    #expect(StripeForm().encoded == "")
  }

  @Test(
    "preparing makes an intent that only we confirm, by a key of its content, or changes its amount"
  )
  func preparing() async throws {  // P-7, P-8
    let script = StripeScript(
      (0..<4).map { _ in .answer(200, StripeShape.intent("requires_payment_method")) })
    let gateway = script.gateway
    let wish = PreparedWish(
      intent: intent, amount: euros(7_000), customer: "cus_1", description: "Session")
    let report = try await gateway.prepare(wish).reported
    #expect(
      report
        == IntentReport(
          reference: "pi_1", state: .requiresPaymentMethod, clientSecret: "pi_1_secret_x"))
    _ = await gateway.prepare(wish)
    _ = await gateway.prepare(
      PreparedWish(intent: intent, amount: euros(6_000), confirmsInBrowser: true))
    _ = await gateway.prepare(
      PreparedWish(intent: intent, reference: "pi_1", amount: euros(6_000)))
    let asked = script.asked
    #expect(asked[0].line == "POST /v1/payment_intents")
    #expect(
      asked[0].form.fields.map { "\($0.name)=\($0.value)" } == [
        "amount=7000", "currency=eur", "customer=cus_1", "description=Session",
        "payment_method_types[]=card", "capture_method=automatic", "confirmation_method=manual",
        "metadata[seduta_intent]=\(intent.text)", "expand[]=latest_charge.balance_transaction",
      ])
    #expect(asked[0].key.hasPrefix("\(intent.text)-prepare"))
    #expect(asked[1].key == asked[0].key)
    #expect(asked[2].key != asked[0].key)
    #expect(asked[2].value("confirmation_method") == "automatic")
    #expect(asked[3].line == "POST /v1/payment_intents/pi_1")
    #expect(asked[3].value("amount") == "6000")
    #expect(asked[3].value("metadata[seduta_intent]") == nil)
  }

  @Test("off session: one call, by the attempt's key, and the fee of the balance transaction")
  func offSession() async throws {  // P-2, P-8
    let script = StripeScript([
      .answer(200, StripeShape.intent("succeeded", received: 7_000, fee: 130))
    ])
    let report = try await script.gateway.confirm(
      confirmWish(returnURL: "https://partner.example", saves: true)
    ).reported
    #expect(
      report == IntentReport(reference: "pi_1", state: .succeeded, captured: 7_000, fee: 130))
    let asked = try #require(script.asked.first)
    #expect(asked.line == "POST /v1/payment_intents/pi_1/confirm")
    #expect(asked.key == "\(intent.text)-confirm-2")
    #expect(
      asked.form.fields.map { "\($0.name)=\($0.value)" } == [
        "payment_method=pm_1", "off_session=true", "expand[]=latest_charge.balance_transaction",
      ])
  }

  @Test("on session: the bank's page is told, and after it the same method is not named again")
  func onSession() async throws {  // P-7
    let action =
      #"{"type": "redirect_to_url", "redirect_to_url": {"url": "https://bank.example/3ds"}}"#
    let script = StripeScript([
      .answer(200, StripeShape.intent("requires_payment_method")),
      .answer(200, StripeShape.intent("requires_action", method: "pm_1", nextAction: action)),
      .answer(200, StripeShape.intent("requires_confirmation", method: "pm_1")),
      .answer(200, StripeShape.intent("succeeded", received: 7_000, fee: 130)),
      .answer(200, StripeShape.intent("requires_confirmation", method: "pm_2")),
      .answer(200, StripeShape.intent("succeeded", received: 7_000, fee: 130)),
    ])
    let gateway = script.gateway
    let wish = confirmWish(isOffSession: false, returnURL: "https://partner.example", saves: true)
    let report = try await gateway.confirm(wish).reported
    #expect((report.state, report.actionURL) == (.requiresAction, "https://bank.example/3ds"))
    #expect(try await gateway.confirm(wish).reported.state == .succeeded)
    #expect(try await gateway.confirm(wish).reported.state == .succeeded)
    let confirms = script.asked.filter { $0.method == .post }
    #expect(confirms.map { $0.value("payment_method") } == ["pm_1", nil, "pm_1"])
    #expect(confirms[0].value("return_url") == "https://partner.example")
    #expect(confirms[0].value("setup_future_usage") == "off_session")
    #expect(confirms[0].value("off_session") == nil)
  }

  @Test("a declined card is a report: the state, and why in the narrowest word")
  func declines() async throws {  // P-3
    let cases = [
      (#", "decline_code": "generic_decline""#, "card_declined", "card_declined"),
      (#", "decline_code": "insufficient_funds""#, "card_declined", "insufficient_funds"),
      ("", "expired_card", "expired_card"),
      (
        #", "decline_code": "authentication_required""#, "authentication_required",
        "authentication_required"
      ),
    ]
    for (rest, code, failure) in cases {
      let told = StripeShape.intent("requires_payment_method")
      let error = StripeShape.error(
        "card_error", code: code, rest + #", "charge": "ch_1", "payment_intent": \#(told)"#)
      // Whether or not it can be looked up afterwards.
      for second in [StripeExchange.answer(200, told), .lost(reason: "closed")] {
        let script = StripeScript([.answer(402, error), second])
        let report = try await script.gateway.confirm(confirmWish()).reported
        #expect(report.state == .requiresPaymentMethod)
        #expect(report.failure == failure)
        #expect(report.clientSecret == "pi_1_secret_x")
        #expect(script.isOver)
      }
    }
    let lastError = #"{"type": "card_error", "code": "card_declined", "decline_code": "lost_card"}"#
    let script = StripeScript([
      .answer(200, StripeShape.intent("requires_payment_method", error: lastError))
    ])
    #expect(try await script.gateway.look(reference: "pi_1").reported.failure == "lost_card")
  }

  @Test("an intent that is past what is asked is reported, with its fee, and is no error")
  func pastIt() async throws {  // P-3
    let told = StripeShape.intent("succeeded", received: 7_000)
    let error = StripeShape.error(
      "invalid_request_error", code: "payment_intent_unexpected_state",
      #", "payment_intent": \#(told)"#)
    let full = StripeExchange.answer(
      200, StripeShape.intent("succeeded", received: 7_000, fee: 130))
    let paid = GatewayAnswer.report(
      IntentReport(reference: "pi_1", state: .succeeded, captured: 7_000, fee: 130))
    #expect(
      await StripeScript([.answer(400, error), full]).gateway
        .cancel(reference: "pi_1", intent: intent) == paid)
    #expect(
      await StripeScript([.answer(400, error), full]).gateway.confirm(confirmWish()) == paid)
    let wish = PreparedWish(intent: intent, reference: "pi_1", amount: euros(1))
    #expect(await StripeScript([.answer(400, error), full]).gateway.prepare(wish) == paid)
    let canceled = StripeExchange.answer(200, StripeShape.intent("canceled"))
    #expect(
      try await StripeScript([canceled]).gateway.cancel(reference: "pi_1", intent: intent)
        .reported.state == .canceled)
  }

  @Test("the answer of an earlier call with the same key is looked up: it is how things stood then")
  func replays() async throws {  // P-8
    let script = StripeScript([
      .answer(200, StripeShape.intent("requires_action"), isReplay: true),
      .answer(200, StripeShape.intent("succeeded", received: 7_000, fee: 130)),
    ])
    #expect(try await script.gateway.confirm(confirmWish()).reported.state == .succeeded)
    #expect(script.asked.map(\.method) == [.post, .get])
  }

  @Test("what is certain is refused or not found; whatever leaves open what happened is unknown")
  func errors() async throws {  // P-8
    let invalid = StripeShape.error(
      "invalid_request_error", code: "parameter_invalid_integer", #", "param": "amount""#)
    let missing = StripeShape.error("invalid_request_error", code: "resource_missing")
    let noMethod = StripeShape.error(
      "invalid_request_error", code: "resource_missing", #", "param": "payment_method""#)
    let open = StripeExchange.answer(200, StripeShape.intent("requires_payment_method"))
    #expect(
      await StripeScript([.answer(400, invalid), open]).gateway.confirm(confirmWish())
        == .refused(code: "parameter_invalid_integer"))
    #expect(
      await StripeScript([.answer(404, noMethod), open]).gateway.confirm(confirmWish())
        == .refused(code: "resource_missing"))
    #expect(
      await StripeScript([.answer(404, missing)]).gateway.confirm(confirmWish()) == .notFound)
    #expect(
      await StripeScript([.answer(404, missing)]).gateway.look(reference: "pi_1") == .notFound)
    let unclear: [StripeExchange] = [
      .lost(reason: "closed"),
      .answer(401, StripeShape.error("invalid_request_error", code: nil)),
      .answer(403, StripeShape.error("invalid_request_error", code: nil)),
      .answer(409, StripeShape.error("idempotency_error", code: "idempotency_key_in_use")),
      .answer(409, StripeShape.error("invalid_request_error", code: "lock_timeout")),
      .answer(400, StripeShape.error("idempotency_error", code: nil)),
      .answer(429, StripeShape.error("invalid_request_error", code: "rate_limit")),
      .answer(500, StripeShape.error("api_error", code: nil)),
      .answer(502, "<html>Bad Gateway</html>"), .answer(503, ""),
      .answer(400, "<html>"), .answer(402, ""), .answer(302, ""), .answer(100, ""),
      .answer(200, ""), .answer(200, "{"), .answer(200, "{}"), .answer(200, "[]"),
      .answer(200, String(StripeShape.intent("succeeded").dropLast(9))),
      .answer(200, StripeShape.intent("requires_capture")),
    ]
    for exchange in unclear {
      let answer = await StripeScript([exchange]).gateway.confirm(confirmWish())
      #expect(answer.isUnknown, "\(exchange): \(answer)")
      let looked = await StripeScript([exchange]).gateway.look(reference: "pi_1")
      #expect(looked.isUnknown, "\(exchange): \(looked)")
    }
  }

  @Test("a fee in the account's currency is the same share of the charge, rounded half up")
  func foreignFee() async throws {
    // 70.00 PLN came to 16.25 EUR, of which Stripe kept 0.49.
    let cases: [(booked: Int64, fee: Int64, expected: Int64)] = [
      (1_625, 49, 211), (7_000, 49, 49), (3_500, 49, 98), (14_000, 1, 1), (0, 0, 0),
    ]
    for (booked, fee, expected) in cases {
      let shape = StripeShape.intent("succeeded", received: 7_000, fee: fee)
        .replacing(#""amount": 7000, "currency""#, with: #""amount": \#(booked), "currency""#)
      let script = StripeScript([.answer(200, shape)])
      #expect(try await script.gateway.look(reference: "pi_1").reported.fee == expected)
    }
  }

  @Test("a reference cannot lead to another path")
  func paths() async {
    let script = StripeScript([])
    _ = await script.gateway.look(reference: "../customers?x=1")
    #expect(script.asked.first?.path == "/v1/payment_intents/..%2Fcustomers%3Fx%3D1")
  }
}
