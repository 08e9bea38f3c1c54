internal import Intervals

/// What all copies of a zone share: time cut into stretches, in each of which one offset holds.
final class ZoneRules: Sendable {
  let name: String
  /// Where each stretch begins, in minutes since the epoch; the first reaches back without end.
  let starts: [Int32]
  /// Each stretch's offset, in minutes.
  let offsets: [Int32]
  /// For each stretch, what no wall clock had reached before it began: the least local minute that
  /// is above all shown till then. Never descends, whatever clocks are put back, so it can be
  /// searched by halving.
  let reached: [Int32]

  init?(name: String, initialOffsetMinutes: Int32, transitions: [Zone.Transition]) {
    var starts = [Int32.min]
    var offsets = [initialOffsetMinutes]
    var reached = [Int32.min]
    guard initialOffsetMinutes.magnitude < LocalMinute.perDay else { return nil }
    for transition in transitions {
      let at = transition.at.sinceEpoch
      guard at > starts.last!, at.magnitude <= Minute.reckonableMinutes,
        transition.offsetMinutes.magnitude < LocalMinute.perDay
      else { return nil }
      reached.append(max(reached.last!, at + offsets.last!))
      starts.append(at)
      offsets.append(transition.offsetMinutes)
    }
    self.name = name
    self.starts = starts
    self.offsets = offsets
    self.reached = reached
  }

  /// The stretch that holds a point in time.
  func stretchIndex(at minute: Int32) -> Int {
    lastIndex(of: starts, notAbove: minute)
  }

  /// The first stretch in which a wall clock shows this reading or a later one.
  func stretchIndex(reaching local: Int32) -> Int {
    lastIndex(of: reached, notAbove: local)
  }

  /// Where `stretchIndex(reaching:)` gives this stretch: when the clock shows the reading or more.
  func edge(_ local: Int32, inStretch index: Int) -> Minute {
    Minute(sinceEpoch: max(starts[index], local - offsets[index]))
  }

  /// When a wall clock shows this reading in this stretch; nil when it does not.
  func minute(showing local: Int32, inStretch index: Int) -> Minute? {
    let minute = local - offsets[index]
    guard minute >= starts[index], minute < end(ofStretch: index) else { return nil }
    return Minute(sinceEpoch: minute)
  }

  /// The first minute after a stretch; the last one reaches on without end.
  func end(ofStretch index: Int) -> Int32 {
    index + 1 < starts.count ? starts[index + 1] : .max
  }

  /// `values` ascend and begin with the least there is.
  private func lastIndex(of values: [Int32], notAbove bound: Int32) -> Int {
    var low = 0
    var high = values.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if values[middle] <= bound { low = middle } else { high = middle }
    }
    return low
  }
}

/// Finds edges of windows that ascend, mostly without searching: they rarely leave a stretch.
struct EdgeFinder {
  private let rules: ZoneRules
  private var index = 0
  private var indexHoldsUntil = Int32.min

  init(_ zone: Zone) {
    rules = zone.rules
  }

  /// As `Zone.edge`.
  mutating func edge(_ local: Int32) -> Minute {
    if local >= indexHoldsUntil || local < rules.reached[index] {
      index = rules.stretchIndex(reaching: local)
      indexHoldsUntil = index + 1 < rules.reached.count ? rules.reached[index + 1] : .max
    }
    return rules.edge(local, inStretch: index)
  }
}
