/// What accounts come to: sums of postings, and nothing else (P-9).
///
/// For each currency the debits of all accounts together fit in `Int64`, and so do the credits: no
/// balance, and no sum of some of them, can overflow.
public struct Balances: Hashable, Sendable {
  /// A currency's debits or credits would exceed `Int64`.
  public struct Overflow: Error, Hashable, Sendable, CustomStringConvertible {
    public let currency: Currency

    public var description: String {
      "postings: expected debits and credits of at most \(Int64.max) in \(currency.code)"
    }
  }

  private var byAccount: [Account: [Currency: Turnover]] = [:]
  private var byCurrency: [Currency: Turnover] = [:]

  public init() {}

  public init(_ transfers: some Sequence<Transfer>) throws(Overflow) {
    for transfer in transfers { try add(transfer) }
  }

  /// If it throws, nothing was added.
  public mutating func add(_ transfer: Transfer) throws(Overflow) {
    // What the currencies would come to; no account exceeds that, so the second loop cannot throw.
    var totals: [Currency: Turnover] = [:]
    for posting in transfer.postings {
      let currency = posting.amount.currency
      guard let line = Turnover(posting.amount.minorUnits),
        let total = totals[currency, default: byCurrency[currency, default: .zero]].adding(line)
      else { throw Overflow(currency: currency) }
      totals[currency] = total
    }
    for posting in transfer.postings { try add(posting) }
  }

  /// A line by itself, as where only some accounts are looked at.
  public mutating func add(_ posting: Posting) throws(Overflow) {
    let amount = posting.amount
    guard let turnover = Turnover(amount.minorUnits) else {
      throw Overflow(currency: amount.currency)
    }
    try add(turnover, to: posting.account, in: amount.currency)
  }

  /// Many lines at once, as a database sums them up.
  public mutating func add(
    _ turnover: Turnover, to account: Account, in currency: Currency
  ) throws(Overflow) {
    guard let total = byCurrency[currency, default: .zero].adding(turnover),
      // Part of the total, so it fits where the total does.
      let sum = byAccount[account, default: [:]][currency, default: .zero].adding(turnover)
    else { throw Overflow(currency: currency) }
    byCurrency[currency] = total
    byAccount[account, default: [:]][currency] = sum
  }

  /// Debits less credits; 0 for an account that was never posted to.
  public func balance(of account: Account, in currency: Currency) -> Money {
    Money(
      minorUnits: byAccount[account]?[currency]?.balance ?? 0, currency: currency)
  }

  /// What has moved on the account, by currency.
  public func turnovers(of account: Account) -> [(currency: Currency, turnover: Turnover)] {
    byAccount[account, default: [:]].sorted { $0.key < $1.key }
      .map { (currency: $0.key, turnover: $0.value) }
  }

  public var accounts: [Account] { byAccount.keys.sorted() }

  /// Whether debits equal credits in every currency.
  public var isBalanced: Bool { byCurrency.values.allSatisfy { $0.balance == 0 } }

  public var trialBalance: TrialBalance {
    TrialBalance(
      lines: accounts.flatMap { account in
        turnovers(of: account).map {
          TrialBalance.Line(account: account, currency: $0.currency, turnover: $0.turnover)
        }
      },
      totals: byCurrency.sorted { $0.key < $1.key }.map {
        TrialBalance.Total(currency: $0.key, turnover: $0.value)
      })
  }
}
