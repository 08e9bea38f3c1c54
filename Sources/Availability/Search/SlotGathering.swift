internal import Intervals

/// A search under way: it is shown therapists, a part of the index at a time and in any order, and
/// keeps the first slots that its query wants (S-1, S-11).
///
/// Where start tables tell what is free, it is read from them at once. Therapists of whom they do
/// not (a hold is in the way, or the range goes beyond what is kept) are walked through at the end,
/// outside of any lock.
public struct SlotGathering {
  /// A stretch of time in which a therapist's starts have still to be walked through.
  private struct Walk {
    let entry: TherapistEntry
    let range: Span
  }

  let query: SlotQuery
  private var limits: StartLimits
  private var selection: SlotSelection
  private var walks: [Walk] = []

  public init(_ query: SlotQuery) {
    self.query = query
    limits = StartLimits(at: query.moment)
    // One more than wanted tells whether another page follows.
    selection = SlotSelection(limit: query.limit + 1)
  }

  /// The part of the query's range that has not passed; nil when all of it has.
  var upcoming: Span? {
    Span(from: max(query.range.start, query.moment.firstStart), to: query.range.end)
  }

  /// Takes in one therapist, who is among those that the filter names, if it names any. Each is to be
  /// shown once at the most.
  mutating func gather(_ entry: borrowing TherapistEntry) {
    if let upcoming { gather(entry, in: upcoming) }
  }

  /// Takes in one therapist's starts in a part of what is upcoming.
  mutating func gather(_ entry: borrowing TherapistEntry, in range: Span) {
    let profile = entry.profile
    guard query.filter.suits(profile) else { return }
    guard let kept = entry.keptStarts(at: query.moment.now), range.start >= kept.start else {
      walks.append(Walk(entry: copy entry, range: range))
      return
    }
    var goesBeyond = false
    for stream in profile.streams.indices where query.filter.wants(stream, of: profile) {
      guard let wanted = wanted(stream, of: profile, in: range) else { continue }
      if wanted.end > kept.end { goesBeyond = true }
      guard let covered = wanted.intersection(kept) else { continue }
      entry.starts.forEach(stream, in: covered) { start in
        selection.offer(start, profile, stream: stream)
      }
    }
    if goesBeyond, let beyond = Span(from: max(kept.end, range.start), to: range.end) {
      walks.append(Walk(entry: copy entry, range: beyond))
    }
  }

  /// Whether a slot at a start might still be taken in.
  func wants(_ start: Minute) -> Bool {
    selection.lastStart.map { start <= $0 } ?? true
  }

  /// Whether a slot of a therapist at a start might still be taken in.
  func wants(_ start: Minute, of therapist: TherapistID) -> Bool {
    selection.wants(start, of: therapist)
  }

  /// The page, once all therapists were shown.
  ///
  /// - Parameter occupancy: knows the rooms of the therapists' places.
  public consuming func page(occupancy: some Occupancy) -> SlotPage {
    for walk in walks { follow(walk, occupancy) }
    return SlotPage(of: selection.sorted(), limit: query.limit)
  }

  private mutating func follow(_ walk: Walk, _ occupancy: some Occupancy) {
    let profile = walk.entry.profile
    let evaluator = Evaluator(therapist: walk.entry, moment: query.moment, occupancy: occupancy)
    for stream in profile.streams.indices where query.filter.wants(stream, of: profile) {
      guard let wanted = wanted(stream, of: profile, in: walk.range),
        var starts = evaluator.walk(
          of: profile.offer(ofStream: stream), at: profile.place(ofStream: stream), in: wanted)
      else { continue }
      // No further than to the last slot that is still wanted.
      while let start = starts.next(before: end(of: wanted)) {
        guard selection.offer(start, profile, stream: stream) else { break }
      }
    }
  }

  private func end(of range: Span) -> Minute {
    guard let last = selection.lastStart else { return range.end }
    return min(range.end, last.advanced(byMinutes: 1))
  }

  /// The part of a range in which a stream's starts are wanted: those that may be booked, without
  /// those that earlier pages gave.
  private mutating func wanted(
    _ stream: Int, of profile: TherapistProfile, in range: Span
  ) -> Span? {
    let policy = profile.streams[stream].policy
    guard let bookable = limits.bookable(under: policy, in: profile.zone, of: range) else {
      return nil
    }
    guard let after = query.after else { return bookable }
    let offer = profile.offer(ofStream: stream)
    let place = profile.place(ofStream: stream)
    let isAfterLast =
      (profile.id, offer.id, place.id) > (after.therapist, after.service, after.location)
    // Reckonable, because a cursor comes from a caller.
    let last = after.start.reckonable
    return Span(
      from: max(bookable.start, isAfterLast ? last : last.advanced(byMinutes: 1)),
      to: bookable.end)
  }
}

extension SlotPage {
  /// - Parameter found: in order, at most one more than the limit.
  fileprivate init(of found: ContiguousArray<SlotSelection.Slot>, limit: Int) {
    struct Key: Comparable {
      let therapist: TherapistID
      let stream: Int

      static func < (left: Key, right: Key) -> Bool {
        (left.therapist, left.stream) < (right.therapist, right.stream)
      }
    }
    let given = found.prefix(limit)
    let ordered = given.map { (Key(therapist: $0.profile.id, stream: $0.stream), $0.profile) }
      .sorted { $0.0 < $1.0 }
    var groups: [SlotGroup] = []
    var keys: [Key] = []
    for (key, profile) in ordered where key != keys.last {
      keys.append(key)
      groups.append(SlotGroup(profile, stream: key.stream))
    }
    let slots = given.map { slot in
      let key = Key(therapist: slot.profile.id, stream: slot.stream)
      return (start: slot.start, group: keys.firstIndex(notBelow: key))
    }
    let last = found.count > limit ? slots.last : nil
    let next = last.map { slot in
      let group = groups[slot.group]
      return SlotCursor(
        start: slot.start, therapist: group.therapist, service: group.service,
        location: group.location)
    }
    self.init(groups: groups, slots: slots, next: next)
  }
}

extension SlotGroup {
  init(_ profile: TherapistProfile, stream: Int) {
    let offer = profile.offer(ofStream: stream)
    self.init(
      therapist: profile.id, service: offer.id, location: profile.place(ofStream: stream).id,
      mode: offer.mode, price: offer.price, durationMinutes: offer.durationMinutes,
      zoneName: profile.zone.name)
  }
}

extension Array where Element: Comparable {
  /// Of an ascending array: where an element is, or would have to be.
  func firstIndex(notBelow element: Element) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
