public import Workload

/// A load as a file describes it. What the fields mean is said in docs/load-tests.md.
public struct Scenario: Equatable, Sendable {
  /// How requests are let loose.
  public enum Pace: Equatable, Sendable {
    /// So many calls in flight on each connection: the next goes out when one comes back.
    case closed(inFlight: Int)
    /// So many requests a second in all, at fixed times, whatever comes back.
    case open(requestsPerSecond: Double)
    /// An open loop whose rate rises until the server no longer keeps up.
    case ramp(RampPlan)
  }

  /// Connections that read slowly while the others are measured.
  public struct SlowReaders: Equatable, Sendable {
    public let connections: Int
    /// What each of them reads.
    public let bytesPerSecond: Int
    /// The least share of their throughput that the others must keep.
    public let othersMin: Double
  }

  /// What a run must keep to pass.
  public struct Limits: Equatable, Sendable {
    public var p99MaxMs: Double?
    public var errorsMax: Int

    public init(p99MaxMs: Double? = nil, errorsMax: Int = 0) {
      self.p99MaxMs = p99MaxMs
      self.errorsMax = errorsMax
    }
  }

  /// The file's name without its ending.
  public let name: String
  /// One sentence.
  public let summary: String
  public var mix: Mix
  public var connections: Int
  public var pace: Pace
  public var warmUpSeconds: Double
  public var seconds: Double
  public var seed: UInt64
  /// Therapists in a search across therapists.
  public var candidates: Int
  /// Therapists in a lookup.
  public var lookups: Int
  /// Each connection is closed after so many calls, and another opened; nil: never.
  public var callsPerConnection: Int?
  public var slowReaders: SlowReaders?
  /// Bookings a second that are made beside the load by another connection; nil: none.
  public var bookingsBeside: Double?
  public var limits: Limits
}
