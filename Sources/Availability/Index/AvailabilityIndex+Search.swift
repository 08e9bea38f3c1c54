internal import Intervals

extension AvailabilityIndex {
  /// Shows a search one therapist. False when the partner has no such therapist here.
  public func gather(
    _ therapist: TherapistID, of partner: PartnerID, into gathering: inout SlotGathering
  ) -> Bool {
    guard let row = row(of: therapist), rows[row].partner == partner else { return false }
    gathering.gather(rows[row])
    return true
  }

  /// Shows a search all therapists of a partner who are held here.
  public func gatherAll(of partner: PartnerID, into gathering: inout SlotGathering) {
    guard let roster = rosters[partner] else { return }
    let filter = gathering.query.filter
    if let service = filter.service {
      for id in therapistsByService[service, default: []] {
        _ = gather(id, of: partner, into: &gathering)
      }
    } else if let location = filter.location {
      for id in therapistsByPlace[location, default: []] {
        _ = gather(id, of: partner, into: &gathering)
      }
    } else if let hours = roster.hours, roster.count >= AvailabilityIndex.rosterWorthColumns {
      gather(roster, of: partner, by: hours, into: &gathering)
    } else {
      for row in roster.rows { gathering.gather(rows[Int(row)]) }
    }
  }

  /// Looking at so many therapists costs no more than looking for those to look at.
  private static let rosterWorthColumns = 64

  /// From hour to hour, and in each only to those who may be free in it, until the search has what
  /// it wants.
  private func gather(
    _ roster: Roster, of partner: PartnerID, by hours: HourColumns,
    into gathering: inout SlotGathering
  ) {
    let now = gathering.query.moment.now
    let wanted = roster.members(for: gathering.query.filter)
    for row in heldRows.keys where rows[row].partner == partner {
      if rows[row].keptStarts(at: now) == nil { gathering.gather(rows[row]) }
    }
    guard let coverage, let upcoming = gathering.upcoming else { return }
    if let range = upcoming.intersection(coverage) {
      for column in hours.columns(in: range) where !hours.isEmpty(column) {
        let start = hours.start(ofColumn: column)
        guard gathering.wants(start),
          let hour = Span(from: start, lastingMinutes: 60)?.intersection(range)
        else { break }
        hours.withColumn(column) { free in
          gather(free, wanted, of: roster, in: hour, at: now, into: &gathering)
        }
      }
    }
    // What lies outside of what is kept. Searches end before, but for horizons that are set wide.
    let before = Span(from: upcoming.start, to: min(upcoming.end, coverage.start))
    let beyond = Span(from: max(upcoming.start, coverage.end), to: upcoming.end)
    for range in [before, beyond].compactMap(\.self) where gathering.wants(range.start) {
      for row in roster.rows where rows[Int(row)].keptStarts(at: now) != nil {
        gathering.gather(rows[Int(row)], in: range)
      }
    }
  }

  private func gather(
    _ free: UnsafeBufferPointer<UInt64>, _ wanted: ContiguousArray<UInt64>?, of roster: Roster,
    in hour: Span, at now: Instant, into gathering: inout SlotGathering
  ) {
    let count = min(free.count, wanted?.count ?? .max)
    for index in 0..<count {
      var word = free[index] & (wanted.map { $0[index] } ?? ~0)
      while word != 0 {
        let member = index << 6 + word.trailingZeroBitCount
        // Members ascend by id: if this one comes too late, so do all that follow.
        guard gathering.wants(hour.start, of: roster.ids[member]) else { return }
        let row = Int(roster.rows[member])
        if rows[row].keptStarts(at: now) != nil { gathering.gather(rows[row], in: hour) }
        word &= word &- 1
      }
    }
  }
}
