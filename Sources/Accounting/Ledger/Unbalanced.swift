/// Why postings are no transfer.
public enum Unbalanced: Error, Hashable, Sendable {
  public struct Difference: Hashable, Sendable {
    public let currency: Currency
    /// Debits less credits: above 0, credits are missing.
    public let minorUnits: Int128
  }

  /// There are no postings, or they cancel each other out.
  case empty
  /// The currencies that do not sum to zero, by code.
  case off([Difference])
  /// What the currency's accounts are debited with exceeds `Int64`.
  case tooLarge(Currency)
}

extension Unbalanced: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: return "postings: expected at least one that the others do not cancel out"
    case .off(let differences):
      let sums = differences.map { "\($0.currency.code) is off by \($0.minorUnits)" }
      return "postings: expected a sum of 0 in every currency; \(sums.joined(separator: ", "))"
    case .tooLarge(let currency):
      return "postings: expected debits of at most \(Int64.max) in \(currency.code)"
    }
  }
}
