/// Which streams' replies are in which flush, so that each learns when its own is on its way.
struct ToldStreams {
  private var written: [UInt64] = []
  private var flushes: [[UInt64]] = []

  var isFlushing: Bool { !flushes.isEmpty }

  /// A reply of the stream is to go out with the next flush.
  mutating func wrote(_ callID: UInt64) {
    written.append(callID)
  }

  /// - Returns: whether anyone waits for its end.
  mutating func beganFlush() -> Bool {
    guard !written.isEmpty else { return false }
    flushes.append(written)
    written = []
    return true
  }

  /// Flushes end in the order in which they began.
  /// - Returns: whose replies were in it.
  mutating func endedFlush() -> [UInt64] {
    flushes.isEmpty ? [] : flushes.removeFirst()
  }
}
