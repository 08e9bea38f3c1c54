public import Booking

/// Puts messages into words: in the reader's language and zone, by our letters or the partner's (N-3).
public enum Letters {
  /// - Parameter templates: the partner's own; of those for this letter, the one nearest to the reader's language
  ///   is taken. See `Letters.template(for:...)`.
  /// - Throws: `LetterError`.
  public static func compose(
    _ facts: LetterFacts, kind: MessageKind, audience: Audience, channel: Channel,
    overriding templates: [LetterTemplate] = []
  ) throws -> Letter {
    let language = facts.reader.language
    let tongue = Tongue.nearest(to: language)
    let chosen = template(
      for: language, among: templates, kind: kind, audience: audience, channel: channel)
    if let chosen { return try chosen.composed(facts) }
    // Each SMS of ours says when.
    guard writes(kind, to: audience, by: channel), channel == .email || facts.session != nil,
      let copy = tongue.copy(kind, to: audience)
    else {
      throw LetterError.notWritten(kind: kind.rawValue, audience: audience, channel: channel)
    }
    let scene = Scene(facts, in: tongue, locale: tongue.locale(for: language))
    switch channel {
    case .email: return try scene.mail(copy, kind: kind, to: audience)
    case .sms: return try scene.message(copy.sms ?? "")
    }
  }

  /// The partner's template for a letter: in the reader's language as tagged ("pt-BR"), else by the tag's first
  /// parts ("pt"), and where neither we nor the partner know the language, in English. A letter of ours in the
  /// reader's language comes before the partner's in English.
  static func template(
    for language: LanguageTag, among templates: [LetterTemplate], kind: MessageKind,
    audience: Audience, channel: Channel
  ) -> LetterTemplate? {
    let fitting = templates.filter {
      $0.kind == kind && $0.audience == audience && $0.channel == channel
    }
    let isOurs = Tongue.nearest(to: language).tag != "en"
    let tags = language.fallbacks + (isOurs ? [] : ["en"])
    return tags.lazy.compactMap { tag in
      fitting.first { $0.language.text.lowercased() == tag }
    }.first
  }
}
