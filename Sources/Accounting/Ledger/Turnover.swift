/// What was debited and what was credited, in minor units of one currency.
public struct Turnover: Hashable, Sendable {
  /// Neither is negative.
  public let debits: Int64
  public let credits: Int64

  /// Nil if either is negative.
  public init?(debits: Int64, credits: Int64) {
    guard debits >= 0, credits >= 0 else { return nil }
    self.debits = debits
    self.credits = credits
  }

  /// Of one amount, debits positive; nil for `Int64.min`, whose credit does not fit.
  init?(_ minorUnits: Int64) {
    guard minorUnits != .min else { return nil }
    debits = max(0, minorUnits)
    credits = max(0, -minorUnits)
  }

  private init() {
    debits = 0
    credits = 0
  }

  static let zero = Turnover()

  /// Debits less credits. Neither is negative, so no difference overflows.
  public var balance: Int64 { debits - credits }

  /// Nil if a sum exceeds `Int64`.
  func adding(_ other: Turnover) -> Turnover? {
    let (debits, tooMuch) = debits.addingReportingOverflow(other.debits)
    let (credits, tooLittle) = credits.addingReportingOverflow(other.credits)
    return tooMuch || tooLittle ? nil : Turnover(debits: debits, credits: credits)
  }
}
