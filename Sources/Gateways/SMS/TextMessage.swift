public import Intervals

/// A text message to a phone.
public struct TextMessage: Hashable, Sendable {
  /// The same each time that this message is sent.
  public let id: String
  /// When it was promised, not when it is sent: the same each time, too.
  public let date: Instant
  /// What the gateway knows us by: a number in E.164, a name of at most 11 characters, or Twilio's "MG…" of a
  /// messaging service.
  public let from: String
  /// In E.164: "+390612345678".
  public let to: String
  public let body: String

  public init(id: String, date: Instant, from: String, to: String, body: String) {
    self.id = id
    self.date = date
    self.from = from
    self.to = to
    self.body = body
  }

  /// Whether a text is a number in E.164: a plus, and 7 to 15 digits of which the first is not 0.
  public static func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.utf8.first == UInt8(ascii: "+") && 7...15 ~= digits.count
      && digits.first != UInt8(ascii: "0")
      && digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}

/// Carries text messages.
public protocol SMSTransport: Sendable {
  func send(_ message: TextMessage) async -> Delivery
}
