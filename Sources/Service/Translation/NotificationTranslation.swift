internal import Availability
internal import Booking
internal import Letters
internal import SwiftProtobuf
internal import Wire

/// A read of how a partner's people are told.
enum NotificationQuery: Sendable {
  case settings
  case templates
  case template(MessageTemplateKey)
  /// - Parameters:
  ///   - template: nil is the one that would be used.
  ///   - language: the reader's.
  case preview(MessageTemplateKey, MessageTemplate?, language: LanguageTag)
}

extension Translation {
  func notificationQuery(
    _ method: Method, _ message: some SwiftProtobufContiguousBytes
  ) throws -> NotificationQuery {
    switch method {
    case .notificationsGetSettings:
      _ = try Seduta_V1_NotificationsGetSettingsRequest(serializedBytes: message)
      return .settings
    case .notificationsListTemplates:
      _ = try Seduta_V1_NotificationsListTemplatesRequest(serializedBytes: message)
      return .templates
    case .notificationsGetTemplate:
      let request = try Seduta_V1_NotificationsGetTemplateRequest(serializedBytes: message)
      var reader = FieldReader(zones: zones)
      let key = reader.templateKey(request.key, "key")
      return .template(try reader.finish(key))
    case .notificationsPreviewTemplate:
      return try preview(Seduta_V1_NotificationsPreviewTemplateRequest(serializedBytes: message))
    default: preconditionFailure("\(method.rawValue) reads nothing of notifications")
    }
  }

  private func preview(
    _ message: Seduta_V1_NotificationsPreviewTemplateRequest
  ) throws -> NotificationQuery {
    var reader = FieldReader(zones: zones)
    let key = reader.templateKey(message.template.key, "template.key")
    let template = message.template.hasBody ? reader.template(message.template, for: key) : nil
    let language =
      message.readerLanguage.isEmpty
      ? key?.language : reader.language(message.readerLanguage, "reader_language")
    guard let key, let language else { throw Malformed(faults: reader.faults) }
    return try reader.finish(.preview(key, template, language: language))
  }

  func updateNotificationSettings(
    _ message: Seduta_V1_NotificationsUpdateSettingsRequest, from caller: Caller
  ) throws -> Command {
    let (fields, masked): (Set<NotificationField>, FieldReader) = requiredMask(
      message.updateMask, at: caller)
    var reader = masked
    let asked = message.settings
    let name = reader.text(asked.senderName, "settings.sender_name", length: 0...100)
    let replyTo =
      asked.replyTo.isEmpty ? nil : reader.email(asked.replyTo, "settings.reply_to")
    let payURL = reader.link(asked.payURL, "settings.pay_url", naming: "appointment_id")
    let cancelURL = reader.link(asked.cancelURL, "settings.cancel_url", naming: "token")
    let joinURL = reader.link(asked.joinURL, "settings.join_url", naming: "appointment_id")
    let version = reader.seenVersion(asked.version, "settings.version")
    let settings = name.map {
      NotificationSettings(
        senderName: $0, replyTo: replyTo, payURL: payURL, cancelURL: cancelURL, joinURL: joinURL,
        sendsEmail: asked.email, sendsSMS: asked.sms, version: 0)
    }
    let put = settings.map {
      NotificationSettingsPut(settings: $0, fields: fields, seenVersion: version)
    }
    return command(
      .putNotificationSettings(try reader.finish(put)), from: caller, validateOnly: false)
  }

  func putTemplate(
    _ message: Seduta_V1_NotificationsPutTemplateRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let key = reader.templateKey(message.template.key, "template.key")
    let template = reader.template(message.template, for: key)
    let version = reader.seenVersion(message.template.version, "template.version")
    guard let key, let template else { throw Malformed(faults: reader.faults) }
    let put = MessageTemplatePut(key: key, template: template, seenVersion: version)
    return command(
      .putMessageTemplate(try reader.finish(put)), from: caller, validateOnly: false)
  }

  func deleteTemplate(
    _ message: Seduta_V1_NotificationsDeleteTemplateRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let key = reader.templateKey(message.key, "key")
    let version = reader.seenVersion(message.version, "version")
    let put = key.map { MessageTemplatePut(key: $0, template: nil, seenVersion: version) }
    return command(
      .putMessageTemplate(try reader.finish(put)), from: caller, validateOnly: false)
  }

