internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Calls partners' servers over HTTPS.
///
/// A partner chooses the URL, so it could name a machine that only we can reach. Unless private addresses are allowed,
/// plain HTTP is refused and so is each name that leads to an address which is not the internet's: once before
/// anything is connected, and once more where the connection came out, since a name can lead elsewhere the next time.
public struct HTTPWebhooks: WebhookTransport {
  public static let callTimeoutMs: Int64 = 15_000

  private let allowsPrivateAddresses: Bool
  private let timeoutMs: Int64
  private let client: HTTPClient

  private static let bodyByteCountMax = 1 << 16
  private static let privateReason = "url: expected a public address, not one of a private network"

  private struct PrivateAddress: Error, CustomStringConvertible {
    let description = HTTPWebhooks.privateReason
  }

  /// - Parameters:
  ///   - allowsPrivateAddresses: also allows plain HTTP: for tests, and where partners are in the same house.
  ///   - timeoutMs: for a call as a whole.
  public init(
    allowsPrivateAddresses: Bool = false, timeoutMs: Int64 = HTTPWebhooks.callTimeoutMs
  ) {
    self.allowsPrivateAddresses = allowsPrivateAddresses
    self.timeoutMs = timeoutMs
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .milliseconds(min(timeoutMs, 5_000))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    if !allowsPrivateAddresses {
      configuration.http1_1ConnectionDebugInitializer = { channel in
        guard channel.remoteAddress.map(NetworkAddress.isPublic) ?? false else {
          return channel.eventLoop.makeFailedFuture(PrivateAddress())
        }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Has to be called once, at the end: open connections are closed.
  public func shutDown() async {
    // It fails only where it was shut down before.
    try? await client.shutdown()
  }

  /// Why a URL is never called, or nil; its name is not looked up. For whoever takes a partner's URL.
  public static func refusal(of url: String, allowsPrivateAddresses: Bool) -> String? {
    let schemes = allowsPrivateAddresses ? ["https", "http"] : ["https"]
    guard let parts = URL(string: url), let scheme = parts.scheme?.lowercased(),
      schemes.contains(scheme), let host = parts.host(), !host.isEmpty
    else {
      return "url: expected an address that begins with "
        + schemes.map { "\($0)://" }.joined(separator: " or ")
    }
    guard parts.user == nil, parts.password == nil else {
      return "url: expected an address without a user or password in it"
    }
    guard allowsPrivateAddresses || NetworkAddress.isPublic(host) ?? true else {
      return privateReason
    }
    return nil
  }

  public func send(_ call: WebhookCall) async -> Delivery {
    if let reason = HTTPWebhooks.refusal(
      of: call.url, allowsPrivateAddresses: allowsPrivateAddresses)
    {
      return .refused(reason: reason)
    }
    do {
      return try await within(ms: timeoutMs) { try await exchange(call) }
    } catch is PrivateAddress {
      return .refused(reason: HTTPWebhooks.privateReason)
    } catch {
      return .retry(reason: "\(error)".quotable)
    }
  }

  private func exchange(_ call: WebhookCall) async throws -> Delivery {
    // An address was looked at before; only a name leads somewhere.
    if !allowsPrivateAddresses, let host = URLComponents(string: call.url)?.encodedHost,
      NetworkAddress.isPublic(host) == nil
    {
      let addresses = try await NIOThreadPool.singleton.runIfActive {
        try NetworkAddress.addresses(of: host)
      }
      guard addresses.allSatisfy(NetworkAddress.isPublic) else { throw PrivateAddress() }
    }
    var request = HTTPClientRequest(url: call.url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "Seduta-Signature", value: call.signature)
    request.headers.add(name: "Seduta-Event-Id", value: call.eventID)
    request.headers.add(name: "User-Agent", value: "Seduta")
    request.body = .bytes(ByteBuffer(bytes: call.body))
    let response = try await client.execute(request, timeout: .milliseconds(timeoutMs))
    let code = Int(response.status.code)
    if 200..<300 ~= code {
      // What it says does not matter, but a connection is used again only once it was read.
      try? await drain(response.body)
      return .delivered(reference: "HTTP \(code)")
    }
    // Gone: the partner has taken the endpoint away.
    return code == 410 ? .refused(reason: "HTTP 410") : .retry(reason: "HTTP \(code)")
  }

  private func drain(_ body: HTTPClientResponse.Body) async throws {
    var byteCount = 0
    for try await chunk in body {
      byteCount += chunk.readableBytes
      // Leaving the loop closes the connection.
      guard byteCount <= HTTPWebhooks.bodyByteCountMax else { return }
    }
  }
}
