public import Intervals

/// A free start, and what it is of.
public struct FreeStart: Hashable, Sendable {
  public let start: Minute
  public let group: SlotGroup
}

/// A lookup under way of the first free start of each of many therapists (S-11). It is shown them one
/// by one; those of whom what is kept does not tell all are walked through at the end, outside of any
/// lock.
public struct FirstFreeGathering {
  private let filter: SlotFilter
  private let range: Span
  private let moment: Moment
  private var limits: StartLimits
  private var found: [FreeStart?] = []
  private var walks: [(position: Int, entry: TherapistEntry)] = []

  public init(_ filter: SlotFilter, in range: Span, at moment: Moment) {
    self.filter = filter
    self.range = range
    self.moment = moment
    limits = StartLimits(at: moment)
  }

  /// Takes in the next therapist.
  mutating func gather(_ entry: borrowing TherapistEntry) {
    let profile = entry.profile
    guard let kept = entry.keptStarts(at: moment.now) else { return leave(copy entry) }
    guard filter.wants(profile) else { return found.append(nil) }
    var first: (start: Minute, stream: Int)?
    for stream in profile.streams.indices where filter.wants(stream, of: profile) {
      let policy = profile.streams[stream].policy
      guard let wanted = limits.bookable(under: policy, in: profile.zone, of: range) else {
        continue
      }
      guard kept.contains(wanted) else { return leave(copy entry) }
      // Only an earlier one is better than that of a stream before.
      let end = min(wanted.end, first?.start ?? wanted.end)
      guard let rest = Span(from: wanted.start, to: end),
        let start = entry.starts.first(of: stream, in: rest)
      else { continue }
      first = (start, stream)
    }
    found.append(
      first.map { FreeStart(start: $0.start, group: SlotGroup(profile, stream: $0.stream)) })
  }

  private mutating func leave(_ entry: TherapistEntry) {
    walks.append((found.count, entry))
    found.append(nil)
  }

  /// What was found, in the order in which therapists were shown.
  ///
  /// - Parameter occupancy: knows the rooms of the therapists' places.
  public consuming func starts(occupancy: some Occupancy) -> [FreeStart?] {
    for (position, entry) in walks {
      let evaluator = Evaluator(therapist: entry, moment: moment, occupancy: occupancy)
      found[position] = evaluator.firstFree(filter, in: range)
    }
    return found
  }
}

extension AvailabilityIndex {
  /// Shows a lookup one therapist. False when the partner has no such therapist here.
  public func gather(
    _ therapist: TherapistID, of partner: PartnerID, into gathering: inout FirstFreeGathering
  ) -> Bool {
    guard let row = row(of: therapist), rows[row].partner == partner else { return false }
    gathering.gather(rows[row])
    return true
  }
}

extension Evaluator {
  /// The first start that could be booked by any client (S-11); of several at once the first by
  /// service, then location. Nil when there is none.
  ///
  /// - Parameters:
  ///   - filter: which of the therapist's slots.
  ///   - range: where starts lie; sessions may end after it.
  public func firstFree(_ filter: SlotFilter, in range: Span) -> FreeStart? {
    guard filter.matches(therapist) else { return nil }
    var first: FreeStart?
    for (offer, place) in filter.pairs(therapist) {
      // Only an earlier one is better than that of a pair before.
      let end = first?.start ?? range.end
      guard let rest = Span(from: range.start, to: end),
        var walk = walk(of: offer, at: place, in: rest), let start = walk.next(before: end)
      else { continue }
      first = FreeStart(start: start, group: SlotGroup(of: offer, at: place, by: therapist))
    }
    return first
  }
}
