/// The numbers of payment cards in what people write: Seduta takes tokens only (P-7).
///
/// A text has one where its digits have an issuer's prefix, its length and a right check digit. The digits of one
/// number may be grouped by single spaces, dashes or dots, be of any script, and have digits of other groups right
/// beside them; an unbroken row of digits is a card's number as a whole or not at all. Telephone numbers that begin
/// with "+", bank accounts, and digits that follow a letter directly, as those of codes do, are none.
package enum CardNumbers {
  package static func isFound(in text: String) -> Bool {
    let utf8 = text.utf8
    // The bytes themselves, where they lie in a row, are read many times faster than one by one.
    let hasDigits = utf8.withContiguousStorageIfAvailable { mayHold($0) } ?? mayHold(utf8)
    return hasDigits && DigitText(text).hasCardNumber
  }

  /// False for most texts, at the price of a look at their bytes.
  private static func mayHold(_ utf8: some Sequence<UInt8>) -> Bool {
    var count = 0
    for byte in utf8 {
      // The first digit that is not ASCII's is U+0660, which begins with this byte in UTF-8.
      if (0x30...0x39).contains(byte) || byte >= 0xD9 { count += 1 }
    }
    return count >= Issuer.lengthMin
  }
}

/// Whose cards begin and are as long as this.
private struct Issuer {
  /// What the first six digits are among.
  let prefixes: ClosedRange<Int>
  let lengths: ClosedRange<Int>

  /// - Parameter prefixes: the first digits, one to six of them; the rest may be any.
  init(_ prefixes: ClosedRange<Int>, _ lengths: ClosedRange<Int>) {
    var (first, pastLast) = (prefixes.lowerBound, prefixes.upperBound + 1)
    while first < 100_000 {
      first *= 10
      pastLast *= 10
    }
    self.prefixes = first...(pastLast - 1)
    self.lengths = lengths
  }

  init(_ prefix: Int, _ lengths: ClosedRange<Int>) {
    self.init(prefix...prefix, lengths)
  }

  static let lengthMin = 12
  static let lengthMax = 19

  /// Ranges of ISO/IEC 7812 as the networks publish them. What another row has is not repeated: most of Elo lies in
  /// Visa's, Discover's and UnionPay's ranges, Hipercard's 3841 but for its shortest in Diners Club's.
  static let all: [Issuer] = [
    // Visa
    Issuer(4, 13...13), Issuer(4, 16...16), Issuer(4, 19...19),
    // Mastercard
    Issuer(51...55, 16...16), Issuer(2221...2720, 16...16),
    // American Express
    Issuer(34, 15...15), Issuer(37, 15...15),
    // Discover
    Issuer(6011, 16...19), Issuer(644...649, 16...19), Issuer(65, 16...19),
    // Diners Club
    Issuer(300...305, 14...19), Issuer(36, 14...19), Issuer(38...39, 14...19),
    // JCB
    Issuer(3528...3589, 16...19),
    // UnionPay
    Issuer(62, 16...19),
    // Maestro
    Issuer(5018, 12...19), Issuer(5020, 12...19), Issuer(5038, 12...19), Issuer(5893, 12...19),
    Issuer(6304, 12...19), Issuer(6759, 12...19), Issuer(6761...6763, 12...19),
    // Elo
    Issuer(504175, 16...16), Issuer(506699...506778, 16...16), Issuer(509000...509999, 16...16),
    Issuer(636297, 16...16), Issuer(636368, 16...16),
    // Hipercard and Hiper
    Issuer(606282, 13...13), Issuer(606282, 16...16), Issuer(606282, 19...19),
    Issuer(3841, 13...13), Issuer(637095, 16...16), Issuer(637568, 16...16),
    Issuer(637599...637600, 16...16), Issuer(637609, 16...16), Issuer(637612, 16...16),
    // Mir
    Issuer(2200...2204, 16...19),
  ]
}

