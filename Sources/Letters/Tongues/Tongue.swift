internal import Booking
internal import Foundation

/// A language that letters are written in.
struct Tongue {
  /// In BCP 47: "pt-PT".
  let tag: String
  /// Which country's forms hold for readers who name none.
  let region: String
  let words: Words
  let toClients: ClientCopy
  let toTherapists: TherapistCopy
  var groupsThousands = false
  var currencyNames: [String: String] = [:]

  /// Ours, the one that every other falls back to first.
  static let all = [english, italian, polish, romanian, german, brazilian, portuguese]

  /// What a reader of the language understands best: theirs, then that of their language, then English.
  static func nearest(to language: LanguageTag) -> Tongue {
    language.fallbacks.lazy.compactMap { tag in all.first { $0.answers(to: tag) } }.first ?? english
  }

  private func answers(to wanted: String) -> Bool {
    let mine = tag.lowercased()
    // Where a language is written twice, the first of them is for all who name no country of ours.
    return mine == wanted || mine.hasPrefix(wanted + "-")
  }

  func copy(_ kind: MessageKind, to audience: Audience) -> Copy? {
    switch audience {
    case .client: toClients[kind]
    case .therapist: toTherapists[kind]
    }
  }

  /// Whether it is the language of the tag, whichever country's.
  func writes(_ language: LanguageTag) -> Bool {
    language.subtags.first == String(tag.prefix { $0 != "-" })
  }

  /// The reader's own where it is of this language ("de-AT"), else this language's.
  func locale(for reader: LanguageTag) -> Locale {
    let parts = reader.subtags
    let language = String(tag.prefix { $0 != "-" })
    let country = parts.dropFirst().first { $0.count == 2 }?.uppercased()
    guard parts.first == language, let country else {
      return Locale(identifier: "\(language)_\(region)")
    }
    return Locale(identifier: "\(language)_\(country)")
  }
}

extension LanguageTag {
  /// In lower case: languages are compared without it.
  var subtags: [String] { text.lowercased().split(separator: "-").map(String.init) }

  /// ICU's own, of a language that we do not write.
  var locale: Locale { Locale(identifier: text.replacing("-", with: "_")) }

  /// The tag, then with one part less each time: "pt-br", "pt".
  var fallbacks: [String] {
    let parts = subtags
    return (0..<parts.count).map { parts.dropLast($0).joined(separator: "-") }
  }
}
