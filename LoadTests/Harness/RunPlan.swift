internal import Workload

/// How requests are let loose.
enum Loop: Sendable {
  /// So many calls in flight on each connection: the next goes out when one comes back.
  case closed(pipeline: Int)
  /// So many requests a second in all, at fixed times, whatever comes back.
  case open(requestsPerSecond: Double)
}

/// A run, as asked for.
struct RunPlan: Sendable {
  let endpoint: Endpoint
  let key: String
  let connections: Int
  let threads: Int
  let loop: Loop
  let warmUpNs: UInt64
  let durationNs: UInt64
  let mixName: String
  let mix: Mix
  let seed: UInt64
  /// Distinguishes this run's idempotency keys from every other run's, of the same seed too.
  let runID: String

  /// The connections of one of the threads.
  func connections(ofThread thread: Int) -> Int {
    connections / threads + (thread < connections % threads ? 1 : 0)
  }
}
