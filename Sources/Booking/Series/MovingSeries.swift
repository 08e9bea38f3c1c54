internal import Availability
internal import Intervals

/// B-9: moving one of a series, this and the following, or all.
enum MovingSeries {
  static func needs(_ move: SeriesMove) -> Needs {
    var needs = Needs()
    needs.seriesWhole.insert(move.appointment)
    return needs
  }

  static func decide(
    _ move: SeriesMove, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      return .change(try change(move, as: command, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func change(
    _ move: SeriesMove, as command: Command, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let known = try KnownSeries(
      around: move.appointment, seen: move.seenVersion, by: command.actor, facts: facts)
    try known.pivot.requireMovable(at: stamp.at)
    guard known.zone.start(showing: move.localStart) != nil else {
      throw Refused(
        .invalid([
          FieldFault(
            field: "local_start",
            expected: "expected a time that exists: clocks are put forward over this one")
        ]))
    }
    let shift = SeriesShift(from: known.place(of: known.pivot), to: move.localStart)
    var steps: [MovingStep] = []
    for appointment in known.members(in: move.scope) where appointment.isMovable(at: stamp.at) {
      let place = known.place(of: appointment)
      steps.append(
        try MovingStep(
          appointment, from: place, to: shift(place), move, in: known.zone, of: command.partner,
          facts: facts))
    }
    let placed = SeriesPlacing(
      steps, isLater: move.localStart > known.place(of: known.pivot), move, by: command.actor,
      facts: facts, at: stamp.at)
    let split = try SeriesSplit(known, move, shift, steps, stamp: stamp)
    let isBookable = placed.isBookable(in: move.mode)
    let moved = placed.steps.map {
      $0.taken(into: split.membership(of: $0), move, by: command.actor, facts: facts, at: stamp.at)
    }
    let outcome = SeriesOutcome(
      series: split.moved, occurrences: placed.reports(mode: move.mode, isBookable ? moved : []),
      isBookable: isBookable)
    guard isBookable else {
      if command.validateOnly { return Change(events: [], answer: .seriesMoved(outcome)) }
      throw Refused(.seriesUnbookable(outcome.occurrences.filter { !$0.isBookable }))
    }
    let effects =
      move.scope == .this
      ? moved.flatMap {
        Messages.changed($0.appointment, isQuiet: move.isQuiet)
      }
      : Messages.toBoth(.appointmentChanged, about: split.moved, isQuiet: move.isQuiet)
    return Change(
      events: LapsedHolds.cleared(
        forAll: moved.map(\.appointment.occupation), facts: facts, at: stamp.at)
        + split.events + moved.map(\.event),
      effects: effects, answer: .seriesMoved(outcome))
  }
}
