public import Intervals

/// An e-mail, before it is put into MIME.
public struct EmailMessage: Hashable, Sendable {
  /// The same each time that this message is sent; becomes its Message-ID.
  public let id: String
  /// When it was promised, not when it is sent: the same each time, too.
  public let date: Instant
  public let from: EmailParty
  public let to: EmailParty
  /// Who answers go to; nil where `from` reads them.
  public let replyTo: EmailParty?
  /// One line. What would break it is taken out.
  public let subject: String
  public let text: String
  /// A whole document; empty where there is only text.
  public let html: String
  /// Where the reader ends such messages, an https or mailto URL; nil where they cannot be ended.
  public let unsubscribeURL: String?

  public init(
    id: String, date: Instant, from: EmailParty, to: EmailParty, replyTo: EmailParty? = nil,
    subject: String, text: String, html: String = "", unsubscribeURL: String? = nil
  ) {
    self.id = id
    self.date = date
    self.from = from
    self.to = to
    self.replyTo = replyTo
    self.subject = subject
    self.text = text
    self.html = html
    self.unsubscribeURL = unsubscribeURL
  }
}

/// Whom an e-mail is from or to, as it was typed: whether the address is one is found out when it is sent.
public struct EmailParty: Hashable, Sendable {
  /// May be empty.
  public let name: String
  /// "ada@example.com"
  public let address: String

  public init(name: String = "", address: String) {
    self.name = name
    self.address = address
  }

  /// Whether a message can be sent to it, by some server.
  public var isAddress: Bool { MailAddress(address) != nil }
}

/// Carries e-mails.
public protocol MailTransport: Sendable {
  func send(_ message: EmailMessage) async -> Delivery
}
