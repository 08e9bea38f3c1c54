/// One call of Stripe's API.
package struct StripeRequest: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  package let method: Method
  /// Below the base URL, such as "/v1/payment_intents/pi_1/confirm".
  package let path: String
  /// The same without what must not be logged: tokens are parts of paths.
  package let label: String
  package let form: StripeForm
  /// Stripe does the same key's call once, and remembers its answer for at least 24 hours. Empty for none.
  package let key: String

  package init(
    _ method: Method, _ path: String, label: String, form: StripeForm = StripeForm(),
    key: String = ""
  ) {
    self.method = method
    self.path = path
    self.label = label
    self.form = form
    self.key = key
  }
}

/// What came of it.
package enum StripeExchange: Sendable {
  case answered(StripeResponse)
  /// No whole answer came: it may have been done.
  case lost(reason: String)
}

package struct StripeResponse: Sendable {
  package let status: Int
  package let body: [UInt8]
  /// Stripe's name for the call, for its support.
  package let requestID: String
  /// Whether it is the answer of an earlier call with the same key: how things stood then.
  package let isReplay: Bool

  package init(status: Int, body: [UInt8], requestID: String = "", isReplay: Bool = false) {
    self.status = status
    self.body = body
    self.requestID = requestID
    self.isReplay = isReplay
  }
}

/// Carries calls to Stripe.
package protocol StripeTransport: Sendable {
  func send(_ request: StripeRequest) async -> StripeExchange
}
