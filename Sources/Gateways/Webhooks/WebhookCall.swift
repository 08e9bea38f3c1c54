public import Intervals
internal import Signing

/// Something that happened, told to a partner's server.
public struct WebhookCall: Hashable, Sendable {
  public let url: String
  /// JSON.
  public let body: [UInt8]
  /// What the partner knows the sender by; two while one is being replaced.
  public let secrets: [String]
  /// The same each time that this is told, for the partner to tell repetitions.
  public let eventID: String
  /// When it is told: partners refuse old signatures.
  public let sentAt: Instant

  public init(
    url: String, body: [UInt8], secrets: [String], eventID: String, sentAt: Instant
  ) {
    self.url = url
    self.body = body
    self.secrets = secrets
    self.eventID = eventID
    self.sentAt = sentAt
  }

  /// "t=1800000000,v1=…": the header `Seduta-Signature`, made as Stripe makes its own. Each v1 is HMAC-SHA256, in
  /// hexadecimal, over the seconds, a dot and the body; the secret is taken as it is shown, prefix and all.
  public var signature: String {
    let seconds = sentAt.msSinceEpoch / 1_000
    let signed = Array("\(seconds).".utf8) + body
    let signatures = secrets.map { secret in
      "v1=" + Digest.hmac(signed, secret: Array(secret.utf8)).hexadecimal
    }
    return (["t=\(seconds)"] + signatures).joined(separator: ",")
  }
}

/// Carries calls to partners.
public protocol WebhookTransport: Sendable {
  /// Any 2xx is delivered, 410 and a URL that may not be called are refused, all else is to be tried again.
  func send(_ call: WebhookCall) async -> Delivery
}

extension [UInt8] {
  var hexadecimal: String {
    let digits: [Character] = Array<Character>("0123456789abcdef")
    return reduce(into: "") { text, byte in
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}
