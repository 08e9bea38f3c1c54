internal import Availability
internal import Booking
internal import Letters
internal import Storage
internal import Wire

/// How a partner's people are told (N-3, N-5).
extension StoreQueries {
  func notificationReply(
    to query: NotificationQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch query {
    case .settings:
      var response = Seduta_V1_NotificationsGetSettingsResponse()
      response.settings = try snapshot.notificationSettings(of: partner).message
      return try Seduta_Wire_V1_Reply(response)
    case .templates:
      var response = Seduta_V1_NotificationsListTemplatesResponse()
      response.templates = try fitting(
        try snapshot.messageTemplates(of: partner).map {
          $0.template.message(for: $0.key, version: $0.version)
        })
      return try Seduta_Wire_V1_Reply(response)
    case .template(let key):
      let found = try snapshot.messageTemplates(of: partner).first { $0.key == key }
      guard let found else { throw UnknownID(id: key.kind.rawValue, field: "key") }
      var response = Seduta_V1_NotificationsGetTemplateResponse()
      response.template = found.template.message(for: key, version: found.version)
      return try Seduta_Wire_V1_Reply(response)
    case .preview(let key, let template, let language):
      return try preview(key, template, language, of: partner, reading: snapshot)
    }
  }

  private func preview(
    _ key: MessageTemplateKey, _ template: MessageTemplate?, _ language: LanguageTag,
    of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let asked = LetterTemplate(
      template ?? MessageTemplate(subject: "", text: "", html: ""), for: key)
    guard
      var facts = LetterFacts.sample(key.kind, to: asked.audience, in: language)
    else { preconditionFailure("there are made-up facts of every message") }
    let settings = try snapshot.notificationSettings(of: partner)
    facts.sender =
      settings.senderName.isEmpty
      ? try snapshot.name(of: partner) ?? facts.sender : settings.senderName
    do {
      if template != nil { return try Seduta_Wire_V1_Reply(asked.preview(facts).preview) }
      let own = try snapshot.messageTemplates(of: partner).map {
        LetterTemplate($0.template, for: $0.key)
      }
      let letter = try Letters.compose(
        facts, kind: key.kind, audience: asked.audience, channel: asked.channel,
        overriding: own)
      return try Seduta_Wire_V1_Reply(letter.preview)
    } catch let error as LetterError {
      return .refusal(.invalid([FieldFault(error, key)]))
    }
  }
}

extension FieldFault {
  /// Why nothing can be shown.
  fileprivate init(_ error: LetterError, _ key: MessageTemplateKey) {
    switch error {
    case .notWritten:
      self.init(
        field: "template.key",
        expected: "expected a message that is sent: \(key.kind.rawValue) is not told to "
          + "\(key.audience.rawValue) by \(key.channel.rawValue)")
    case .template(let why), .unusable(let why):
      self.init(field: "template", expected: "expected a text that can be used: \(why)")
    }
  }
}
