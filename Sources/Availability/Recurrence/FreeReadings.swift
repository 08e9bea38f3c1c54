internal import Intervals

/// The free starts of an offer by what clocks show: a recurrence is followed through them without
/// asking the zone.
///
/// No reading stands for two starts: the second pass of a repeated hour is off the grid (S-9).
struct FreeReadings {
  private let stepMinutes: Int32
  /// The reading that bit 0 stands for.
  private let origin: Int32
  private var words: ContiguousArray<UInt64> = []
  /// Those at which any start is free, ascending.
  private(set) var minutesOfDay: [Int32] = []

  /// By their Monday, how many more sessions weeks allow (S-4, kind 10); nil where it does not matter.
  private(set) var leftByWeek: [CivilDate: Int]?

  /// - Parameters:
  ///   - starts: ascending; all of the grid.
  ///   - count: of the sessions that there are; nil where no recurrence comes twice a week.
  init(_ starts: [Minute], on grid: Grid, in zone: Zone, besides count: SessionCount? = nil) {
    stepMinutes = grid.effectiveStepMinutes
    guard let first = starts.first, let last = starts.last else {
      origin = 0
      return
    }
    // Clocks may be put back between, by less than a day.
    let day = LocalMinute.perDay
    let lowest = zone.local(first).sinceEpoch - day
    origin = lowest - lowest.remainder(flooredBy: day)
    let bitCount = (zone.local(last).sinceEpoch + 2 * day - origin) / stepMinutes
    words = ContiguousArray(repeating: 0, count: Int(bitCount) / 64 + 1)
    var isFree = [Bool](repeating: false, count: Int(day / stepMinutes))
    var stretch = zone.stretch(at: first)
    if let count { leftByWeek = FreeReadings.left(starts, in: zone, besides: count) }
    for start in starts {
      if start >= stretch.end { stretch = zone.stretch(at: start) }
      let bit = Int((start.sinceEpoch + stretch.offsetMinutes - origin) / stepMinutes)
      words[bit >> 6] |= 1 << UInt64(bit & 63)
      isFree[bit % isFree.count] = true
    }
    minutesOfDay = isFree.indices.filter { isFree[$0] }.map { Int32($0) * stepMinutes }
  }

  private static func left(
    _ starts: [Minute], in zone: Zone, besides count: SessionCount
  ) -> [CivilDate: Int] {
    var left: [CivilDate: Int] = [:]
    for start in starts {
      let monday = zone.date(at: start).monday
      if left[monday] == nil { left[monday] = count.left(inWeekOf: monday) }
    }
    return left
  }

  /// - Parameter local: a reading that the grid allows.
  func contains(_ local: LocalMinute) -> Bool {
    guard local.sinceEpoch >= origin else { return false }
    let bit = Int((local.sinceEpoch - origin) / stepMinutes)
    return bit >> 6 < words.count && words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}

extension Zone {
  fileprivate func stretch(at minute: Minute) -> (end: Minute, offsetMinutes: Int32) {
    let index = rules.stretchIndex(at: minute.sinceEpoch)
    return (Minute(sinceEpoch: rules.end(ofStretch: index)), rules.offsets[index])
  }
}
