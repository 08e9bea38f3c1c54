internal import Glibc

/// Time for measuring: never set back, the same for all threads.
enum Clock {
  /// Nanoseconds since some fixed moment.
  static func nowNs() -> UInt64 {
    nanoseconds(of: CLOCK_MONOTONIC)
  }

  /// Processor time that the calling thread has used, in nanoseconds.
  static func threadProcessorNs() -> UInt64 {
    nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
  }

  /// Processor time that a process of this machine has used, in nanoseconds; 0 when it is gone.
  static func processorNs(of process: pid_t) -> UInt64 {
    var clock = clockid_t()
    return clock_getcpuclockid(process, &clock) == 0 ? nanoseconds(of: clock) : 0
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
