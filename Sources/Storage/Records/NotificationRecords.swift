public import Availability
public import Booking

/// A partner's own text, and which message it is for (N-3).
public struct StoredTemplate: Hashable, Sendable {
  public let key: MessageTemplateKey
  public let template: MessageTemplate
  public let version: Int64
}

extension StoreSnapshot {
  /// How a partner's messages go out; unset before anything was set.
  public func notificationSettings(of partner: PartnerID) throws -> NotificationSettings {
    try database.first(
      """
      SELECT sender_name, reply_to, pay_url, cancel_url, join_url, sends_email, sends_sms, version
      FROM notification_settings WHERE partner_id = $1
      """, [.id(partner)]
    ) { row in
      let columns = Columns(row: row, table: "notification_settings", id: partner.text)
      return NotificationSettings(
        senderName: row.text(0), replyTo: try columns.optional(1, "reply_to", EmailAddress.init),
        payURL: row.text(2), cancelURL: row.text(3), joinURL: row.text(4),
        sendsEmail: row.int(5) == 1, sendsSMS: row.int(6) == 1, version: row.int(7))
    } ?? .unset
  }

  /// All texts that a partner has of its own, by kind, audience, channel and language.
  public func messageTemplates(of partner: PartnerID) throws -> [StoredTemplate] {
    try database.rows(
      """
      SELECT kind, audience, channel, language, subject, body, html, version
      FROM message_templates WHERE partner_id = $1 AND body IS NOT NULL
      ORDER BY kind, audience, channel, language
      """, [.id(partner)]
    ) { row in
      let columns = Columns(row: row, table: "message_templates", id: partner.text)
      let key = MessageTemplateKey(
        kind: try columns.parsed(0, "kind", MessageKind.init(rawValue:)),
        audience: try columns.parsed(1, "audience", Audience.init(rawValue:)),
        channel: try columns.parsed(2, "channel", Channel.init(rawValue:)),
        language: try columns.parsed(3, "language", LanguageTag.init))
      return StoredTemplate(
        key: key,
        template: MessageTemplate(subject: row.text(4), text: row.text(5), html: row.text(6)),
        version: row.int(7))
    }
  }

  /// The version of a partner's text, taken away or not; nil where there never was one.
  func templateVersion(of key: MessageTemplateKey, _ partner: PartnerID) throws -> Int64? {
    try database.first(
      """
      SELECT version FROM message_templates
      WHERE partner_id = $1 AND kind = $2 AND audience = $3 AND channel = $4 AND language = $5
      """, [.id(partner)] + key.columns
    ) { $0.int(0) }
  }
}

extension MessageTemplateKey {
  /// Kind, audience, channel and language.
  fileprivate var columns: [SQLValue] {
    [
      .text(kind.rawValue), .text(audience.rawValue), .text(channel.rawValue),
      .text(language.text),
    ]
  }
}

extension StoreTransaction {
  func put(_ settings: NotificationSettings, of partner: PartnerID) throws {
    try database.execute(
      """
      INSERT INTO notification_settings (partner_id, sender_name, reply_to, pay_url, cancel_url,
        join_url, sends_email, sends_sms, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (partner_id) DO UPDATE SET sender_name = excluded.sender_name,
        reply_to = excluded.reply_to, pay_url = excluded.pay_url,
        cancel_url = excluded.cancel_url, join_url = excluded.join_url,
        sends_email = excluded.sends_email, sends_sms = excluded.sends_sms,
        version = excluded.version
      """,
      [
        .id(partner), .text(settings.senderName), .optionalText(settings.replyTo?.text),
        .text(settings.payURL), .text(settings.cancelURL), .text(settings.joinURL),
        .flag(settings.sendsEmail), .flag(settings.sendsSMS), .int(settings.version),
      ])
  }

  /// Nil takes the text away.
  func put(
    _ template: MessageTemplate?, for key: MessageTemplateKey, version: Int64, of partner: PartnerID
  ) throws {
    try database.execute(
      """
      INSERT INTO message_templates (partner_id, kind, audience, channel, language, subject, body,
        html, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (partner_id, kind, audience, channel, language) DO UPDATE SET
        subject = excluded.subject, body = excluded.body, html = excluded.html,
        version = excluded.version
      """,
      [.id(partner)] + key.columns + [
        .optionalText(template?.subject), .optionalText(template?.text),
        .optionalText(template?.html), .int(version),
      ])
  }
}
