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
  /// Discrepancies that are knowingly accepted (S-6).
  public let overrides: Overrides
  /// The hold that the wish was held by: no obstacle to it (S-12).
  public let hold: HoldID?

  public init(
    offer: Offer, place: Place, room: RoomID?, start: Minute, client: ClientID?,
    overrides: Overrides = [], hold: HoldID? = nil
  ) {
    self.offer = offer
    self.place = place
    self.room = room
    self.start = start
    self.client = client
    self.overrides = overrides
    self.hold = hold
  }
}

/// What the rules say of a wish.
public struct Assessment: Hashable, Sendable {
  /// All that stand in the way at once, in the order of S-4.
  public let discrepancies: [Discrepancy]
  /// Those that the wish overrides, in the same order.
  public let overridden: [Discrepancy]
  /// The room that would be taken: the one named, or the first free one. Nil when it is not free,
  /// none is, or the place has none.
  public let room: RoomID?

  public init(discrepancies: [Discrepancy], overridden: [Discrepancy] = [], room: RoomID?) {
    self.discrepancies = discrepancies
    self.overridden = overridden
    self.room = room
  }

  public var isBookable: Bool { discrepancies.isEmpty }
}
