public import Intervals

/// A session that someone thinks of booking.
public struct Wish: Sendable {
  public let offer: Offer
  /// One of the offer's.
  public let place: Place
  /// One of the place's; nil leaves the choice to the rules (S-10).
  public let room: RoomID?
  public let start: Minute
  /// Nil leaves collisions of the client out.
  public let client: ClientID?

  public init(offer: Offer, place: Place, room: RoomID?, start: Minute, client: ClientID?) {
    self.offer = offer
    self.place = place
    self.room = room
    self.start = start
    self.client = client
  }
}

/// What the rules say of a wish.
public struct Assessment: Hashable, Sendable {
  /// All of them at once, in the order of S-4.
  public let discrepancies: [Discrepancy]
  /// The room that would be taken: the one named, or the first free one. Nil when it is not free,
  /// none is, or the place has none.
  public let room: RoomID?

  public init(discrepancies: [Discrepancy], room: RoomID?) {
    self.discrepancies = discrepancies
    self.room = room
  }

  public var isBookable: Bool { discrepancies.isEmpty }
}
