internal import Intervals

/// Which bit of a bitmap stands for which start: evenly spaced minutes that include all starts of a
/// grid in a zone.
struct StartRuler: Hashable, Sendable {
  /// The minute since the epoch that bit 0 stands for.
  let origin: Int32
  /// Minutes from bit to bit.
  let stepMinutes: Int32
  let bitCount: Int32

  init(origin: Int32, stepMinutes: Int32, bitCount: Int32) {
    self.origin = origin
    self.stepMinutes = stepMinutes
    self.bitCount = bitCount
  }

  /// Covers all starts that the grid allows in a stretch of time.
  init(_ grid: Grid, in zone: Zone, over stretch: Span) {
    let first = zone.rules.stretchIndex(at: stretch.start.sinceEpoch)
    let last = zone.rules.stretchIndex(at: stretch.end.sinceEpoch)
    // Offsets that differ by less than a step shift the grid: then bits lie as close as both need.
    var step = grid.effectiveStepMinutes
    let offset = zone.rules.offsets[first]
    for index in first...last {
      step = StartRuler.greatestCommonDivisor(step, abs(zone.rules.offsets[index] - offset))
    }
    let start = stretch.start.sinceEpoch
    let intoStep = (start + offset).remainder(flooredBy: step)
    origin = intoStep == 0 ? start : start + step - intoStep
    stepMinutes = step
    bitCount = max(0, (stretch.end.sinceEpoch - origin + step - 1) / step)
  }

  var wordCount: Int { (Int(bitCount) + 63) / 64 }

  /// The first bit that stands for a minute at or after this one; within 0...bitCount.
  @inline(__always)
  func firstBit(atOrAfter minute: Int32) -> Int {
    guard minute > origin else { return 0 }
    let distance = Int64(minute) - Int64(origin) + Int64(stepMinutes) - 1
    // 32 bits divide in a third of the time of 64.
    guard let near = UInt32(exactly: distance) else { return Int(bitCount) }
    return min(Int(near / UInt32(bitPattern: stepMinutes)), Int(bitCount))
  }

  /// The bit that stands for this very minute.
  func bit(at minute: Int32) -> Int? {
    let bit = firstBit(atOrAfter: minute)
    return bit < bitCount && self.minute(ofBit: bit) == minute ? bit : nil
  }

  @inline(__always)
  func minute(ofBit bit: Int) -> Int32 {
    origin &+ Int32(truncatingIfNeeded: bit) &* stepMinutes
  }

  private static func greatestCommonDivisor(_ left: Int32, _ right: Int32) -> Int32 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }
}
