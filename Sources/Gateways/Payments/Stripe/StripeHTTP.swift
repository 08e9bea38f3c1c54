internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Calls over HTTP.
struct StripeHTTP: StripeTransport {
  /// What the shapes here were read from; an account's own version may be another.
  static let apiVersion = "2024-06-20"

  private let client: HTTPClient
  private let url: String
  private let secretKey: String
  private let timeoutMs: Int64

  private static let connectTimeoutMs: Int64 = 5_000
  private static let bodyByteCountMax = 1 << 20

  private struct TimedOut: Error, CustomStringConvertible {
    let description = "timed out"
  }

  /// - Parameter timeoutMs: for a call as a whole.
  init(url: String, secretKey: String, timeoutMs: Int64) {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .milliseconds(StripeHTTP.connectTimeoutMs)
    configuration.httpVersion = .http1Only
    // The errand is asked again later; until then nobody waits for a gateway that is not there.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.secretKey = secretKey
    self.timeoutMs = timeoutMs
  }

  func shutDown() async {
    // It fails only where it was shut down before.
    try? await client.shutdown()
  }

  func send(_ request: StripeRequest) async -> StripeExchange {
    do {
      return try await withThrowingTaskGroup(of: StripeResponse.self) { group in
        group.addTask { try await exchange(request) }
        group.addTask {
          try await Task.sleep(for: .milliseconds(timeoutMs))
          throw TimedOut()
        }
        defer { group.cancelAll() }
        guard let response = try await group.next() else { return .lost(reason: "no answer") }
        return .answered(response)
      }
    } catch {
      return .lost(reason: "no answer: \(error)")
    }
  }

  private func exchange(_ wanted: StripeRequest) async throws -> StripeResponse {
    var request = HTTPClientRequest(url: url + wanted.path)
    request.headers.add(name: "Authorization", value: "Bearer \(secretKey)")
    request.headers.add(name: "Stripe-Version", value: StripeHTTP.apiVersion)
    if !wanted.key.isEmpty { request.headers.add(name: "Idempotency-Key", value: wanted.key) }
    let fields = wanted.form.encoded
    switch wanted.method {
    case .get:
      if !fields.isEmpty { request.url += "?" + fields }
    case .post:
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: fields))
    }
    let response = try await client.execute(request, timeout: .milliseconds(timeoutMs))
    let body = try await response.body.collect(upTo: StripeHTTP.bodyByteCountMax)
    return StripeResponse(
      status: Int(response.status.code), body: Array(body.readableBytesView),
      requestID: response.headers.first(name: "Request-Id") ?? "",
      isReplay: response.headers.first(name: "Idempotent-Replayed") == "true")
  }
}
