/// Which message a partner's own text is for (N-3).
public struct MessageTemplateKey: Hashable, Sendable {
  public let kind: MessageKind
  public let audience: Audience
  public let channel: Channel
  /// Read by those whose language is this one, or one more specific.
  public let language: LanguageTag

  public init(kind: MessageKind, audience: Audience, channel: Channel, language: LanguageTag) {
    self.kind = kind
    self.audience = audience
    self.channel = channel
    self.language = language
  }
}

/// Who reads a message.
public enum Audience: String, CaseIterable, Sendable {
  /// Also whoever asked for an appointment and is not known as a client yet.
  case client = "CLIENT"
  case therapist = "THERAPIST"
}

/// A partner's own text in the place of ours (N-3): Mustache.
public struct MessageTemplate: Hashable, Sendable {
  /// Empty for SMS.
  public let subject: String
  public let text: String
  /// Empty for SMS.
  public let html: String

  public init(subject: String, text: String, html: String) {
    self.subject = subject
    self.text = text
    self.html = html
  }
}

/// A text to take, or with nil to take away.
public struct MessageTemplatePut: Hashable, Sendable {
  public let key: MessageTemplateKey
  /// Found to be valid by whoever reads templates.
  public let template: MessageTemplate?
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?

  public init(key: MessageTemplateKey, template: MessageTemplate?, seenVersion: Int64?) {
    self.key = key
    self.template = template
    self.seenVersion = seenVersion
  }
}
