internal import Booking

extension Scene {
  func mail(_ copy: Copy, kind: MessageKind, to audience: Audience) throws -> Letter {
    let values = values()
    // Each by itself: a line of the source whose sections are all left out must not look like an empty one.
    func paragraphs(_ source: String) throws -> [String] {
      try Prose.paragraphs(source).compactMap { paragraph in
        Prose.paragraphs(try Escaping.text.rendered(paragraph, with: values)).first
      }
    }
    let subject = Prose.subject(try Escaping.text.rendered(copy.subject, with: values))
    let (buttons, links) = actions(of: kind, for: audience)
    let layout = MailLayout(
      language: language, subject: subject, preheader: when ?? facts.sender,
      greeting: try paragraphs(tongue.words.greeting).joined(),
      lead: try paragraphs(copy.lead),
      entries: Row.rows(of: kind).compactMap { entry($0, to: audience) },
      closing: try paragraphs(copy.closing), buttons: buttons, links: links,
      farewell: tongue.words.farewell, sender: Prose.oneLine(facts.sender))
    return .email(subject: subject, text: layout.text, html: try layout.html())
  }

  /// Paying and cancelling are the client's.
  private func actions(
    of kind: MessageKind, for audience: Audience
  ) -> (buttons: [MailLayout.Action], links: [MailLayout.Action]) {
    let words = tongue.words.actions
    func action(_ label: String, _ url: String?) -> [MailLayout.Action] {
      url.map { [MailLayout.Action(label: label, url: $0)] } ?? []
    }
    let isClient = audience == .client
    let pay = isClient ? action(words.pay, facts.links.pay) : []
    let cancel = isClient ? action(words.cancel, facts.links.cancel) : []
    let join = facts.session?.place == .online ? action(words.join, facts.links.join) : []
    switch kind {
    case .bookingConfirmed, .requestAccepted: return (pay + join, cancel)
    case .appointmentChanged, .reminder: return (join, cancel)
    case .paymentFailed: return (pay, cancel)
    case .packageLinked, .packageRenewed: return (pay, [])
    case .requestReceived, .requestDeclined, .appointmentCancelled, .paymentCancelled, .paid,
      .refunded, .refundFailed:
      return ([], [])
    }
  }

  /// Links go before the text is cut: they are in the e-mail, too.
  func message(_ source: String) throws -> Letter {
    let texts = try [Set<Variable>(), [.joinURL, .cancelURL, .payURL]].map { left in
      var values = values(without: left)
      values[Variable.sender.rawValue] = ShortMessage.sender(facts.sender)
      return ShortMessage.typed(try Escaping.text.rendered(source, with: values))
    }
    return .sms(text: ShortMessage.fitted(texts))
  }
}
