internal import Booking
public import Logging

/// Stripe, over its HTTP API (P-7).
///
/// Cards only, captured at once. Amounts are what ISO 4217 counts as minor units, which is Stripe's way too but for
/// currencies such as UGX.
public struct StripePayments: PaymentGateway {
  public static let gatewayName = "stripe"
  public static let url = "https://api.stripe.com"
  public static let callTimeoutMs: Int64 = 30_000

  let transport: any StripeTransport
  let webhookSecret: [UInt8]
  let returnURL: String
  let logger: Logger
  private let http: StripeHTTP?

  public var name: String { StripePayments.gatewayName }

  /// - Parameters:
  ///   - url: of the API; another one for tests.
  ///   - secretKey: "sk_…".
  ///   - webhookSecret: "whsec_…", as it is shown, of the endpoint that Stripe sends its events to.
  ///   - returnURL: where clients' browsers go after their bank, unless a wish says where.
  ///   - timeoutMs: for one call.
  public init(
    url: String = StripePayments.url, secretKey: String, webhookSecret: String,
    returnURL: String = "", logger: Logger, timeoutMs: Int64 = StripePayments.callTimeoutMs
  ) {
    self.returnURL = returnURL
    let http = StripeHTTP(url: url, secretKey: secretKey, timeoutMs: timeoutMs)
    self.http = http
    transport = http
    self.webhookSecret = Array(webhookSecret.utf8)
    self.logger = logger
  }

  package init(
    transport: any StripeTransport, webhookSecret: String, returnURL: String = "", logger: Logger
  ) {
    self.returnURL = returnURL
    http = nil
    self.transport = transport
    self.webhookSecret = Array(webhookSecret.utf8)
    self.logger = logger
  }

  /// Has to be called once, at the end: open connections are closed.
  public func shutDown() async {
    await http?.shutDown()
  }
}

/// What a call came to.
enum StripeReply<Object: Decodable & Sendable>: Sendable {
  /// - Parameter isReplay: whether it is how things stood when the same call came first.
  case object(Object, isReplay: Bool)
  /// - Parameter status: of HTTP; 400 to 499.
  case error(StripeError, status: Int)
  /// It may have been done.
  case unknown(String)
}

extension StripePayments {
  func call<Object: Decodable & Sendable>(
    _ request: StripeRequest, _ type: Object.Type
  ) async -> StripeReply<Object> {
    let exchange = await transport.send(request)
    let response: StripeResponse
    switch exchange {
    case .lost(let reason):
      logger.warning(
        "Stripe gave no answer", metadata: ["call": "\(request.label)", "reason": "\(reason)"])
      return .unknown(reason)
    case .answered(let answered): response = answered
    }
    if (200..<300).contains(response.status) {
      guard let object = StripeJSON.decode(type, from: response.body) else {
        return unclear(request, response, "its answer cannot be read")
      }
      return .object(object, isReplay: response.isReplay)
    }
    guard [400, 402, 404].contains(response.status),
      let error = StripeJSON.decode(StripeErrorReply.self, from: response.body)?.error
    else { return unclear(request, response, "HTTP \(response.status)") }
    logger.debug(
      "Stripe refused a call",
      metadata: [
        "call": "\(request.label)", "status": "\(response.status)",
        "code": "\(error.code ?? "")", "type": "\(error.type ?? "")",
        "request": "\(response.requestID)",
      ])
    // Another call had this key: what became of ours is open.
    if error.type == "idempotency_error" {
      return unclear(request, response, "the key of the call was used for another one")
    }
    return .error(error, status: response.status)
  }

  /// Says it in the log; louder where nothing will work until someone mends it.
  private func unclear<Object>(
    _ request: StripeRequest, _ response: StripeResponse, _ reason: String
  ) -> StripeReply<Object> {
    let isShut = response.status == 401 || response.status == 403
    logger.log(
      level: isShut ? .critical : .warning,
      isShut ? "Stripe does not let us in: is the secret key right?" : "Stripe has trouble",
      metadata: [
        "call": "\(request.label)", "status": "\(response.status)", "reason": "\(reason)",
        "request": "\(response.requestID)",
      ])
    return .unknown(reason)
  }
}

extension StripeError {
  /// What an error says where nothing more is known of it.
  func answer<Report>(status: Int) -> GatewayAnswer<Report> {
    // What is named in the path is not there; a parameter that names nothing is a wrong parameter.
    if status == 404, !StripeError.givenThings.contains(param ?? "") { return .notFound }
    return .refused(code: failure)
  }

  private static let givenThings: Set<String> = ["payment_method", "customer"]
}
