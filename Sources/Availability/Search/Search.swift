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
  var gathering = SlotGathering(query)
  for entry in entries where query.filter.wants(entry.profile) { gathering.gather(entry) }
  return gathering.page(occupancy: occupancy)
}

extension AvailabilityIndex {
  /// The first slots of a partner's therapists that match a query, in order of time (S-1, S-11).
  public func search(_ query: SlotQuery, of partner: PartnerID) -> SlotPage {
    var gathering = SlotGathering(query)
    if query.filter.therapists.isEmpty {
      gatherAll(of: partner, into: &gathering)
    } else {
      for position in query.filter.firstPositions {
        _ = gather(query.filter.therapists[position], of: partner, into: &gathering)
      }
    }
    return gathering.page(occupancy: self)
  }
}
