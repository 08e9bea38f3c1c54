internal import Availability
internal import Intervals

/// The places that the appointments of a series find when they move together: all are freed first, so
/// that none is in another's way.
struct SeriesPlacing {
  private(set) var steps: [MovingStep]

  /// - Parameter isLater: they go forward in time: then those that come last go first, so that what
  ///   cannot move and stays is where it is before others look for a place.
  init(
    _ steps: [MovingStep], isLater: Bool, _ move: SeriesMove, by actor: Actor, facts: Facts,
    at now: Instant
  ) {
    let ascending = steps.sorted { $0.target < $1.target }
    self.steps = ascending
    let order = isLater ? ascending.indices.reversed() : Array(ascending.indices)
    // Those whose place has to be kept for them from the beginning. Each round knows one more.
    var staying: Set<Int> = []
    while let other = tryAll(
      in: order, move, staying: staying, SeriesTrial(facts, by: actor, at: now))
    {
      staying.insert(other)
    }
  }

  /// - Returns: one that could not move and whose own place went to another meanwhile; nil when all
  ///   have found a place.
  private mutating func tryAll(
    in order: [Int], _ move: SeriesMove, staying: Set<Int>, _ fresh: SeriesTrial
  ) -> Int? {
    var trial = fresh
    for index in order where !staying.contains(index) {
      trial.vacate(steps[index].appointment.occupation)
    }
    for index in order where !staying.contains(index) {
      let step = steps[index]
      steps[index].placed = step.wish.map {
        trial.place($0, for: step.appointment.id, of: step.appointment.therapist)
      }
      if !steps[index].isMoving, move.mode == .skip,
        !trial.occupy(step.appointment.occupation)
      {
        return index
      }
    }
    return nil
  }

  func isBookable(in mode: ConflictMode) -> Bool {
    switch mode {
    case .allOrNothing: steps.allSatisfy(\.isMoving)
    case .skip: steps.contains(where: \.isMoving)
    }
  }

  /// - Parameter moved: the appointments as they are afterwards; none where nothing is done.
  func reports(
    mode: ConflictMode, _ moved: [(appointment: Appointment, event: Event)]
  ) -> [OccurrenceReport] {
    steps.indices.map { index in
      let step = steps[index]
      var report: OccurrenceReport
      if let start = step.start, let placed = step.placed {
        report = OccurrenceReport(step.target, start, placed)
        if !step.isMoving, mode == .skip { report.omission = .conflict }
      } else {
        report = OccurrenceReport(step.target, nil, isBookable: false, omission: .gap)
      }
      if moved.indices.contains(index) { report.appointment = moved[index].appointment }
      return report
    }
  }
}
