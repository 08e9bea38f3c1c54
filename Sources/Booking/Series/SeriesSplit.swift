internal import Availability
internal import Intervals

/// What becomes of a series when it moves, or a part of it (B-9).
struct SeriesSplit {
  /// That of the moved appointments: a new one, where others stay behind in the old.
  let moved: Series
  let events: [Event]
  private let zone: Zone
  /// One alone that moves stays what it was to its series.
  private let isWhole: Bool

  init(
    _ known: KnownSeries, _ move: SeriesMove, _ shift: SeriesShift, _ steps: [MovingStep],
    stamp: Stamp
  ) throws(Refused) {
    zone = known.zone
    isWhole = move.scope != .this
    guard isWhole else {
      moved = known.series
      events = []
      return
    }
    let pivot = known.place(of: known.pivot)
    let cut = known.days.firstIndex { $0.local >= pivot } ?? 0
    if move.scope == .thisAndFollowing, cut > 0 {
      var rest = known.series
      rest.version += 1
      rest.end(before: known.days[cut].local, in: known.zone)
      let days = Array(known.days[cut...])
      moved = try known.series.moving(
        days, as: stamp.id(Ordinal.series), from: known.series.id, move, shift, steps,
        in: known.zone, at: stamp.at)
      events = [.seriesChanged(rest), .seriesMade(moved)]
    } else {
      moved = try known.series.moving(
        known.days, as: nil, from: known.series.splitFrom, move, shift, steps, in: known.zone,
        at: stamp.at)
      events = [.seriesChanged(moved)]
    }
  }

  /// What an appointment is to its series afterwards: also one that could not move, which now counts as
  /// moved by itself.
  func membership(of step: MovingStep) -> SeriesMembership? {
    isWhole
      ? SeriesMembership(
        series: moved.id, originalStart: step.start ?? zone.edge(step.target))
      : step.appointment.recurrence
  }
}

extension Series {
  /// The series by which those that move go on.
  /// - Parameters:
  ///   - days: those of its rule that it is about.
  ///   - new: nil where it stays the same one.
  fileprivate func moving(
    _ days: [RuleDay], as new: SeriesID?, from origin: SeriesID?, _ move: SeriesMove,
    _ shift: SeriesShift, _ steps: [MovingStep], in zone: Zone, at now: Instant
  ) throws(Refused) -> Series {
    let taken = Set(steps.map(\.place))
    let reasons = Dictionary(
      omissions.map { ($0.localStart, $0.reason) }, uniquingKeysWith: { first, _ in first })
    return Series(
      id: new ?? id, therapist: therapist, client: client, service: service,
      location: move.location ?? location, room: move.room,
      rule: try shift.rule(rule, giving: days, in: zone),
      localStart: days.first.map { shift($0.local) } ?? localStart, zoneName: zone.name,
      omissions: days.compactMap { day in
        let target = shift(day.local)
        guard zone.start(showing: target) != nil else {
          return SeriesOmission(localStart: target, reason: .gap)
        }
        guard !taken.contains(day.local) else { return nil }
        // Left out before, cancelled or begun. A gap of before is none any more, and still not booked.
        let reason = reasons[day.local] ?? .excluded
        return SeriesOmission(localStart: target, reason: reason == .gap ? .excluded : reason)
      },
      splitFrom: origin, version: new == nil ? version + 1 : 1, madeAt: new == nil ? madeAt : now)
  }
}
