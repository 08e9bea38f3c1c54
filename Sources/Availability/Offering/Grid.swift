/// On which local minutes sessions may start (S-3).
public struct Grid: Hashable, Sendable {
  /// Minutes between starts, counted from the full hour; divides 60.
  public let stepMinutes: Int32
  /// Starts at full hours only, whatever the step.
  public let fullHoursOnly: Bool

  /// Nil unless the step is one of `allSteps`.
  public init?(stepMinutes: Int32, fullHoursOnly: Bool) {
    guard Grid.allSteps.contains(stepMinutes) else { return nil }
    self.init(knownStepMinutes: stepMinutes, fullHoursOnly: fullHoursOnly)
  }

  private init(knownStepMinutes: Int32, fullHoursOnly: Bool) {
    stepMinutes = knownStepMinutes
    self.fullHoursOnly = fullHoursOnly
  }

  /// The steps that there are, in minutes.
  public static let allSteps: [Int32] = [5, 6, 10, 12, 15, 20, 30, 60]
  /// Every half hour.
  public static let standard = Grid(knownStepMinutes: 30, fullHoursOnly: false)

  /// Minutes between starts, with `fullHoursOnly` reckoned in.
  public var effectiveStepMinutes: Int32 { fullHoursOnly ? 60 : stepMinutes }

  public func allows(_ local: LocalMinute) -> Bool {
    minutesUntilNext(from: local) == 0
  }

  /// Minutes until the next start; 0 on one.
  func minutesUntilNext(from local: LocalMinute) -> Int32 {
    // Steps divide the hour, and the epoch is a full hour: no need to go by way of the hour.
    let since = local.sinceEpoch.remainder(flooredBy: effectiveStepMinutes)
    return since == 0 ? 0 : effectiveStepMinutes - since
  }
}
