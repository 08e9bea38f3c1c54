/// The names of a country's people.
struct NameStock: Sendable {
  /// Before a therapist's name; empty for none.
  let titles: (feminine: String, masculine: String)
  /// Given names, thirteen each.
  let feminine: [String]
  let masculine: [String]
  /// Twenty-two.
  let surnames: [Surname]

  /// A surname, which in some languages differs between women and men.
  struct Surname: Sendable, ExpressibleByStringLiteral {
    let feminine: String
    let masculine: String

    init(stringLiteral both: String) {
      feminine = both
      masculine = both
    }

    init(_ feminine: String, _ masculine: String) {
      self.feminine = feminine
      self.masculine = masculine
    }
  }

  /// Someone's name.
  struct Name: Sendable {
    let isFeminine: Bool
    let given: String
    let surname: String

    var full: String { "\(given) \(surname)" }
  }

  /// Neighbouring numbers give names that differ in both parts, and none comes again before all
  /// were given: the lists' lengths have no divisor in common, nor has a step with its list's.
  func name(number: Int, isFeminine: Bool) -> Name {
    let given = isFeminine ? feminine : masculine
    let surname = surnames[number * 9 % surnames.count]
    return Name(
      isFeminine: isFeminine, given: given[number * 5 % given.count],
      surname: isFeminine ? surname.feminine : surname.masculine)
  }

  /// As clients see a therapist's name.
  func titled(_ name: Name) -> String {
    let title = name.isFeminine ? titles.feminine : titles.masculine
    return title.isEmpty ? name.full : "\(title) \(name.full)"
  }
}
