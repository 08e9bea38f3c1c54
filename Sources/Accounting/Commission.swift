/// What the platform keeps of a session held (P-10).
public enum Commission: Hashable, Sendable {
  case none
  /// A share of the price; 10 000 is all of it.
  case share(basisPoints: Int32)
  /// A sum per session, in minor units of the price's currency.
  case fixed(minorUnits: Int64)

  public static let basisPoints: ClosedRange<Int32> = 0...10_000

  /// Whether its share is 0 to 10 000 basis points, or its sum not negative.
  public var isWithinLimits: Bool {
    switch self {
    case .none: true
    case .share(let basisPoints): Commission.basisPoints ~= basisPoints
    case .fixed(let minorUnits): minorUnits >= 0
    }
  }

  /// In minor units: 0 to the price, whatever the limits say; 0 where the price is negative.
  public func of(price: Int64) -> Int64 {
    let price = max(0, price)
    switch self {
    case .none: return 0
    case .share(let basisPoints):
      let limits = Commission.basisPoints
      return Percentage.of(
        price, basisPoints: min(max(limits.lowerBound, basisPoints), limits.upperBound))
    case .fixed(let minorUnits): return min(max(0, minorUnits), price)
    }
  }
}
