extension FixedWidthInteger {
  /// The remainder that is never negative, as on a clock: -1 by 60 leaves 59. `divisor` is positive.
  @inline(__always)
  func remainder(flooredBy divisor: Self) -> Self {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
