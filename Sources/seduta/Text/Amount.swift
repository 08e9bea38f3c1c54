internal import ArgumentParser
internal import Wire

/// Money as it is typed and shown: "70.00".
struct Amount: ExpressibleByArgument {
  private let units: Int64
  private let fraction: String

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(\d{1,12})(?:[.](\d{1,4}))?/)?.output,
      let units = Int64(match.1)
    else { return nil }
    self.units = units
    fraction = match.2.map(String.init) ?? ""
  }

  /// Nil when it has more digits than the currency.
  func money(in currency: String) -> Seduta_V1_Money? {
    let digits = minorDigits(of: currency)
    guard fraction.count <= digits else { return nil }
    let padded = fraction + String(repeating: "0", count: digits - fraction.count)
    guard let minor = padded.isEmpty ? 0 : Int64(padded) else { return nil }
    var money = Seduta_V1_Money()
    money.currency = currency
    money.minorUnits = units * powerOfTen(digits) + minor
    return money
  }
}

extension Seduta_V1_Money {
  /// "70.00 EUR".
  var shown: String { "\(decimalText(minorUnits, in: currency)) \(currency)" }
}

/// "70.00", "-70.00", and "70" where the currency has no smaller unit.
func decimalText(_ minorUnits: Int64, in currency: String) -> String {
  let digits = minorDigits(of: currency)
  guard digits > 0 else { return String(minorUnits) }
  let power = UInt64(powerOfTen(digits))
  let minor = String(minorUnits.magnitude % power)
  let padded = String(repeating: "0", count: digits - minor.count) + minor
  return "\(minorUnits < 0 ? "-" : "")\(minorUnits.magnitude / power).\(padded)"
}

/// ISO 4217's minor units: two digits but for a few.
private func minorDigits(of currency: String) -> Int {
  switch currency {
  case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF":
    0
  case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
  case "CLF", "UYW": 4
  default: 2
  }
}

private func powerOfTen(_ digits: Int) -> Int64 {
  (0..<digits).reduce(1) { power, _ in power * 10 }
}
