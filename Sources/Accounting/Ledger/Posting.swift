/// A line of a transfer: one account debited or credited.
public struct Posting: Hashable, Sendable {
  public let account: Account
  /// A debit is positive, a credit negative; never 0.
  public let amount: Money

  /// Nil for an amount of 0, which moves nothing.
  public init?(_ account: Account, _ amount: Money) {
    guard !amount.isZero else { return nil }
    self.account = account
    self.amount = amount
  }
}
