internal import Intervals

/// Counts the sessions of a therapist by the local day on which they start, and holds like them.
final class SessionCount {
  private let caps: SessionCaps
  private let busy: BusyTimes
  private let zone: Zone

  /// Nil where there are no caps.
  ///
  /// - Parameter busy: with only those holds that count.
  init?(_ busy: BusyTimes, of profile: TherapistProfile) {
    if profile.caps == .none { return nil }
    caps = profile.caps
    self.busy = busy
    zone = profile.zone
  }

  /// Which caps leave no room for another session on the day of a start.
  func reached(at start: Minute) -> (day: ReachedCap?, week: ReachedCap?) {
    let day = zone.date(at: start)
    return (
      reached(caps.daily, from: day, days: 1), reached(caps.weekly, from: day.monday, days: 7)
    )
  }

  /// How many more sessions the weekly cap allows in the week of a day; nil where there is no such cap.
  func left(inWeekOf day: CivilDate) -> Int? {
    caps.weekly.map { $0 - count(from: day.monday, to: day.monday.adding(days: 6)) }
  }

  /// Until when the clock shows the day of a start, without being changed.
  func dayLasts(from start: Minute) -> Minute {
    zone.lasts(before: zone.date(at: start).adding(days: 1), from: start)
  }

  /// Until when the clock shows the week of a start, without being changed.
  func weekLasts(from start: Minute) -> Minute {
    zone.lasts(before: zone.date(at: start).monday.adding(days: 7), from: start)
  }

  private func reached(_ cap: Int?, from firstDay: CivilDate, days: Int) -> ReachedCap? {
    guard let cap, case let count = count(from: firstDay, to: firstDay.adding(days: days - 1)),
      count >= cap
    else { return nil }
    return ReachedCap(firstDay: firstDay, cap: cap, count: count)
  }

  /// Both days are included.
  private func count(from firstDay: CivilDate, to lastDay: CivilDate) -> Int {
    guard let reach = zone.reach(from: firstDay, to: lastDay) else { return 0 }
    let plain = zone.steadyStretch(from: firstDay, to: lastDay)
    func starts(_ span: Span) -> Bool {
      plain?.contains(span.start) ?? (firstDay...lastDay).contains(zone.date(at: span.start))
    }
    var count = busy.held.count { starts($0.occupation.span) }
    busy.sessions.forEachOverlap(plain ?? reach) { if starts($0.span) { count += 1 } }
    return count
  }
}

/// Tells until when caps are reached, asked in ascending order.
struct CapSweep {
  private let count: SessionCount
  /// What is known holds from here on, until then.
  private var knownFrom = Minute(sinceEpoch: .max)
  private var knownUntil = Minute(sinceEpoch: .min)
  private var isFull = false

  init(_ count: SessionCount) {
    self.count = count
  }

  /// Nil when another session can start then; else before which time none can.
  mutating func fullUntil(at start: Minute) -> Minute? {
    if start < knownFrom || start >= knownUntil { learn(at: start) }
    return isFull ? knownUntil : nil
  }

  private mutating func learn(at start: Minute) {
    let reached = count.reached(at: start)
    isFull = reached.day != nil || reached.week != nil
    knownFrom = start
    knownUntil = reached.week == nil ? count.dayLasts(from: start) : count.weekLasts(from: start)
  }
}

extension CivilDate {
  /// The first day of its week (ISO 8601).
  var monday: CivilDate { adding(days: 1 - weekday.rawValue) }
}

extension Zone {
  /// When a wall clock first shows this day or a later one.
  func startOfDay(_ day: CivilDate) -> Minute {
    edge(LocalMinute(date: day, minuteOfDay: 0))
  }

  /// Until when the clock goes on from a minute to days before another, without being changed.
  fileprivate func lasts(before day: CivilDate, from minute: Minute) -> Minute {
    let index = rules.stretchIndex(at: minute.sinceEpoch)
    let midnight = LocalMinute(date: day, minuteOfDay: 0).sinceEpoch - rules.offsets[index]
    return Minute(sinceEpoch: min(midnight, rules.end(ofStretch: index)))
  }

  /// The stretch that some days are, where no change of the clocks is near. Both are included.
  fileprivate func steadyStretch(from firstDay: CivilDate, to lastDay: CivilDate) -> Span? {
    guard let reach = reach(from: firstDay, to: lastDay),
      rules.stretchIndex(at: reach.start.sinceEpoch) == rules.stretchIndex(at: reach.end.sinceEpoch)
    else { return nil }
    return Span(from: reach.start, to: startOfDay(lastDay.adding(days: 1)))
  }

  /// A stretch that holds all of some days, and more. Both days are included.
  func reach(from firstDay: CivilDate, to lastDay: CivilDate) -> Span? {
    // Where clocks are put back over midnight, the last day comes once more after its end: within
    // two days, because no offset is a day or more.
    let end = startOfDay(lastDay.adding(days: 1)).advanced(byMinutes: 2 * LocalMinute.perDay)
    return Span(from: startOfDay(firstDay), to: end)
  }
}
