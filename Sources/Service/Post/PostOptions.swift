public import Gateways

/// By which ways messages go out (N-5), and in whose name.
public struct PostOptions: Sendable {
  /// Nil where no e-mails are sent.
  public var mail: (any MailTransport)?
  /// Nil where no text messages are sent.
  public var sms: (any SMSTransport)?
  public var webhooks: any WebhookTransport
  /// Whether partners may name webhooks in private networks and over plain HTTP.
  public var allowsPrivateWebhooks: Bool
  /// Who e-mails are from.
  public var sender: EmailParty
  /// Who text messages are from, as the gateway knows us.
  public var smsSender: String

  public init(
    mail: (any MailTransport)?, sms: (any SMSTransport)?, webhooks: any WebhookTransport,
    allowsPrivateWebhooks: Bool, sender: EmailParty, smsSender: String
  ) {
    self.mail = mail
    self.sms = sms
    self.webhooks = webhooks
    self.allowsPrivateWebhooks = allowsPrivateWebhooks
    self.sender = sender
    self.smsSender = smsSender
  }
}
