public import Intervals

/// What takes the time of one therapist, room or client.
public struct BusyTimes: Sendable {
  private struct Rest: Sendable {
    var guards = IntervalTree()
    var held: [HeldTime] = []
  }

  /// Of appointments, without buffers; keys are their raw ids.
  public private(set) var sessions: IntervalTree
  /// One at most: few have any, and there are as many of these as there are clients.
  private var rest: [Rest] = []

  /// - Parameter held: in any order.
  public init(
    sessions: IntervalTree = IntervalTree(), guards: IntervalTree = IntervalTree(),
    held: [HeldTime] = []
  ) {
    self.sessions = sessions
    if !guards.isEmpty || !held.isEmpty {
      rest = [
        Rest(guards: guards, held: held.sorted { $0.occupation.span < $1.occupation.span })
      ]
    }
  }

  /// Of those appointments that have buffers, with them. Empty for rooms and clients.
  public var guards: IntervalTree { rest.first?.guards ?? IntervalTree() }

  /// By span. Few, and some may have lapsed.
  public var held: [HeldTime] { rest.first?.held ?? [] }

  public var isEmpty: Bool { sessions.isEmpty && rest.isEmpty }

  /// Whether appointments without buffers are all that there is.
  var isPlain: Bool { rest.isEmpty }

  /// False when another appointment is in the way, or it is none that wants the time. Holds are
  /// never in the way: only who knows what time it is can say which of them still hold.
  public mutating func occupy(_ occupation: Occupation) -> Bool {
    guard let entry = IntervalTree.Entry(occupation), isUnbooked(for: occupation),
      sessions.insert(entry)
    else { return false }
    if occupation.buffers.isNone { return true }
    return changeRest { $0.guards.insert(entry.widened(by: occupation.buffers)) }
  }

  /// False when the appointment does not take just this.
  public mutating func vacate(_ occupation: Occupation) -> Bool {
    guard let entry = IntervalTree.Entry(occupation), has(occupation), sessions.remove(entry)
    else { return false }
    if occupation.buffers.isNone { return true }
    return changeRest { $0.guards.remove(entry.widened(by: occupation.buffers)) }
  }

  /// Takes time, or renews the hold of the same id. False when an appointment is in the way.
  public mutating func hold(_ new: HeldTime) -> Bool {
    guard isUnbooked(for: new.occupation) else { return false }
    changeRest { rest in
      rest.held.removeAll { $0.occupation.occupant == new.occupation.occupant }
      let place = rest.held.firstIndex { new.occupation.span < $0.occupation.span }
      rest.held.insert(new, at: place ?? rest.held.endIndex)
    }
    return true
  }

  /// False when there is no such hold. Its deadline may be another.
  public mutating func release(_ old: HeldTime) -> Bool {
    guard let index = held.firstIndex(where: { $0.occupation == old.occupation }) else {
      return false
    }
    changeRest { _ = $0.held.remove(at: index) }
    return true
  }

  private mutating func changeRest<Result>(_ body: (inout Rest) -> Result) -> Result {
    if rest.isEmpty { rest.append(Rest()) }
    let result = body(&rest[0])
    if rest[0].guards.isEmpty && rest[0].held.isEmpty { rest = [] }
    return result
  }

  /// Whether a session goes on or is still to come, be it only held.
  public func isTaken(after now: Instant) -> Bool {
    sessions.entries.contains { now < $0.span.end.instant }
      || held.contains { $0.holds(at: now) && now < $0.occupation.span.end.instant }
  }

  /// The same with only those holds that have not lapsed, but for one; without any where no time
  /// is given.
  func reckoned(at now: Instant?, but own: HoldID? = nil) -> BusyTimes {
    if rest.isEmpty || rest[0].held.isEmpty { return self }
    let live = now.map { now in
      rest[0].held.filter { $0.holds(at: now) && $0.occupation.occupant != own.map(Occupant.hold) }
    }
    return BusyTimes(sessions: sessions, guards: rest[0].guards, held: live ?? [])
  }

  /// Whether no appointment is in an occupation's way.
  func isUnbooked(for occupation: Occupation) -> Bool {
    !sessions.overlapsAny(occupation.span.widened(by: occupation.buffers))
      && (isPlain || !guards.overlapsAny(occupation.span))
  }

  /// Whether an appointment or a hold takes just this.
  func has(_ occupation: Occupation) -> Bool {
    guard let entry = IntervalTree.Entry(occupation) else {
      return held.contains { $0.occupation == occupation }
    }
    return sessions.has(entry)
      && (occupation.buffers.isNone || guards.has(entry.widened(by: occupation.buffers)))
  }
}

// MARK: Soundness

extension BusyTimes {
  /// Everything that is wrong with it, in sentences; empty when it is sound. Walks through it all.
  func violations() -> [String] {
    var found = sessions.violations() + guards.violations()
    let entries = sessions.entries
    for (one, next) in zip(entries, entries.dropFirst()) where one.span.overlaps(next.span) {
      found.append("\(one.appointment) overlaps \(next.appointment)")
    }
    let spans = Dictionary(
      entries.map { ($0.key, $0.span) }, uniquingKeysWith: { first, _ in first })
    for entry in guards.entries {
      guard let session = spans[entry.key], entry.span.contains(session) else {
        found.append("the buffers of \(entry.appointment) are not around its session")
        continue
      }
      for other in sessions.overlaps(entry.span) where other.key != entry.key {
        found.append("the buffers of \(entry.appointment) overlap \(other.appointment)")
      }
    }
    for (one, next) in zip(held, held.dropFirst()) where one.occupation.span > next.occupation.span
    {
      found.append("\(one.occupation.occupant.text) is held after \(next.occupation.occupant.text)")
    }
    return found
  }
}

extension IntervalTree.Entry {
  fileprivate var appointment: AppointmentID { AppointmentID(rawValue: key) }

  /// Nil for a hold.
  fileprivate init?(_ occupation: Occupation) {
    guard case .appointment(let id) = occupation.occupant else { return nil }
    self.init(span: occupation.span, key: id.rawValue)
  }

  fileprivate func widened(by buffers: Buffers) -> Self {
    Self(span: span.widened(by: buffers), key: key)
  }
}

extension IntervalTree {
  fileprivate func has(_ entry: Entry) -> Bool {
    var isFound = false
    forEachOverlap(entry.span) { isFound = isFound || $0 == entry }
    return isFound
  }
}
