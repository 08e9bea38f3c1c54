internal import Availability
internal import Intervals

/// S-12: holds lapse by themselves, and who comes after them clears them away.
enum LapsedHolds {
  /// Clears away the lapsed holds where something new is to stand: all of the therapist's, lest they
  /// pile up, and those that overlap it in its room or with its client. They have to go first, since
  /// the schema does not look at deadlines.
  static func cleared(for occupation: Occupation, facts: Facts, at now: Instant) -> [Event] {
    var candidates = facts.index.therapist(occupation.therapist)?.busy.held ?? []
    let shared =
      (occupation.room.map { facts.index.busy(of: $0).held } ?? [])
      + (occupation.client.map { facts.index.busy(of: $0).held } ?? [])
    candidates += shared.filter { $0.occupation.span.overlaps(occupation.span) }
    var seen: Set<HoldID> = []
    return candidates.compactMap { held in
      guard !held.holds(at: now), case .hold(let id) = held.occupation.occupant,
        seen.insert(id).inserted
      else { return nil }
      return .holdLapsed(id)
    }
  }

  /// The same for all that one decision takes: each hold is cleared away once.
  static func cleared(forAll occupations: [Occupation], facts: Facts, at now: Instant) -> [Event] {
    var seen: Set<Event> = []
    return occupations.flatMap { cleared(for: $0, facts: facts, at: now) }
      .filter { seen.insert($0).inserted }
  }
}
