internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Letters
internal import Storage

/// What a promised message comes to at the moment at which it is sent.
enum Parcel: Sendable {
  case draft(Draft)
  /// - Parameter why: it is of no use any more, or there is nobody or no way to send it to.
  case skipped(why: String)

  /// All that has to be known to put a message into words, and whom it goes to.
  struct Draft: Sendable {
    let kind: MessageKind
    let audience: Audience
    let channel: Channel
    let facts: LetterFacts
    /// An e-mail address, or a number.
    let address: String
    /// The partner's own.
    let templates: [LetterTemplate]
    let replyTo: EmailAddress?
  }
}

extension Parcel.Draft {
  /// In words.
  /// - Returns: whether the partner's own text could not be used, besides.
  /// - Throws: `LetterError` where there are no words for it.
  func written() throws -> (letter: Letter, isTemplateUnusable: Bool) {
    guard !templates.isEmpty, let own = try? letter(by: templates) else {
      return (try letter(by: []), !templates.isEmpty)
    }
    return (own, false)
  }

  private func letter(by templates: [LetterTemplate]) throws -> Letter {
    try Letters.compose(
      facts, kind: kind, audience: audience, channel: channel, overriding: templates)
  }
}

extension DueMessage {
  /// "ptn_….42-0" without what a Message-ID may not have: the same each time that it is sent (N-4).
  var messageID: String { "\(partner.text)_\(message.position)-\(message.ordinal)" }

  var key: PostBook.Key {
    PostBook.Key(partner: partner, position: message.position, ordinal: message.ordinal)
  }

  var thread: PostBook.Thread {
    PostBook.Thread(
      partner: partner, recipient: message.recipient, subject: message.subject,
      channel: message.channel)
  }
}

extension PostOptions {
  /// Hands a message over, by the way that it goes.
  func send(_ letter: Letter, as due: DueMessage, of draft: Parcel.Draft) async -> Delivery {
    switch letter {
    case .email(let subject, let text, let html):
      guard let mail else { return .refused(reason: "no mail transport") }
      return await mail.send(
        EmailMessage(
          id: due.messageID, date: due.message.at,
          from: EmailParty(name: draft.facts.sender, address: sender.address),
          to: EmailParty(name: draft.facts.reader.name, address: draft.address),
          replyTo: draft.replyTo.map { EmailParty(name: draft.facts.sender, address: $0.text) },
          subject: subject, text: text, html: html))
    case .sms(let text):
      guard let sms else { return .refused(reason: "no SMS transport") }
      return await sms.send(
        TextMessage(
          id: due.messageID, date: due.message.at, from: smsSender, to: draft.address, body: text))
    }
  }
}
