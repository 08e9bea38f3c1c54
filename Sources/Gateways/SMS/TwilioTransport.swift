internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Twilio's Programmable Messaging, over its HTTP API.
///
/// Twilio has no idempotency keys: where an answer is lost the message is sent again, and can come twice.
public struct TwilioTransport: SMSTransport {
  public static let url = "https://api.twilio.com"
  public static let callTimeoutMs: Int64 = 30_000

  private let url: String
  private let account: String
  private let authorization: String
  private let statusCallbackURL: String?
  private let timeoutMs: Int64
  private let client: HTTPClient

  private static let connectTimeoutMs: Int64 = 5_000
  private static let bodyByteCountMax = 1 << 16
  /// What is wrong with who sends: the message is well, and the operator can mend it.
  private static let senderCodes: Set<Int> = [
    21_212, 21_603, 21_606, 21_659, 21_660, 21_661, 21_701, 21_702, 21_703, 21_704,
  ]

  /// - Parameters:
  ///   - url: of the API; another one for tests.
  ///   - account: the account's SID, "AC…".
  ///   - statusCallbackURL: where Twilio tells what became of a message; nil where nobody listens.
  ///   - timeoutMs: for one call.
  public init(
    url: String = TwilioTransport.url, account: String, authToken: String,
    statusCallbackURL: String? = nil, timeoutMs: Int64 = TwilioTransport.callTimeoutMs
  ) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.account = account
    authorization = "Basic " + Data("\(account):\(authToken)".utf8).base64EncodedString()
    self.statusCallbackURL = statusCallbackURL
    self.timeoutMs = timeoutMs
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .milliseconds(TwilioTransport.connectTimeoutMs)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Has to be called once, at the end: open connections are closed.
  public func shutDown() async {
    // It fails only where it was shut down before.
    try? await client.shutdown()
  }

  public func send(_ message: TextMessage) async -> Delivery {
    guard TextMessage.isNumber(message.to) else {
      return .refused(reason: "to: expected a number such as +390612345678")
    }
    var form = StripeForm()
    form.add("To", message.to)
    form.add(message.from.hasPrefix("MG") ? "MessagingServiceSid" : "From", message.from)
    form.add("Body", message.body)
    form.add("StatusCallback", statusCallbackURL ?? "")
    let path = "/2010-04-01/Accounts/\(StripeForm.escaped(account))/Messages.json"
    var request = HTTPClientRequest(url: url + path)
    request.method = .POST
    request.headers.add(name: "Authorization", value: authorization)
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.body = .bytes(ByteBuffer(string: form.encoded))
    do {
      return try await within(ms: timeoutMs) { [request] in try await exchange(request) }
    } catch {
      return .retry(reason: "no answer: \(error)".quotable)
    }
  }

  private func exchange(_ request: HTTPClientRequest) async throws -> Delivery {
    let response = try await client.execute(request, timeout: .milliseconds(timeoutMs))
    let body = try await response.body.collect(upTo: TwilioTransport.bodyByteCountMax)
    return TwilioTransport.delivery(
      status: Int(response.status.code), body: Array(body.readableBytesView),
      retryAfter: response.headers.first(name: "Retry-After"))
  }

  /// - Parameter retryAfter: the header of that name.
  package static func delivery(status: Int, body: [UInt8], retryAfter: String?) -> Delivery {
    let answer = try? JSONDecoder().decode(TwilioAnswer.self, from: Data(body))
    if 200..<300 ~= status { return .delivered(reference: (answer?.sid ?? "").quotable) }
    var reason = "HTTP \(status)"
    if let code = answer?.code { reason += ", code \(code)" }
    if let said = answer?.message { reason += ": \(said)" }
    if let retryAfter { reason += ", retry after \(retryAfter) s" }
    // 401, 403 and 404 are about our account.
    guard status == 400, let code = answer?.code, !senderCodes.contains(code) else {
      return .retry(reason: reason.quotable)
    }
    return .refused(reason: reason.quotable)
  }
}

/// A message resource, or an error, as far as they are read.
private struct TwilioAnswer: Decodable {
  let sid: String?
  let code: Int?
  let message: String?
}
