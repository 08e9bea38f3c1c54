internal import Accounting
internal import Availability

/// A city of the demo, and what is usual among its therapists.
struct City: Sendable {
  /// In English, as searches name it.
  let name: String
  /// IANA.
  let zoneName: String
  /// BCP 47.
  let language: String
  /// "+", the country's code, and the beginning of numbers that nobody can have.
  let phonePrefix: String
  let names: NameStock
  /// Those whose patients are taken; empty where everyone pays for themselves.
  let insurers: [String]
  let prices: PriceLevel
  let wording: Wording
  /// Where offices are.
  let quarters: [Quarter]
  /// A postal address from street, house number and postcode.
  let address: @Sendable (String, Int, String) -> String
  let patterns: [WorkingPattern]
}

extension City {
  static let all = [rome, warsaw, bucharest, vienna, saoPaulo]
}

/// A part of a city, with a street in it.
struct Quarter: Sendable {
  let name: String
  let street: String
  let postcode: String

  init(_ name: String, _ street: String, _ postcode: String) {
    self.name = name
    self.street = street
    self.postcode = postcode
  }
}

/// What a session costs, in whole units of the currency; prices are multiples of the step.
struct PriceLevel: Sendable {
  /// ISO 4217.
  let currency: Currency
  let individual: ClosedRange<Int>
  let couple: ClosedRange<Int>
  let step: Int

  /// - Parameter code: ISO 4217, three upper-case letters.
  init(_ code: String, individual: ClosedRange<Int>, couple: ClosedRange<Int>, step: Int) {
    currency = Currency(code)!
    self.individual = individual
    self.couple = couple
    self.step = step
  }
}

/// How things are called in a city's language.
struct Wording: Sendable {
  /// Before a quarter's name.
  let sharedPractice: String
  /// Before a therapist's surname.
  let privateOffice: String
  let online: String
  /// Before a room's number.
  let room: String
  let individual: String
  let individualOnline: String
  let couple: String
  let firstVisit: String
  let firstCall: String
}
