public import Intervals

/// The rules of S-4 that depend neither on when they are asked nor on whose behalf: hours, grid,
/// caps, and what is booked. What they allow, only the past, a notice, a horizon or a hold forbids.
public struct StandingRules<Known: Occupancy>: Sendable {
  private let therapist: TherapistEntry
  private let occupancy: Known

  /// - Parameter occupancy: knows the rooms of the therapist's places.
  public init(therapist: TherapistEntry, occupancy: Known) {
    self.therapist = therapist
    self.occupancy = occupancy
  }

  /// The starts that they allow, ascending.
  ///
  /// - Parameter range: where starts lie; sessions may end after it.
  public func starts(of offer: Offer, at place: Place, in range: Span) -> [Minute] {
    var starts: [Minute] = []
    guard var walk = standingWalk(of: offer, at: place, in: range) else { return [] }
    while let start = walk.next(before: range.end) { starts.append(start) }
    return starts
  }

  /// The starts that they allow; nil when none can be in the range.
  func standingWalk(of offer: Offer, at place: Place, in range: Span) -> StartsWalk? {
    var rooms: ContiguousArray<BusySweep> = []
    for room in place.rooms {
      rooms.append(BusySweep(occupancy.busy(of: room).reckoned(at: nil)))
    }
    return StartsWalk(
      of: offer, at: place, in: range, therapist: therapist.profile,
      busy: therapist.busy.reckoned(at: nil), client: nil, rooms: rooms)
  }
}
