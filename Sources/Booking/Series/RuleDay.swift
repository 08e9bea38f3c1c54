internal import Availability
internal import Intervals

/// A day that a series' rule names.
struct RuleDay: Hashable {
  let local: LocalMinute
  /// Nil where the local time does not exist (S-9).
  let start: Minute?

  /// All that a rule gives, ascending; those in a gap too.
  static func all(
    of rule: RecurrenceRule, from localStart: LocalMinute, in zone: Zone
  ) throws(Refused) -> [RuleDay] {
    let recurrence: Recurrence
    do {
      recurrence = try Recurrence(rule, from: localStart, in: zone)
    } catch {
      throw Refused(.invalid([FieldFault(error)]))
    }
    let days =
      recurrence.occurrences.map { RuleDay(local: $0.localStart, start: $0.start) }
      + recurrence.gaps.map { RuleDay(local: $0, start: nil) }
    return days.sorted { $0.local < $1.local }
  }
}

extension Zone {
  /// The point in time that a series takes for a local start: the first one. Nil where there is none.
  func start(showing local: LocalMinute) -> Minute? {
    switch resolve(local) {
    case .once(let minute), .twice(let minute, _): minute
    case .gap: nil
    }
  }
}

extension FieldFault {
  fileprivate init(_ refusal: Recurrence.Refusal) {
    switch refusal {
    case .startNotNamed:
      self.init(field: "local_start", expected: "expected a day that the rule names")
    case .startOutOfRange:
      self.init(field: "local_start", expected: "expected a time within 2000 years of 1970")
    case .endsBeforeStart:
      self.init(field: "rule", expected: "UNTIL: expected local_start or later")
    case .tooMany, .endsTooLate:
      self.init(
        field: "rule",
        expected: "expected at most \(RecurrenceRule.counts.upperBound) occurrences, all within "
          + "ten years of the first")
    }
  }
}
