internal import Foundation
public import Intervals

/// Where the time comes from. The one place that reads the system's clock, so that a test can bring
/// its own.
public struct WallClock: Sendable {
  public let now: @Sendable () -> Instant

  public init(now: @escaping @Sendable () -> Instant) {
    self.now = now
  }

  public static let system = WallClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(
      msSinceEpoch: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
