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
}
