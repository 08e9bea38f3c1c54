/// What the continuous check found.
public struct CheckReport: Encodable, Sendable {
  /// The medians of a scenario's rounds.
  public struct Row: Encodable, Equatable, Sendable {
    public var scenario = ""
    public var perSecond = 0.0
    public var p50Ms = 0.0
    public var p99Ms = 0.0
    /// Processor time of the server for each call.
    public var serverMicroseconds = 0.0
    /// Processor time of this client for each call.
    public var clientMicroseconds = 0.0
    /// The same load on the echo; nil where it is not compared with it.
    public var echoPerSecond: Double?
    public var echoMicroseconds: Double?
    /// Processor time of this client for each call to the echo.
    public var echoClientMicroseconds: Double?

    public init() {}
  }

  /// A threshold and its ratios.
  public struct Ratio: Encodable, Equatable, Sendable {
    public var title = ""
    public var median = 0.0
    public var least = 0.0
    public var most = 0.0
    public var atLeast: Double?
    public var atMost: Double?
    public var isKept = false
    public var reason = ""

    public init() {}
  }

  public var heading = Heading()
  public var therapists = 0
  public var rounds = 0
  public var rows: [Row] = []
  public var ratios: [Ratio] = []
  public var checks: [Check] = []

  public init() {}

  public var hasPassed: Bool { checks.allSatisfy(\.isKept) }
}