  /// Fields that an update has to name: what it leaves out is not to be turned off by mistake.
  func requiredMask<Field: CaseIterable & RawRepresentable<String> & Hashable>(
    _ mask: Google_Protobuf_FieldMask, at caller: Caller
  ) -> (Set<Field>, FieldReader) {
    var masks = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    if mask.paths.isEmpty {
      masks.fields.fault("update_mask", "expected at least one field; it is required")
    }
    let fields: Set<Field> = masks.mask(mask)
    return (fields, masks.fields)
  }
}

extension FieldReader {
  fileprivate mutating func templateKey(
    _ message: Seduta_V1_TemplateKey, _ path: String
  ) -> MessageTemplateKey? {
    let kinds = MessageKind.allCases.map(\.rawValue).joined(separator: ", ")
    let kind = parsed(
      message.kind, "\(path).kind", "one of \(kinds)", MessageKind.init(rawValue:))
    let language = language(message.language, "\(path).language")
    let audience = Booking.Audience(message.audience)
    if audience == nil {
      fault("\(path).audience", "expected MESSAGE_AUDIENCE_CLIENT or _THERAPIST")
    }
    let channel = Booking.Channel(message.channel)
    if channel == nil { fault("\(path).channel", "expected MESSAGE_CHANNEL_EMAIL or _SMS") }
    guard let kind, let language, let audience, let channel else { return nil }
    return MessageTemplateKey(
      kind: kind, audience: audience, channel: channel, language: language)
  }

  /// - Parameter key: nil where it is wrong.
  fileprivate mutating func template(
    _ message: Seduta_V1_MessageTemplate, for key: MessageTemplateKey?
  ) -> MessageTemplate? {
    for (field, text) in [
      ("subject", message.subject), ("text", message.text), ("html", message.html),
      ("sms", message.sms),
    ] where CardNumbers.isFound(in: text) {
      fault("template.\(field)", "expected no card number: Seduta takes tokens only")
    }
    guard let key else { return nil }
    let others: [(String, String)] =
      switch key.channel {
      case .email: [("sms", message.sms)]
      case .sms: [("subject", message.subject), ("text", message.text), ("html", message.html)]
      }
    // Of a card number in it that was told.
    for (field, text) in others where !text.isEmpty && !CardNumbers.isFound(in: text) {
      fault("template.\(field)", "expected nothing: it is not of \(key.channel.rawValue)")
    }
    let template =
      switch key.channel {
      case .email:
        MessageTemplate(subject: message.subject, text: message.text, html: message.html)
      case .sms: MessageTemplate(subject: "", text: message.sms, html: "")
      }
    for wrong in LetterTemplate(template, for: key).validate() {
      let place = wrong.field == "audience" ? "key.audience" : wrong.field
      fault("template.\(place)", "expected \(wrong.expected)")
    }
    return template
  }

  /// An address with a name in braces, for which what it stands for is put in; empty is none.
  fileprivate mutating func link(
    _ value: String, _ field: String, naming name: String
  ) -> String {
    guard !value.isEmpty,
      let text = text(value, field, length: 1...2_000, kind: .code)
    else { return "" }
    let around = text.split(separator: "{\(name)}", omittingEmptySubsequences: false)
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), around.count == 2,
      around.allSatisfy({ part in
        part.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"{}\"<>\\".utf8.contains($0) }
      })
    else {
      fault(
        field,
        "expected an address that begins with https://, with \"{\(name)}\" in it once and nothing "
          + "else in braces, got \(quoted(value))")
      return ""
    }
    return text
  }
}

extension Seduta_V1_MessageTemplate {
  fileprivate var hasBody: Bool {
    !subject.isEmpty || !text.isEmpty || !html.isEmpty || !sms.isEmpty
  }
}

extension Booking.Audience {
  fileprivate init?(_ message: Seduta_V1_MessageAudience) {
    switch message {
    case .client: self = .client
    case .therapist: self = .therapist
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension Booking.Channel {
  fileprivate init?(_ message: Seduta_V1_MessageChannel) {
    switch message {
    case .email: self = .email
    case .sms: self = .sms
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}
