/// Shares of a hundred, in basis points: 1 is 0.01 %, 10 000 is all of it.
public enum Percentage {
  /// Rounded half up to the minor unit; of what is negative, half away from zero, so that what is
  /// given back is exactly what was taken. Within -10 000...10 000 basis points no amount
  /// overflows, but for `Int64.min` at -10 000; a result that `Int64` cannot hold traps, as its own
  /// arithmetic does.
  public static func of(_ amount: Int64, basisPoints: Int32) -> Int64 {
    let product = Int128(amount) * Int128(basisPoints)
    let half: Int128 = product < 0 ? -5_000 : 5_000
    return Int64((product + half) / 10_000)
  }
}
