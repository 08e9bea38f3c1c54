internal import Intervals

/// All free starts of one therapist in a range: what most searches ask for, in the form in which it
/// is answered. Whoever asks often keeps one, since it keeps its room.
public struct TherapistStarts: Sendable {
  /// Nil before the first use.
  private var profile: TherapistProfile?
  private var counts: ContiguousArray<(stream: Int, count: Int)> = []
  /// Of the first group, then the second, and so on; ascending in each.
  public private(set) var starts = StartList()

  public init() {}

  /// How many groups have a start.
  public var groupCount: Int { counts.count }

  /// How many of `starts` are a group's.
  public func startCount(ofGroup index: Int) -> Int { counts[index].count }

  /// By therapist, service, location.
  public func group(_ index: Int) -> SlotGroup {
    guard let profile else { preconditionFailure("nothing was gathered") }
    return SlotGroup(profile, stream: counts[index].stream)
  }

  /// Takes a therapist's free starts from what is kept of them. False when that does not tell all,
  /// when it would not fit a page, and when the therapist does not have what the filter names: then
  /// a `SlotGathering` says what is there.
  mutating func gather(_ entry: borrowing TherapistEntry, _ query: SlotQuery) -> Bool {
    starts.removeAll()
    counts.removeAll(keepingCapacity: true)
    let profile = entry.profile
    self.profile = profile
    guard query.after == nil, let kept = entry.keptStarts(at: query.moment.now) else {
      return false
    }
    // The filter is not copied: it has many parts to retain.
    if let service = query.filter.service, profile.offer(service) == nil { return false }
    if let location = query.filter.location, profile.place(location) == nil { return false }
    guard query.filter.suits(profile) else { return true }
    var limits = StartLimits(at: query.moment)
    for stream in profile.streams.indices where query.filter.wants(stream, of: profile) {
      let policy = profile.streams[stream].policy
      guard let wanted = limits.bookable(under: policy, in: profile.zone, of: query.range) else {
        continue
      }
      guard kept.contains(wanted) else { return false }
      let before = starts.count
      entry.starts.append(stream, in: wanted, to: &starts)
      if starts.count > query.limit { return false }
      if starts.count > before { counts.append((stream, starts.count - before)) }
    }
    return true
  }
}

extension AvailabilityIndex {
  /// What a search of one therapist finds, where it finds all in one page from what is kept. False
  /// when it is not so, or the partner has no such therapist here.
  public func gather(
    _ therapist: TherapistID, of partner: PartnerID, _ query: SlotQuery,
    into found: inout TherapistStarts
  ) -> Bool {
    guard let row = row(of: therapist), rows[row].partner == partner else { return false }
    return found.gather(rows[row], query)
  }
}
