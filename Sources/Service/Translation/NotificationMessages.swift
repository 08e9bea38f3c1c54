internal import Booking
internal import Letters
internal import Wire

extension NotificationSettings {
  var message: Seduta_V1_NotificationSettings {
    var message = Seduta_V1_NotificationSettings()
    message.senderName = senderName
    message.replyTo = replyTo?.text ?? ""
    message.payURL = payURL
    message.cancelURL = cancelURL
    message.joinURL = joinURL
    message.email = sendsEmail
    message.sms = sendsSMS
    message.version = version
    return message
  }
}

extension MessageTemplate {
  func message(for key: MessageTemplateKey, version: Int64) -> Seduta_V1_MessageTemplate {
    var message = Seduta_V1_MessageTemplate()
    message.key = key.message
    switch key.channel {
    case .email:
      message.subject = subject
      message.text = text
      message.html = html
    case .sms: message.sms = text
    }
    message.version = version
    return message
  }
}

extension MessageTemplateKey {
  fileprivate var message: Seduta_V1_TemplateKey {
    var message = Seduta_V1_TemplateKey()
    message.kind = kind.rawValue
    message.audience =
      switch audience {
      case .client: .client
      case .therapist: .therapist
      }
    message.channel =
      switch channel {
      case .email: .email
      case .sms: .sms
      }
    message.language = language.text
    return message
  }
}

extension LetterTemplate {
  /// A partner's own text, as letters are written by it.
  init(_ template: MessageTemplate, for key: MessageTemplateKey) {
    let body: Body =
      switch key.channel {
      case .email: .email(subject: template.subject, text: template.text, html: template.html)
      case .sms: .sms(text: template.text)
      }
    switch key.audience {
    case .client:
      self.init(kind: key.kind, audience: .client, language: key.language, body: body)
    case .therapist:
      self.init(kind: key.kind, audience: .therapist, language: key.language, body: body)
    }
  }
}

extension Letter {
  var preview: Seduta_V1_NotificationsPreviewTemplateResponse {
    var response = Seduta_V1_NotificationsPreviewTemplateResponse()
    switch self {
    case .email(let subject, let text, let html):
      response.subject = subject
      response.text = text
      response.html = html
    case .sms(let text): response.sms = text
    }
    return response
  }
}