/// A character, as far as it matters for numbers: digits and letters with the values that IBANs give them.
private struct Symbol: Equatable {
  let value: UInt8

  static let space = Symbol(value: 36)
  static let dash = Symbol(value: 37)
  static let dot = Symbol(value: 38)
  static let plus = Symbol(value: 39)
  static let other = Symbol(value: 40)

  var isDigit: Bool { value < 10 }
  var isLetter: Bool { (10..<36).contains(value) }
  var isDigitOrLetter: Bool { value < 36 }
  var isSeparator: Bool { self == .space || self == .dash || self == .dot }
}

extension Symbol {
  /// Nil for what is not seen: it comes along where texts are copied, and parts no number.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "0"..."9": self.init(value: UInt8(scalar.value - 0x30))
    case "A"..."Z": self.init(value: UInt8(scalar.value - 0x41) + 10)
    case "a"..."z": self.init(value: UInt8(scalar.value - 0x61) + 10)
    case " ": self = .space
    case "-", "\u{2212}": self = .dash
    case ".", "\u{FF0E}": self = .dot
    case "+", "\u{FF0B}": self = .plus
    case "\u{00}"..."\u{7F}": self = .other
    default:
      switch scalar.properties.generalCategory {
      case .decimalNumber: self.init(value: UInt8(scalar.properties.numericValue ?? 0))
      case .spaceSeparator: self = .space
      case .dashPunctuation: self = .dash
      case .format, .nonspacingMark, .enclosingMark: return nil
      default: self = .other
      }
    }
  }
}

/// A text in which numbers are looked for.
private struct DigitText {
  private let symbols: [Symbol]

  init(_ text: String) {
    symbols = text.unicodeScalars.compactMap(Symbol.init)
  }

  var hasCardNumber: Bool {
    var index = 0
    while index < symbols.count {
      if let end = endOfPhone(at: index) ?? endOfAccount(at: index) {
        index = end
        continue
      }
      if beginsGroup(at: index) && hasCardNumber(at: index) { return true }
      index += 1
    }
    return false
  }

  private func isDigit(at index: Int) -> Bool {
    index < symbols.count && symbols[index].isDigit
  }

  private func isDigitOrLetter(at index: Int) -> Bool {
    symbols.indices.contains(index) && symbols[index].isDigitOrLetter
  }

  private func beginsGroup(at index: Int) -> Bool {
    isDigit(at: index) && !isDigitOrLetter(at: index - 1)
  }

  /// Where the next group begins, for an index right behind a group.
  private func nextGroup(after end: Int, by isMember: (Int) -> Bool) -> Int? {
    end < symbols.count && symbols[end].isSeparator && isMember(end + 1) ? end + 1 : nil
  }

  /// Whether whole groups from here on are a card's number.
  private func hasCardNumber(at first: Int) -> Bool {
    var (number, index) = (DigitGroups(), first)
    while true {
      while isDigit(at: index) {
        guard number.count < Issuer.lengthMax else { return false }
        number.append(symbols[index].value)
        index += 1
      }
      if number.isCard { return true }
      guard let next = nextGroup(after: index, by: isDigit) else { return false }
      number.beginGroup(after: symbols[index])
      index = next
    }
  }

  /// The most digits of a telephone number in E.164, without its "+".
  private static let phoneDigitsMax = 15

  /// Where a telephone number ends that begins here with "+". More digits than it may have are something else.
  private func endOfPhone(at first: Int) -> Int? {
    guard symbols[first] == .plus, isDigit(at: first + 1) else { return nil }
    var (index, count) = (first + 1, 0)
    while true {
      while isDigit(at: index) {
        count += 1
        index += 1
      }
      guard let next = nextGroup(after: index, by: isDigit) else { break }
      index = next
    }
    return count <= DigitText.phoneDigitsMax ? index : nil
  }

