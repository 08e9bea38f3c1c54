internal import Accounting
internal import Foundation

/// Sums as readers of a language write them.
struct MoneyFormat {
  let locale: Locale
  /// Italian puts a point into thousands, which ICU leaves out below ten thousand: 1.234,56.
  let groupsThousands: Bool
  /// What readers call a currency that ICU gives them by its code: "lei" for RON.
  let names: [String: String]

  func text(_ money: Money) -> String {
    let digits = money.currency.minorDigits
    var scale = Decimal(1)
    for _ in 0..<digits { scale *= 10 }
    let style = Decimal.FormatStyle.Currency(code: money.currency.code, locale: locale)
      .precision(.fractionLength(digits))
    var text = style.format(Decimal(money.minorUnits) / scale)
    let units = money.minorUnits.magnitude / UInt64(truncating: scale as NSDecimalNumber)
    if groupsThousands, (1_000..<10_000).contains(units) {
      let digits = String(units)
      text = text.replacing(digits, with: "\(digits.prefix(1)).\(digits.suffix(3))")
    }
    if let name = names[money.currency.code] {
      text = text.replacing(money.currency.code, with: name)
    }
    return text
  }
}

extension Currency {
  /// ISO 4217's minor units. ICU's own differ for some: it counts no fils in Iraq.
  var minorDigits: Int {
    switch code {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
      "VND", "VUV", "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    case "CLF", "UYW": 4
    default: 2
    }
  }
}
