internal import Accounting
internal import Foundation
internal import Intervals

/// Days, times, money and counts as a card's reader writes them.
struct CardFormats {
  let language: CardLanguage
  private let locale: Locale
  /// As it was given: Foundation calls UTC "GMT".
  private let zoneID: String
  private let zone: TimeZone
  private let calendar: Calendar

  /// Throws `SessionCardError.unknownZone`.
  init(tag: String, zone name: String) throws {
    guard let zone = TimeZone(identifier: name) else { throw SessionCardError.unknownZone(name) }
    language = CardLanguage(tag: tag)
    locale = Locale(identifier: CardLanguage.locale(tag: tag))
    self.zone = zone
    zoneID = name
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    calendar.locale = locale
    self.calendar = calendar
  }

  /// "4 December 2026".
  func day(_ instant: Instant) -> String { text(of: instant, style().day().month(.wide).year()) }

  /// With the day of the week, short: "pt., 04.12.2026". English names the month, since its readers
  /// disagree about which number comes first.
  func shortDay(_ instant: Instant) -> String {
    let weekday = style().weekday(.abbreviated).year()
    return switch language {
    case .british, .american: text(of: instant, weekday.day().month(.abbreviated))
    case .italian, .polish, .romanian, .german, .brazilian, .portuguese:
      text(of: instant, weekday.day(.twoDigits).month(.twoDigits))
    }
  }

  /// "16:00–16:50"; "08:00", too, where the clock has 24 hours.
  func times(from start: Instant, to end: Instant) -> String {
    let time =
      switch locale.hourCycle {
      case .zeroToTwentyThree, .oneToTwentyFour:
        style().hour(.twoDigits(amPM: .omitted)).minute(.twoDigits)
      case .zeroToEleven, .oneToTwelve:
        style().hour(.defaultDigits(amPM: .abbreviated)).minute(.twoDigits)
      @unknown default: style().hour().minute(.twoDigits)
      }
    return "\(text(of: start, time))–\(text(of: end, time))"
  }

  /// "1.234,56 €". The symbol stands only where it can be meant in one way.
  func money(_ money: Money) -> String {
    let code = money.currency.code
    let digits = minorDigits(of: code)
    let amount = Decimal(money.minorUnits) / pow(10, digits)
    let isPlain = code == "EUR" || code == "RON" && language == .romanian
    return amount.formatted(
      .currency(code: code).presentation(isPlain ? .narrow : .standard)
        .precision(.fractionLength(digits)).locale(locale))
  }

  /// "10 sessions".
  func counted(_ count: Int, _ noun: CountedNoun) -> String {
    "\(number(count)) \(noun.form(for: count, in: language))"
  }

  func number(_ count: Int) -> String { count.formatted(.number.locale(locale)) }

  /// The zone by its city, or its name where it has none: "Rome", "UTC".
  func zoneName(at instant: Instant) -> String {
    guard zoneID.contains("/"), !zoneID.hasPrefix("Etc/") else { return zoneID }
    return text(of: instant, style().timeZone(.exemplarLocation))
  }

  private func style() -> Date.FormatStyle {
    Date.FormatStyle(locale: locale, calendar: calendar, timeZone: zone)
  }

  private func text(of instant: Instant, _ style: Date.FormatStyle) -> String {
    Date(timeIntervalSince1970: Double(instant.msSinceEpoch) / 1_000).formatted(style)
  }
}

/// As ISO 4217 has it, which ICU does not follow for all of them.
private func minorDigits(of code: String) -> Int {
  switch code {
  case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF":
    0
  case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
  case "CLF", "UYW": 4
  default: 2
  }
}