  /// Where a bank account's number ends that begins here.
  private func endOfAccount(at first: Int) -> Int? {
    guard !isDigitOrLetter(at: first - 1), isDigitOrLetter(at: first + 1) else { return nil }
    if symbols[first].isDigit {
      return endOfAccount(
        at: first, of: BankAccount.polish,
        lengths: BankAccount.polishLength...BankAccount.polishLength)
    }
    guard symbols[first].isLetter, symbols[first + 1].isLetter else { return nil }
    return endOfAccount(
      at: first + 2, of: BankAccount(country: symbols[first].value, symbols[first + 1].value),
      lengths: BankAccount.lengths)
  }

  /// - Parameters:
  ///   - first: where the check digits are.
  ///   - lengths: with the country.
  private func endOfAccount(
    at first: Int, of empty: BankAccount, lengths: ClosedRange<Int>
  ) -> Int? {
    guard isDigit(at: first), isDigit(at: first + 1) else { return nil }
    var account = empty
    account.check = Int(symbols[first].value) * 10 + Int(symbols[first + 1].value)
    var index = first + 2
    while true {
      while isDigitOrLetter(at: index) {
        guard account.length < lengths.upperBound else { return nil }
        account.append(symbols[index].value)
        index += 1
      }
      if lengths.contains(account.length) && account.isRight { return index }
      guard let next = nextGroup(after: index, by: isDigitOrLetter) else { return nil }
      index = next
    }
  }
}

/// Groups of digits, as far as they were read.
private struct DigitGroups {
  private(set) var count = 0
  private var prefix = 0
  /// The sums of Luhn's rule: with each digit of an even place doubled, and of an odd one, from the left. Which of
  /// them counts is known at the end, as it is told from the right.
  private var (evenDoubled, oddDoubled) = (0, 0)

  private var lastGroupCount = 0
  private var shortestBefore = Int.max
  private var firstCount: Int?
  private var firstSeparator: Symbol?
  private var isRegular = true

  mutating func append(_ digit: UInt8) {
    let digit = Int(digit)
    if count < 6 { prefix = prefix * 10 + digit }
    let doubled = digit < 5 ? digit * 2 : digit * 2 - 9
    evenDoubled += count.isMultiple(of: 2) ? doubled : digit
    oddDoubled += count.isMultiple(of: 2) ? digit : doubled
    count += 1
    lastGroupCount += 1
  }

  mutating func beginGroup(after separator: Symbol) {
    shortestBefore = min(shortestBefore, lastGroupCount)
    isRegular =
      isRegular && lastGroupCount == firstCount ?? lastGroupCount
      && separator == firstSeparator ?? separator
    firstCount = firstCount ?? lastGroupCount
    firstSeparator = firstSeparator ?? separator
    lastGroupCount = 0
  }

  /// Dates and times beside each other are digits in groups, too: groups of one or two are a card's only where all
  /// are the same.
  private var isGroupedAsCards: Bool { shortestBefore >= 3 || isRegular }

  var isCard: Bool {
    count >= Issuer.lengthMin && isGroupedAsCards
      && (count.isMultiple(of: 2) ? evenDoubled : oddDoubled).isMultiple(of: 10)
      && Issuer.all.contains { $0.lengths.contains(count) && $0.prefixes.contains(prefix) }
  }
}

/// An account's number of ISO 13616, as far as it was read: its check digits tell it from a card's.
private struct BankAccount {
  private let country: (UInt8, UInt8)
  var check = 0
  /// Country and check digits included.
  private(set) var length = 4
  private var remainder = 0

  static let lengths = 15...34
  /// Poles write theirs without the country's letters.
  static let polish = BankAccount(country: 25, 21)
  static let polishLength = 28

  init(country first: UInt8, _ second: UInt8) {
    country = (first, second)
  }

  mutating func append(_ value: UInt8) {
    remainder = (remainder * (value < 10 ? 10 : 100) + Int(value)) % 97
    length += 1
  }

  var isRight: Bool {
    let whole = remainder * 1_000_000 + Int(country.0) * 10_000 + Int(country.1) * 100 + check
    return whole % 97 == 1
  }
}
