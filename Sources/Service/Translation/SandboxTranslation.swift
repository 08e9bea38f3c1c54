internal import Intervals
internal import Wire

extension Translation {
  private static let longestMs: Int64 = 3_653 * 86_400_000

  /// Where a sandbox's clock is to go.
  func advance(
    _ message: Seduta_V1_SandboxAdvanceRequest
  ) throws(Malformed) -> AdvanceTicket.Target {
    var reader = FieldReader(zones: zones)
    var target: AdvanceTicket.Target?
    switch message.target {
    case .toTime(let time):
      target = reader.instant(Instant(time).msSinceEpoch, "to_time").map { .to($0) }
    case .byMs(let ms):
      if (1...Translation.longestMs).contains(ms) {
        target = .by(ms: ms)
      } else {
        reader.fault("by_ms", "expected 1 to \(Translation.longestMs), ten years, got \(ms)")
      }
    case nil:
      reader.fault("to_time", "expected to_time or by_ms; one of them is required")
    }
    return try reader.finish(target)
  }
}
