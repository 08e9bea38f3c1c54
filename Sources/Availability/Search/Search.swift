internal import Intervals

/// The first slots that match a query, in order of time (S-1, S-11). The order of `entries` does
/// not matter.
///
/// - Parameters:
///   - entries: each therapist once; those that the filter does not want may be left out.
///   - occupancy: knows the rooms of the entries' places.
public func search(
  _ query: SlotQuery, among entries: [TherapistEntry], occupancy: some Occupancy
) -> SlotPage {
  var streams = slotStreams(query, among: entries, occupancy: occupancy)
  let found = merge(&streams, in: query.range, limit: query.limit + 1)
  let given = found.prefix(query.limit)

  var groups: [SlotGroup] = []
  var groupOfStream = [Int](repeating: -1, count: streams.count)
  for stream in Set(given.map(\.stream)).sorted() {
    groupOfStream[stream] = groups.count
    groups.append(streams[stream].group)
  }
  let slots = given.map { (start: $0.start, group: groupOfStream[$0.stream]) }
  let last = found.count > query.limit ? slots.last : nil
  let next = last.map {
    let group = groups[$0.group]
    return SlotCursor(
      start: $0.start, therapist: group.therapist, service: group.service, location: group.location)
  }
  return SlotPage(groups: groups, slots: slots, next: next)
}

/// The starts of one offer at one place.
private struct SlotStream {
  let entry: TherapistEntry
  let offer: Offer
  let place: Place
  var walk: StartsWalk

  var group: SlotGroup {
    SlotGroup(
      therapist: entry.id, service: offer.id, location: place.id, mode: offer.mode,
      price: offer.price, durationMinutes: offer.durationMinutes, zoneName: entry.zone.name)
  }
}

/// In the order of groups: therapist, service, location.
private func slotStreams(
  _ query: SlotQuery, among entries: [TherapistEntry], occupancy: some Occupancy
) -> [SlotStream] {
  var streams: [SlotStream] = []
  for entry in entries.filter(query.filter.matches).sorted(by: { $0.id < $1.id }) {
    let evaluator = Evaluator(therapist: entry, moment: query.moment, occupancy: occupancy)
    for (offer, place) in query.filter.pairs(entry) {
      guard let range = query.remainingRange(entry.id, offer.id, place.id),
        let walk = evaluator.walk(of: offer, at: place, in: range)
      else { continue }
      streams.append(SlotStream(entry: entry, offer: offer, place: place, walk: walk))
    }
  }
  return streams
}

extension SlotQuery {
  /// The range without what earlier pages gave of this therapist, service and location.
  fileprivate func remainingRange(
    _ therapist: TherapistID, _ service: ServiceID, _ location: LocationID
  ) -> Span? {
    guard let after else { return range }
    let isAfterLast =
      (therapist, service, location) > (after.therapist, after.service, after.location)
    // Reckonable, because a cursor comes from a caller.
    let last = after.start.reckonable
    return Span(
      from: max(range.start, isAfterLast ? last : last.advanced(byMinutes: 1)), to: range.end)
  }
}

/// The first starts of all streams, by start, then stream; at most `limit`.
///
/// It goes from one time frame to the next, a day at first and twice as long each time, so that no
/// stream is followed much further than to the last start given.
private func merge(
  _ streams: inout [SlotStream], in range: Span, limit: Int
) -> [StreamStart] {
  var found: [StreamStart] = []
  var frameMinutes: Int64 = 1_440
  var frameEnd = range.start
  while frameEnd < range.end {
    frameEnd = range.end.capped(Int64(frameEnd.sinceEpoch) + frameMinutes)
    frameMinutes *= 2
    var heap = StreamHeap()
    for index in streams.indices {
      guard let start = streams[index].walk.next(before: frameEnd) else { continue }
      heap.insert(StreamStart(start: start, stream: index))
    }
    while let first = heap.first {
      found.append(first)
      if found.count == limit { return found }
      if let start = streams[first.stream].walk.next(before: frameEnd) {
        heap.replaceFirst(with: StreamStart(start: start, stream: first.stream))
      } else {
        heap.removeFirst()
      }
    }
  }
  return found
}

extension Minute {
  /// The given minute since the epoch, but not after this one.
  fileprivate func capped(_ other: Int64) -> Minute {
    other < Int64(sinceEpoch) ? Minute(sinceEpoch: Int32(other)) : self
  }
}
