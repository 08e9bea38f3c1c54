/// Something that a run must keep, and whether it did.
public struct Check: Encodable, Equatable, Sendable {
  /// "p99 latency".
  public let name: String
  /// What was found: "4.2 ms".
  public let reached: String
  /// What was allowed: "at most 20 ms".
  public let limit: String
  public let isKept: Bool
  /// Why it is asked for, and what it means when it is not kept.
  public let reason: String

  public init(name: String, reached: String, limit: String, isKept: Bool, reason: String) {
    self.name = name
    self.reached = reached
    self.limit = limit
    self.isKept = isKept
    self.reason = reason
  }

  /// One sentence about a check that was not kept.
  public var failure: String { "\(name): \(reached), \(limit) allowed. \(reason)" }
}

/// What all reports begin with.
public struct Heading: Encodable, Equatable, Sendable {
  /// "q1", "ci".
  public var title = ""
  /// One sentence.
  public var summary = ""
  public var harnessVersion = ""
  public var serverVersion = ""
  /// ISO 8601, in UTC.
  public var startTime = ""
  public var seconds = 0.0
  /// Processors, and what they are called.
  public var machine = ""

  public init() {}
}
