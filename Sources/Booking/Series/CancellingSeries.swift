internal import Availability
internal import Intervals

/// B-9: cancelling one of a series, this and the following, or all.
enum CancellingSeries {
  static func needs(_ wish: SeriesCancelWish) -> Needs {
    var needs = Needs()
    needs.seriesWhole.insert(wish.appointment)
    return needs
  }

  static func decide(
    _ wish: SeriesCancelWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let known = try KnownSeries(
        around: wish.appointment, seen: wish.seenVersion, by: actor, facts: facts)
      return .change(
        wish.scope == .this
          ? try cancelOne(of: known, wish, by: actor, facts: facts, stamp: stamp)
          : try cancelMany(of: known, wish, by: actor, facts: facts, stamp: stamp))
    } catch {
      return .refuse(error.refusal)
    }
  }

  /// The series goes on around it.
  private static func cancelOne(
    of known: KnownSeries, _ wish: SeriesCancelWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let (cancellation, till) = try Cancelling.cancel(
      known.pivot, wish.reason, by: actor, facts: facts, stamp: stamp)
    return Change(
      events: till.events,
      effects: Messages.cancelled(cancellation.appointment, isQuiet: wish.isQuiet) + till.effects,
      answer: .seriesCancelled(known.series, [cancellation]))
  }

  private static func cancelMany(
    of known: KnownSeries, _ wish: SeriesCancelWish, by actor: Actor, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Change {
    let cancellable = known.members(in: wish.scope).filter {
      $0.state.isActive && stamp.at < $0.span.start.instant
    }
    var cancelled: [(cancellation: Cancellation, till: Till)] = []
    var facts = facts
    for appointment in cancellable.sorted(by: { $0.span.start < $1.span.start }) {
      let next = try Cancelling.cancel(
        appointment, wish.reason, by: actor, facts: facts, stamp: stamp)
      // They may have been paid by the same benefit: each gives back to what those before it have left.
      facts.learn(next.till.events)
      cancelled.append(next)
    }
    guard let first = cancellable.map(known.place).min() else {
      throw Refused(.seriesOver(known.series.id))
    }
    let gone = Set(cancellable.map(\.id))
    let staying = known.appointments.filter { $0.state.occupies && !gone.contains($0.id) }
    let series = known.series.ending(
      from: first, after: staying.map(known.place).max(), days: known.days, in: known.zone)
    return Change(
      events: [.seriesChanged(series)] + cancelled.flatMap(\.till.events),
      effects: Messages.toBoth(.appointmentCancelled, about: series, isQuiet: wish.isQuiet)
        + cancelled.flatMap(\.till.effects),
      answer: .seriesCancelled(series, cancelled.map(\.cancellation)))
  }
}

extension Series {
  /// The series one version on, with a rule that ends where nothing follows any more. Where nothing is
  /// left of it at all, the rule stays: it tells what was cancelled.
  ///
  /// - Parameters:
  ///   - first: where the rule has the first that is gone.
  ///   - last: where it has the last that stays; nil for none.
  fileprivate func ending(
    from first: LocalMinute, after last: LocalMinute?, days: [RuleDay], in zone: Zone
  ) -> Series {
    let cut = days.indices.first { index in
      let day = days[index].local
      return day >= first && last.map { day > $0 } ?? true
    }
    var series = self
    series.version += 1
    if let cut, cut > 0 { series.end(before: days[cut].local, in: zone) }
    return series
  }

  /// What its rule gives from there on is no longer its own.
  mutating func end(before local: LocalMinute, in zone: Zone) {
    rule = rule.ending(before: local, in: zone)
    omissions.removeAll { $0.localStart >= local }
  }
}
