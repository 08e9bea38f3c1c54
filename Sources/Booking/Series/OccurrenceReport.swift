public import Availability
public import Intervals

/// What became of an occurrence, or would (B-8).
public struct OccurrenceReport: Hashable, Sendable {
  /// What the rule gives.
  public let localStart: LocalMinute
  /// Nil where the local time does not exist (S-9).
  public let start: Minute?
  public var isBookable: Bool
  /// What is in the way.
  public var discrepancies: [Discrepancy] = []
  public var overridden: [Discrepancy] = []
  /// What could be booked instead; only told of the first few that cannot.
  public var alternatives: [Minute] = []
  /// Why it is left out; nil where it is not.
  public var omission: SeriesOmission.Reason?
  public var appointment: Appointment?

  init(
    _ localStart: LocalMinute, _ start: Minute?, isBookable: Bool,
    omission: SeriesOmission.Reason? = nil, appointment: Appointment? = nil
  ) {
    self.localStart = localStart
    self.start = start
    self.isBookable = isBookable
    self.omission = omission
    self.appointment = appointment
  }

  init(_ localStart: LocalMinute, _ start: Minute, _ placed: SeriesTrial.Placed) {
    self.init(localStart, start, isBookable: placed.assessment.isBookable)
    discrepancies = placed.assessment.discrepancies
    overridden = placed.assessment.overridden
    alternatives = placed.alternatives
  }

  /// Whether it is what a caller who wants all or nothing does not get.
  var isInTheWay: Bool { !isBookable && omission == nil }
}

/// What came of booking or moving a series, or would.
public struct SeriesOutcome: Hashable, Sendable {
  public let series: Series
  /// In order of time.
  public let occurrences: [OccurrenceReport]
  /// Whether it was done, or would be.
  public let isBookable: Bool
}
