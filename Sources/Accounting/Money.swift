/// An amount of money, whole: minor units of one currency.
public struct Money: Hashable, Sendable {
  /// 7000 with EUR is 70 euros. May be negative.
  public let minorUnits: Int64
  public let currency: Currency

  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  public var isZero: Bool { minorUnits == 0 }

  /// Traps for `Int64.min`, as `Int64` itself does.
  public static prefix func - (money: Money) -> Money {
    Money(minorUnits: -money.minorUnits, currency: money.currency)
  }

  /// The amount with its currency's digits and a point, without the code: "-0.05", "70.00"; in
  /// yen "70".
  public var decimalText: String {
    let digits = currency.minorUnitDigits
    let sign = minorUnits < 0 ? "-" : ""
    let figures = String(minorUnits.magnitude)
    guard digits > 0 else { return sign + figures }
    // At least one figure before the point.
    let padded = String(repeating: "0", count: max(0, digits + 1 - figures.count)) + figures
    return "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}
