/// How a ramp looks for the rate up to which a server keeps up.
public struct RampPlan: Equatable, Sendable {
  /// The first rate.
  public var startPerSecond: Double
  /// What the rate is multiplied by from step to step, above 1.
  public var growth: Double
  /// How long each rate is held.
  public var stepSeconds: Double
  /// A step breaks when its 99th percentile is above this.
  public var p99MaxMs: Double
  /// A step breaks when less than this share of its rate was answered.
  public var achievedMin: Double
  /// How often the gap between the last good and the first bad rate is halved.
  public var refinements: Int

  public init(
    startPerSecond: Double, growth: Double = 1.5, stepSeconds: Double = 2, p99MaxMs: Double = 20,
    achievedMin: Double = 0.95, refinements: Int = 3
  ) {
    self.startPerSecond = startPerSecond
    self.growth = growth
    self.stepSeconds = stepSeconds
    self.p99MaxMs = p99MaxMs
    self.achievedMin = achievedMin
    self.refinements = refinements
  }
}

/// Raises the rate step by step until the server no longer keeps up, then closes in on the rate where
/// that begins. A plain state machine: it says what to run, and is told what came of it.
public struct Ramp: Sendable {
  /// What a step measured.
  public struct Step: Equatable, Sendable {
    /// The rate that was offered.
    public let requestsPerSecond: Double
    /// Calls answered a second.
    public let answeredPerSecond: Double
    /// The 99th percentile of latency, from when each call should have been sent.
    public let p99Ms: Double
    /// Calls that went wrong.
    public let errors: Int
    /// Whether the server kept up.
    public let isKept: Bool
  }

  /// Where the ramp ended.
  public enum Knee: Equatable, Sendable {
    /// The highest rate that was kept, and the lowest that was not.
    case between(keptPerSecond: Double, brokenPerSecond: Double)
    /// Not even the first rate was kept.
    case below(brokenPerSecond: Double)
    /// Every rate was kept, up to this one.
    case above(keptPerSecond: Double)
  }

  /// What is to be done now.
  public enum Action: Equatable, Sendable {
    /// Hold this rate for a step, and say what was measured.
    case run(requestsPerSecond: Double)
    case finish(Knee)
  }

  /// Rates that are tried at most, repeats included.
  public static let stepsMax = 60

  /// All steps so far, in the order in which they were run.
  public private(set) var steps: [Step] = []

  private let plan: RampPlan
  private var rate: Double
  private var kept: Double?
  private var broken: Double?
  private var refinementsLeft: Int
  /// Whether the rate has broken once: a hiccup of the machine is no knee, so it is tried again.
  private var isRepeat = false

  public init(_ plan: RampPlan) {
    self.plan = plan
    rate = plan.startPerSecond
    refinementsLeft = plan.refinements
  }

  /// What is to be done now.
  public var next: Action {
    switch (kept, broken) {
    case (nil, let broken?): return .finish(.below(brokenPerSecond: broken))
    case (let kept?, let broken?) where refinementsLeft == 0 || isAtLimit:
      return .finish(.between(keptPerSecond: kept, brokenPerSecond: broken))
    case (let kept?, nil) where isAtLimit: return .finish(.above(keptPerSecond: kept))
    case (nil, nil), (_?, nil), (_?, _?): return .run(requestsPerSecond: rate)
    }
  }

  /// The step that `next` asked for was run.
  public mutating func measured(answeredPerSecond: Double, p99Ms: Double, errors: Int) {
    let isKept =
      answeredPerSecond >= plan.achievedMin * rate && p99Ms <= plan.p99MaxMs && errors == 0
    steps.append(
      Step(
        requestsPerSecond: rate, answeredPerSecond: answeredPerSecond, p99Ms: p99Ms, errors: errors,
        isKept: isKept))
    guard isKept || isRepeat || isAtLimit else {
      isRepeat = true
      return
    }
    isRepeat = false
    if broken != nil { refinementsLeft -= 1 }
    if isKept { kept = rate } else { broken = rate }
    advance()
  }

  private var isAtLimit: Bool { steps.count >= Self.stepsMax }

  private mutating func advance() {
    switch (kept, broken) {
    case (let kept?, let broken?): rate = (kept * broken).squareRoot()
    case (let kept?, nil): rate = kept * plan.growth
    case (nil, _): break
    }
  }
}
