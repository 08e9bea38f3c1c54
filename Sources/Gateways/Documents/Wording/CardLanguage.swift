/// The languages that a card is worded in.
enum CardLanguage: Hashable, CaseIterable {
  case british
  case american
  case italian
  case polish
  case romanian
  case german
  case brazilian
  case portuguese

  /// By a BCP 47 tag. English where there is no wording; Brazil's where "pt" says no country, as most
  /// who speak it live there.
  init(tag: String) {
    let parts = Self.parts(of: tag)
    switch parts.language {
    case "en": self = parts.region == "US" ? .american : .british
    case "it": self = .italian
    case "pl": self = .polish
    case "ro": self = .romanian
    case "de": self = .german
    case "pt": self = [nil, "BR"].contains(parts.region) ? .brazilian : .portuguese
    default: self = .british
    }
  }

  /// What dates and money are written by: the reader's own country where it is told ("de-AT"), else
  /// the language's. English without a country is Britain's: day before month, and 24 hours.
  static func locale(tag: String) -> String {
    let language = CardLanguage(tag: tag)
    let parts = parts(of: tag)
    guard let region = parts.region, parts.language == language.code else {
      return language.code + "-" + language.region
    }
    return language.code + "-" + region
  }

  /// ISO 639.
  var code: String {
    switch self {
    case .british, .american: "en"
    case .italian: "it"
    case .polish: "pl"
    case .romanian: "ro"
    case .german: "de"
    case .brazilian, .portuguese: "pt"
    }
  }

  /// ISO 3166.
  private var region: String {
    switch self {
    case .british: "GB"
    case .american: "US"
    case .italian: "IT"
    case .polish: "PL"
    case .romanian: "RO"
    case .german: "DE"
    case .brazilian: "BR"
    case .portuguese: "PT"
    }
  }

  var wording: CardWording {
    switch self {
    case .british: .british
    case .american: .american
    case .italian: .italian
    case .polish: .polish
    case .romanian: .romanian
    case .german: .german
    case .brazilian: .brazilian
    case .portuguese: .portuguese
    }
  }

  private static func parts(of tag: String) -> (language: String, region: String?) {
    let parts = tag.split { $0 == "-" || $0 == "_" }
    let region = parts.dropFirst().first { part in
      part.utf8.count == 2 && part.allSatisfy { $0.isASCII && $0.isLetter }
    }
    return (parts.first?.lowercased() ?? "", region?.uppercased())
  }
}
