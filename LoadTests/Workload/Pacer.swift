/// The schedule of an open loop: when each request should be sent, whatever became of those before.
///
/// Latency counts from these times. A client that waits for a slow server and then counts from when
/// it got round to sending leaves out the very requests that suffered (coordinated omission).
public struct Pacer: Sendable {
  private let startNs: UInt64
  private let requestsPerSecond: Double
  private var taken: UInt64 = 0

  /// - Parameters:
  ///   - requestsPerSecond: Above 0.
  ///   - startNs: When the first request should be sent, on the caller's clock.
  public init(requestsPerSecond: Double, startNs: UInt64) {
    precondition(requestsPerSecond > 0, "a rate is above 0")
    self.requestsPerSecond = requestsPerSecond
    self.startNs = startNs
  }

  /// When the next request should be sent.
  public var nextNs: UInt64 {
    // From the start each time: adding up a rounded interval would drift.
    startNs + UInt64(Double(taken) * 1e9 / requestsPerSecond)
  }

  /// The time at which the next request should have been sent, if that is not after `nowNs`.
  public mutating func takeDue(nowNs: UInt64) -> UInt64? {
    let dueNs = nextNs
    guard dueNs <= nowNs else { return nil }
    taken += 1
    return dueNs
  }

  /// How many requests should have been sent before `endNs` and were not.
  public func unsent(beforeNs endNs: UInt64) -> Int {
    var rest = self
    var count = 0
    while endNs > 0, rest.takeDue(nowNs: endNs - 1) != nil { count += 1 }
    return count
  }
}
