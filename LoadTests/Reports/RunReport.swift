/// What a run of a scenario found.
public struct RunReport: Encodable, Sendable {
  public struct Configuration: Encodable, Equatable, Sendable {
    public var host = ""
    public var port: UInt16 = 0
    /// "closed", "open" or "ramp".
    public var loop = ""
    public var connections = 0
    public var threads = 1
    /// Closed loop: calls in flight on each connection.
    public var pipeline: Int?
    /// Open loop.
    public var requestsPerSecond: Double?
    public var callsPerConnection: Int?
    public var warmUpSeconds = 0.0
    public var durationSeconds = 0.0
    /// "95 % search, 5 % book".
    public var mix = ""
    public var seed: UInt64 = 0
    public var therapists = 0
    public var clients = 0

    public init() {}
  }

  /// A stretch of the run.
  public struct Moment: Encodable, Equatable, Sendable {
    /// When it ended, from the first request on.
    public let seconds: Double
    public let perSecond: Double
    public let p50Ms: Double
    public let p99Ms: Double

    public init(seconds: Double, perSecond: Double, p50Ms: Double, p99Ms: Double) {
      self.seconds = seconds
      self.perSecond = perSecond
      self.p50Ms = p50Ms
      self.p99Ms = p99Ms
    }
  }

  /// What became of connections that read slowly.
  public struct SlowReading: Encodable, Equatable, Sendable {
    public var connections = 0
    /// Of those, how many the server stopped reading from.
    public var pushedBack = 0
    /// Of those, how many it closed.
    public var cut = 0
    public var bytesRead = 0
    public var repliesRead = 0
    /// The others' throughput beside them, as a share of that without them.
    public var othersShare = 0.0

    public init() {}
  }

  public struct Violations: Encodable, Equatable, Sendable {
    public let count: Int
    public let first: [String]

    public init(count: Int, first: [String]) {
      self.count = count
      self.first = first
    }
  }

  public var heading = Heading()
  public var configuration = Configuration()
  /// How long was measured.
  public var windowSeconds = 0.0
  /// Processor time of this client for each call, warm-up included.
  public var clientMicroseconds = 0.0
  public var total = Calls()
  /// By kind, in the order of the table.
  public var calls: [Calls] = []
  public var moments: [Moment] = []
  public var ramp: RampReport?
  public var slowReading: SlowReading?
  /// Bookings and cancellations a second that were answered beside the load.
  public var besidePerSecond: Double?
  /// Open loop: requests that should have been sent and never were.
  public var unsent = 0
  public var connectionsOpened = 0
  public var connectionsLost: [String] = []
  /// Bookings and cancellations that were read back.
  public var readBack = 0
  public var violations = Violations(count: 0, first: [])
  public var checks: [Check] = []

  public init() {}

  public var hasPassed: Bool { checks.allSatisfy(\.isKept) }
}
