internal import Intervals

/// The starts that a grid allows in a zone. Fastest when asked in ascending order.
struct StartGrid {
  private let grid: Grid
  private let zone: Zone
  /// The stretch of one offset that was asked about last.
  private var stretchStart = Int32.max
  private var stretchEnd = Int32.min
  private var offset: Int32 = 0
  private var reached = Int32.max

  init(_ grid: Grid, in zone: Zone) {
    self.grid = grid
    self.zone = zone
  }

  /// The first start at or after a point in time. What the local clock shows for the second time is
  /// none (S-9).
  mutating func first(atOrAfter minute: Minute) -> Minute {
    var minute = minute
    while true {
      enterStretch(of: minute.sinceEpoch)
      let local = LocalMinute(sinceEpoch: minute.sinceEpoch + offset)
      let start = minute.advanced(byMinutes: grid.minutesUntilNext(from: local))
      if start.sinceEpoch >= stretchEnd {
        minute = Minute(sinceEpoch: stretchEnd)
      } else if start.sinceEpoch + offset < reached && zone.isSecondPass(start) {
        minute = start.advanced(byMinutes: 1)
      } else {
        return start
      }
    }
  }

  private mutating func enterStretch(of minute: Int32) {
    if minute >= stretchStart && minute < stretchEnd { return }
    let index = zone.rules.stretchIndex(at: minute)
    stretchStart = zone.rules.starts[index]
    stretchEnd = zone.rules.end(ofStretch: index)
    offset = zone.rules.offsets[index]
    reached = zone.rules.reached[index]
  }
}
