internal import Workload

/// How requests are let loose.
enum Loop: Sendable {
  /// So many calls in flight on each connection: the next goes out when one comes back.
  case closed(pipeline: Int)
  /// So many requests a second in all, at fixed times, whatever comes back.
  case open(requestsPerSecond: Double)
}

/// One load, from its first request to its last.
struct LoadPlan: Sendable {
  var address: Address
  let key: String
  var connections: Int
  var threads = 1
  var loop: Loop
  var warmUpNs: UInt64
  var durationNs: UInt64
  var mix: Mix
  var seed: UInt64
  var limits = Generator.Limits()
  /// Each connection is closed after so many calls, and another opened; nil: never.
  var callsPerConnection: Int?
  /// What is asked instead of what the generator draws.
  var replay: Replay?
  /// Distinguishes this load's idempotency keys from every other load's, of the same seed too.
  let loadID: String

  /// The connections of one of the threads.
  func connections(ofThread thread: Int) -> Int {
    connections / threads + (thread < connections % threads ? 1 : 0)
  }

  /// What one of the threads draws from: the seeds are far apart in the generator's sequence.
  func seed(ofThread thread: Int) -> UInt64 {
    var seeds = SplitMix64(seed: seed)
    for _ in 0..<thread { _ = seeds.next() }
    return seeds.next()
  }

  /// A new one for every load.
  static func makeLoadID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
