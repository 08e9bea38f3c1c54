/// What a session costs.
public struct Price: Hashable, Sendable {
  /// Of the currency: cents for EUR.
  public let minorUnits: Int64
  /// ISO 4217: "EUR".
  public let currency: String

  public init(minorUnits: Int64, currency: String) {
    self.minorUnits = minorUnits
    self.currency = currency
  }
}

/// What the index keeps of a service.
public struct Offer: Hashable, Sendable {
  public let id: ServiceID
  /// As the partner names it: "individual", "couple".
  public let kind: String
  public let durationMinutes: Int32
  /// The service's own, with the therapist's already reckoned in.
  public let grid: Grid
  public let mode: SessionMode
  /// Where it is offered.
  public let locations: [LocationID]
  public let price: Price
  public let buffers: Buffers
  /// The service's own, with the therapist's and the partner's already reckoned in.
  public let policy: BookingPolicy

  /// - Parameter durationMinutes: at least 1, at most a week.
  public init(
    id: ServiceID, kind: String, durationMinutes: Int32, grid: Grid, mode: SessionMode,
    locations: [LocationID], price: Price, buffers: Buffers = .none,
    policy: BookingPolicy = .standard
  ) {
    precondition((1...10_080).contains(durationMinutes), "a session lasts a minute to a week")
    self.id = id
    self.kind = kind
    self.durationMinutes = durationMinutes
    self.grid = grid
    self.mode = mode
    self.locations = locations
    self.price = price
    self.buffers = buffers
    self.policy = policy
  }
}
