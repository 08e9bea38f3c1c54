internal import Foundation
internal import Gateways
internal import Logging
internal import Synchronization

/// Answers that Stripe gave, one after another; keeps what was asked.
final class StripeScript: StripeTransport {
  private struct State {
    var answers: [StripeExchange]
    var asked: [StripeRequest] = []
  }

  private let state: Mutex<State>

  init(_ answers: [StripeExchange]) {
    state = Mutex(State(answers: answers))
  }

  var asked: [StripeRequest] { state.withLock { $0.asked } }
  var isOver: Bool { state.withLock { $0.answers.isEmpty } }

  func send(_ request: StripeRequest) async -> StripeExchange {
    state.withLock { state in
      state.asked.append(request)
      return state.answers.isEmpty
        ? .lost(reason: "the script has no answer to \(request.label)")
        : state.answers.removeFirst()
    }
  }

  var gateway: StripePayments {
    StripePayments(transport: self, webhookSecret: StripeScript.webhookSecret, logger: logger)
  }

  static let webhookSecret = "whsec_a secret of the operator's"
}

let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

extension StripeExchange {
  static func answer(_ status: Int, _ body: String, isReplay: Bool = false) -> StripeExchange {
    .answered(
      StripeResponse(
        status: status, body: Array(body.utf8), requestID: "req_1", isReplay: isReplay))
  }
}

extension StripeRequest {
  /// "POST /v1/refunds".
  var line: String { "\(method.rawValue) \(path)" }

  func value(_ name: String) -> String? { form.fields.first { $0.name == name }?.value }
}

/// Shapes as Stripe's API gives them (version 2024-06-20), without the fields that nobody reads.
enum StripeShape {
  static func intent(
    _ status: String, received: Int64 = 0, fee: Int64? = nil, method: String? = nil,
    error: String = "null", nextAction: String = "null",
    intent: String = "pin_00000000000000000000000001"
  ) -> String {
    let balance =
      fee.map {
        #"{"id": "txn_1", "object": "balance_transaction", "amount": 7000, "currency": "eur", "#
          + #""exchange_rate": null, "fee": \#($0), "net": \#(7_000 - $0)}"#
      } ?? "null"
    let charge =
      received == 0
      ? "null"
      : #"{"id": "ch_1", "object": "charge", "amount": 7000, "amount_captured": 7000, "#
        + #""balance_transaction": \#(balance)}"#
    return """
      {"id": "pi_1", "object": "payment_intent", "amount": 7000, "amount_received": \(received),
       "client_secret": "pi_1_secret_x", "currency": "eur", "customer": null,
       "capture_method": "automatic", "confirmation_method": "manual", "last_payment_error": \(error),
       "latest_charge": \(charge), "livemode": false,
       "metadata": {"seduta_intent": "\(intent)"}, "next_action": \(nextAction),
       "payment_method": \(method.map { "\"\($0)\"" } ?? "null"), "status": "\(status)"}
      """
  }

  /// - Parameter rest: more fields, with a comma before.
  static func error(_ type: String, code: String?, _ rest: String = "") -> String {
    #"{"error": {"type": "\#(type)", "code": \#(code.map { "\"\($0)\"" } ?? "null"), "#
      + #""message": "Words for a person.", "doc_url": "https://stripe.com/docs"\#(rest)}}"#
  }

  static func refund(
    _ status: String, reason: String = "null", id: String = "re_1",
    refund: String = "pay_00000000000000000000000001"
  ) -> String {
    #"{"id": "\#(id)", "object": "refund", "amount": 3000, "charge": "ch_1", "currency": "eur", "#
      + #""failure_reason": \#(reason), "metadata": {"seduta_refund": "\#(refund)"}, "#
      + #""payment_intent": "pi_1", "status": "\#(status)"}"#
  }

  static func setUp(
    _ status: String, method: String = "null", error: String = "null", nextAction: String = "null"
  ) -> String {
    """
    {"id": "seti_1", "object": "setup_intent", "client_secret": "seti_1_secret_x",
     "customer": "cus_1", "last_setup_error": \(error), "next_action": \(nextAction),
     "metadata": {"seduta_method": "pmt_00000000000000000000000001"},
     "payment_method": \(method), "status": "\(status)", "usage": "off_session"}
    """
  }

  static let method = """
    {"id": "pm_1", "object": "payment_method", "customer": "cus_1", "type": "card",
     "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2031,
      "three_d_secure_usage": {"supported": true}}}
    """
}
