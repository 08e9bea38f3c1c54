internal import Availability
internal import Booking
internal import Gateways
internal import Testing

private let id = SandboxBench.refund(1)

@Suite struct StripeRefundTests {
  @Test("a refund goes by its own key, and carries nothing but our id")
  func refunding() async throws {  // P-6, P-8
    let script = StripeScript([
      .answer(200, StripeShape.refund("pending")),
      .answer(200, StripeShape.refund("pending"), isReplay: true),
      .answer(200, StripeShape.refund("failed", reason: #""lost_or_stolen_card""#)),
    ])
    let wish = RefundWish(
      refund: id, intentReference: "pi_1", amount: euros(3_000), reason: "was ill")
    let first = await script.gateway.refund(wish)
    #expect(first == .report(RefundReport(reference: "re_1", state: .pending)))
    let second = try await script.gateway.refund(wish).reported
    #expect((second.state, second.failure) == (.failed, "lost_or_stolen_card"))
    let asked = script.asked
    #expect(
      asked.map(\.line) == ["POST /v1/refunds", "POST /v1/refunds", "GET /v1/refunds/re_1"])
    #expect(asked[0].key == id.text)
    #expect(
      asked[0].form.fields.map { "\($0.name)=\($0.value)" } == [
        "payment_intent=pi_1", "amount=3000", "metadata[seduta_refund]=\(id.text)",
      ])
  }

  @Test("more than is left is refused in Stripe's word")
  func refusals() async {  // P-6
    for code in ["charge_already_refunded", "charge_disputed", "amount_too_large"] {
      let script = StripeScript([
        .answer(400, StripeShape.error("invalid_request_error", code: code))
      ])
      let wish = RefundWish(refund: id, intentReference: "pi_1", amount: euros(3_000))
      #expect(await script.gateway.refund(wish) == .refused(code: code))
    }
  }

  @Test("each state of Stripe's refunds")
  func states() async throws {
    let cases: [(String, String, MovementState, String)] = [
      ("pending", "null", .pending, ""), ("requires_action", "null", .pending, ""),
      ("succeeded", "null", .succeeded, ""), ("canceled", "null", .failed, "canceled"),
      ("failed", #""expired_or_canceled_card""#, .failed, "expired_or_canceled_card"),
    ]
    for (status, reason, state, failure) in cases {
      let script = StripeScript([.answer(200, StripeShape.refund(status, reason: reason))])
      let report = try await script.gateway.lookAtRefund(
        reference: "re_1", refund: id, intentReference: "pi_1"
      ).reported
      #expect((report.state, report.failure) == (state, failure))
    }
    let script = StripeScript([.answer(200, StripeShape.refund("new_state"))])
    #expect(
      await script.gateway.lookAtRefund(reference: "re_1", refund: id, intentReference: "pi_1")
        .isUnknown)
  }

  @Test("a refund whose reference is not known is sought by our id, page after page")
  func seeking() async throws {  // P-8
    let other = StripeShape.refund(
      "succeeded", id: "re_other", refund: "pay_00000000000000000000000002")
    let strange = #"{"id": "re_9", "status": "succeeded", "metadata": {}}"#
    func page(_ refunds: [String], hasMore: Bool) -> StripeExchange {
      .answer(
        200,
        #"{"object": "list", "data": [\#(refunds.joined(separator: ","))], "has_more": \#(hasMore)}"#
      )
    }
    let script = StripeScript([
      page([other, strange], hasMore: true),
      page([StripeShape.refund("succeeded")], hasMore: false),
    ])
    let report = try await script.gateway.lookAtRefund(
      reference: "", refund: id, intentReference: "pi_1"
    ).reported
    #expect(report.reference == "re_1")
    #expect(script.asked.map { $0.value("starting_after") } == [nil, "re_9"])
    #expect(script.asked.allSatisfy { $0.value("payment_intent") == "pi_1" })

    let missing = StripeShape.error(
      "invalid_request_error", code: "resource_missing", #", "param": "payment_intent""#)
    for none in [page([other], hasMore: false), page([], hasMore: true), .answer(404, missing)] {
      let answer = await StripeScript([none]).gateway
        .lookAtRefund(reference: "", refund: id, intentReference: "pi_1")
      #expect(answer == .notFound)
    }
    let answer = await StripeScript([page([other], hasMore: true), .lost(reason: "closed")]).gateway
      .lookAtRefund(reference: "", refund: id, intentReference: "pi_1")
    #expect(answer.isUnknown)
  }
}
