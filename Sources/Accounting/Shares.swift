/// An amount in parts that add up to it.
public enum Shares {
  /// Splits by largest remainder: each part is its exact share rounded down or up to a minor unit,
  /// and the units that rounding down left over go to the parts that lost most; among equals, to
  /// the first. A negative amount is split as the positive one is, so that what is taken back fits
  /// what was given.
  /// - Returns: as many parts as weights; nil if a weight is negative, or none is above 0.
  public static func split(_ amount: Int64, by weights: [Int64]) -> [Int64]? {
    guard weights.allSatisfy({ $0 >= 0 }) else { return nil }
    let whole = weights.reduce(UInt128(0)) { $0 + UInt128($1) }
    guard whole > 0 else { return nil }
    // A product of two Int64 magnitudes fits in 126 bits.
    let exact = weights.map { weight in
      (UInt128(amount.magnitude) * UInt128(weight)).quotientAndRemainder(dividingBy: whole)
    }
    var parts = exact.map { UInt64($0.quotient) }
    let left = Int(amount.magnitude - parts.reduce(0, +))
    let byLoss = exact.indices.sorted {
      (exact[$1].remainder, $0) < (exact[$0].remainder, $1)
    }
    for index in byLoss.prefix(left) { parts[index] += 1 }
    return parts.map { amount < 0 ? Int64(truncatingIfNeeded: 0 &- $0) : Int64($0) }
  }
}
