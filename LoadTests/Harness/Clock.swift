internal import Glibc

/// Time for measuring: never set back, the same for all threads.
enum Clock {
  /// Nanoseconds since some fixed moment.
  static func nowNs() -> UInt64 {
    nanoseconds(of: CLOCK_MONOTONIC)
  }

  /// Processor time that this process has used, in nanoseconds.
  static func processorNs() -> UInt64 {
    nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
  }

  /// Milliseconds since 1970 in UTC.
  static func wallMs() -> Int64 {
    Int64(nanoseconds(of: CLOCK_REALTIME) / 1_000_000)
  }

  private static func nanoseconds(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
