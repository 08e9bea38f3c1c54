public import Booking

/// A partner's own text for one letter (N-3), as Mustache over the variables in `docs/templates.md`.
public struct LetterTemplate: Hashable, Sendable {
  public let kind: MessageKind
  public let audience: Audience
  public let language: LanguageTag
  public let body: Body

  public enum Body: Hashable, Sendable {
    case email(subject: String, text: String, html: String)
    case sms(text: String)
  }

  public init(kind: MessageKind, audience: Audience, language: LanguageTag, body: Body) {
    self.kind = kind
    self.audience = audience
    self.language = language
    self.body = body
  }

  public var channel: Channel {
    switch body {
    case .email: .email
    case .sms: .sms
    }
  }

  /// How it looks with the facts given; `LetterFacts.sample` has some. Call it with what `validate` has passed.
  /// - Throws: `LetterError`.
  public func preview(_ facts: LetterFacts) throws -> Letter { try composed(facts) }

  /// What a letter may come to, in UTF-8.
  static let renderedBytesMax = 1_000_000

  func composed(_ facts: LetterFacts) throws -> Letter {
    // Days and sums are told in the template's language, as the reader's country writes them.
    let reader = facts.reader.language
    let isReaders = reader.subtags.first == language.subtags.first
    let told = isReaders ? reader : language
    let tongue = Tongue.nearest(to: told)
    let scene = Scene(
      facts, in: tongue, locale: tongue.writes(told) ? tongue.locale(for: told) : told.locale)
    let values = scene.values()
    switch body {
    case .email(let subject, let text, let html):
      let line = Prose.subject(try Escaping.text.rendered(subject, with: values))
      let plain = try Escaping.text.rendered(text, with: values)
      let document = try Escaping.html.rendered(html, with: values)
      guard !line.isEmpty else { throw LetterError.unusable("the subject is empty") }
      guard plain.utf8.count + document.utf8.count <= LetterTemplate.renderedBytesMax else {
        throw LetterError.unusable("text and HTML are more than 1 MB")
      }
      return .email(subject: line, text: Prose.lines(plain), html: document)
    case .sms(let text):
      guard case .sms(let said) = try scene.message(text), !said.isEmpty else {
        throw LetterError.unusable("the text is empty")
      }
      return .sms(text: said)
    }
  }
}
