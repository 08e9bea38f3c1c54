/// How a partner's messages go out (N-5).
public struct NotificationSettings: Hashable, Sendable {
  /// What readers see as the sender, in messages too; empty means the partner's name.
  public let senderName: String
  /// Where answers go; nil is nowhere.
  public let replyTo: EmailAddress?
  /// Where a client pays, with "{appointment_id}" in it; empty leaves the link out.
  public let payURL: String
  /// Where a client cancels, with "{token}" in it; empty leaves the link out.
  public let cancelURL: String
  /// Where a party joins a session online, with "{appointment_id}" in it; empty leaves the link out.
  public let joinURL: String
  /// Whether e-mails and SMS are sent at all: a partner may tell people by webhooks alone.
  public let sendsEmail: Bool
  public let sendsSMS: Bool
  /// Grows by one with every change; 0 before the first.
  public let version: Int64

  public init(
    senderName: String, replyTo: EmailAddress?, payURL: String, cancelURL: String, joinURL: String,
    sendsEmail: Bool, sendsSMS: Bool, version: Int64
  ) {
    self.senderName = senderName
    self.replyTo = replyTo
    self.payURL = payURL
    self.cancelURL = cancelURL
    self.joinURL = joinURL
    self.sendsEmail = sendsEmail
    self.sendsSMS = sendsSMS
    self.version = version
  }

  /// Before anything was set.
  public static let unset = NotificationSettings(
    senderName: "", replyTo: nil, payURL: "", cancelURL: "", joinURL: "", sendsEmail: true,
    sendsSMS: true, version: 0)
}

/// What of them a change can name; the raw values are the names on the wire.
public enum NotificationField: String, CaseIterable, Sendable {
  case senderName = "sender_name"
  case replyTo = "reply_to"
  case payURL = "pay_url"
  case cancelURL = "cancel_url"
  case joinURL = "join_url"
  case sendsEmail = "email"
  case sendsSMS = "sms"
}

public struct NotificationSettingsPut: Hashable, Sendable {
  /// Its version does not count.
  public let settings: NotificationSettings
  /// Which of them are to be taken.
  public let fields: Set<NotificationField>
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?

  public init(
    settings: NotificationSettings, fields: Set<NotificationField>, seenVersion: Int64?
  ) {
    self.settings = settings
    self.fields = fields
    self.seenVersion = seenVersion
  }

  func applied(to old: NotificationSettings) -> NotificationSettings {
    let new = settings
    return NotificationSettings(
      senderName: fields.contains(.senderName) ? new.senderName : old.senderName,
      replyTo: fields.contains(.replyTo) ? new.replyTo : old.replyTo,
      payURL: fields.contains(.payURL) ? new.payURL : old.payURL,
      cancelURL: fields.contains(.cancelURL) ? new.cancelURL : old.cancelURL,
      joinURL: fields.contains(.joinURL) ? new.joinURL : old.joinURL,
      sendsEmail: fields.contains(.sendsEmail) ? new.sendsEmail : old.sendsEmail,
      sendsSMS: fields.contains(.sendsSMS) ? new.sendsSMS : old.sendsSMS,
      version: old.version + 1)
  }
}
