/// A noun with a count before it, in the forms that CLDR has for whole numbers up to a million.
struct CountedNoun: Sendable {
  let one: String
  /// Polish 2 to 4, Romanian 2 to 19; elsewhere as `other`.
  let few: String
  let other: String

  init(one: String, few: String? = nil, other: String) {
    self.one = one
    self.few = few ?? other
    self.other = other
  }

  func form(for count: Int, in language: CardLanguage) -> String {
    switch language {
    case .british, .american, .italian, .german, .portuguese: count == 1 ? one : other
    case .brazilian: count == 0 || count == 1 ? one : other
    case .polish:
      if count == 1 {
        one
      } else {
        (2...4).contains(count % 10) && !(12...14).contains(count % 100) ? few : other
      }
    case .romanian:
      if count == 1 { one } else { count == 0 || (1...19).contains(count % 100) ? few : other }
    }
  }
}
