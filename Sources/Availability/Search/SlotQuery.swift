public import Intervals

/// The last slot of a page: the next page begins after it.
public struct SlotCursor: Hashable, Sendable {
  public let start: Minute
  public let therapist: TherapistID
  public let service: ServiceID
  public let location: LocationID

  public init(start: Minute, therapist: TherapistID, service: ServiceID, location: LocationID) {
    self.start = start
    self.therapist = therapist
    self.service = service
    self.location = location
  }
}

/// Which slots to look for.
public struct SlotQuery: Sendable {
  /// Where starts lie; sessions may end after it.
  public let range: Span
  public let filter: SlotFilter
  /// The most slots to give, at least 1.
  public let limit: Int
  /// Nil for the first page.
  public let after: SlotCursor?
  public let moment: Moment

  /// - Parameter limit: less than 1 is taken as 1.
  public init(range: Span, filter: SlotFilter, limit: Int, after: SlotCursor?, moment: Moment) {
    self.range = range
    self.filter = filter
    self.limit = max(1, limit)
    self.after = after
    self.moment = moment
  }
}

/// What a slot is of: an offer of a therapist at a place.
public struct SlotGroup: Hashable, Sendable {
  public let therapist: TherapistID
  public let service: ServiceID
  public let location: LocationID
  public let mode: SessionMode
  public let price: Price
  public let durationMinutes: Int32
  /// The therapist's, as IANA names it.
  public let zoneName: String
}

extension SlotGroup {
  init(of offer: Offer, at place: Place, by therapist: TherapistEntry) {
    self.init(
      therapist: therapist.id, service: offer.id, location: place.id, mode: offer.mode,
      price: offer.price, durationMinutes: offer.durationMinutes, zoneName: therapist.zone.name)
  }
}

/// A page of slots.
public struct SlotPage: Sendable {
  /// By therapist, service, location; only those with a slot in this page.
  public let groups: [SlotGroup]
  /// By start, then group, which is an index into `groups`.
  public let slots: [(start: Minute, group: Int)]
  /// Where the next page begins; nil when this was the last.
  public let next: SlotCursor?
}
