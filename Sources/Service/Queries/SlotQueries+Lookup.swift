internal import Availability
internal import Intervals
internal import Wire

extension SlotQueries {
  /// The first free start of each therapist, in the order of the request (S-11).
  func firstFree(
    _ lookup: SlotLookup, of partner: PartnerID
  ) -> Result<[FreeStart?], UnknownID> {
    var gathering = FirstFreeGathering(lookup.filter, in: lookup.range, at: lookup.moment)
    for (position, id) in lookup.therapists.enumerated() {
      guard index.gather(id, of: partner, into: &gathering) else {
        return .failure(SlotQueries.unknownTherapist(id, at: position))
      }
    }
    if let unknown = unknownID(in: lookup.filter, among: lookup.therapists, of: partner) {
      return .failure(unknown)
    }
    return .success(gathering.starts(occupancy: index))
  }

  /// What each day of each therapist is like, in the order of the request (S-11).
  func days(
    _ lookup: SlotLookup, of partner: PartnerID
  ) -> Result<Seduta_V1_SlotsBatchLookupResponse, UnknownID> {
    entries(lookup, of: partner).map { entries in
      var response = Seduta_V1_SlotsBatchLookupResponse()
      response.days = entries.map { days(of: $0, for: lookup) }
      return response
    }
  }

  private func days(
    of entry: TherapistEntry, for lookup: SlotLookup
  ) -> Seduta_V1_TherapistDays {
    let evaluator = evaluator(of: entry, for: lookup)
    let found = evaluator.dayByDay(lookup.filter, in: lookup.minutes)
    var freeStarts = found.freeStarts
    // The first minute is there for its day; a start on it is not, where the lookup begins later.
    if let early = lookup.minuteBegunEarlier,
      evaluator.firstFree(lookup.filter, in: early) != nil
    {
      freeStarts[0] -= 1
    }
    var days = Seduta_V1_TherapistDays()
    days.therapistID = entry.id.text
    days.timeZone = entry.zone.name
    days.firstDate = "\(found.firstDay)"
    days.availability = zip(found.availability, freeStarts).map { availability, count in
      switch availability {
      case .closed: .closed
      case .busy: .busy
      case .free: count > 0 ? .free : .busy
      }
    }
    days.freeStarts = freeStarts.map(UInt32.init)
    return days
  }

  private func evaluator(
    of entry: TherapistEntry, for lookup: SlotLookup
  ) -> Evaluator<LiveIndex> {
    Evaluator(therapist: entry, moment: lookup.moment, occupancy: index)
  }

  /// Each therapist as the index has them now.
  private func entries(
    _ lookup: SlotLookup, of partner: PartnerID
  ) -> Result<[TherapistEntry], UnknownID> {
    var entries: [TherapistEntry] = []
    entries.reserveCapacity(lookup.therapists.count)
    for (position, id) in lookup.therapists.enumerated() {
      guard let entry = index.therapist(id), entry.partner == partner else {
        return .failure(SlotQueries.unknownTherapist(id, at: position))
      }
      entries.append(entry)
    }
    if let unknown = unknownID(in: lookup.filter, among: lookup.therapists, of: partner) {
      return .failure(unknown)
    }
    return .success(entries)
  }

  private static func unknownTherapist(_ id: TherapistID, at position: Int) -> UnknownID {
    UnknownID(id: id.text, field: "therapist_ids[\(position)]")
  }
}

extension SlotLookup {
  /// All minutes that it touches.
  fileprivate var minutes: Span {
    guard let end = Minute(atOrAfter: until),
      let touched = Span(from: minuteBegunEarlier?.start ?? range.start, to: end)
    else { return range }
    return touched
  }

  /// The minute in which it begins, unless it begins with it.
  fileprivate var minuteBegunEarlier: Span? {
    guard Minute(exactly: from) == nil, let next = Minute(atOrAfter: from) else { return nil }
    return Span(from: next.advanced(byMinutes: -1), to: next)
  }
}
