/// What the index keeps of a therapist, but for what is booked. Immutable, and shared by copies.
public final class TherapistProfile: Sendable {
  public let id: TherapistID
  public let partner: PartnerID
  /// In which `windows` are read.
  public let zone: Zone
  /// BCP 47: "it", "pt-BR".
  public let languages: [String]
  /// As the partner names them.
  public let specialities: [String]
  /// As the partner names them.
  public let insurers: [String]
  public let windows: [WeeklyWindow]
  /// By id.
  public let offers: [Offer]
  /// By id.
  public let places: [Place]

  /// The hours of all locations together.
  let hours: WeeklyHours
  private let hoursByLocation: [LocationID: WeeklyHours]

  /// The order of offers and places does not matter.
  public init(
    id: TherapistID, partner: PartnerID, zone: Zone, languages: [String], specialities: [String],
    insurers: [String], windows: [WeeklyWindow], offers: [Offer], places: [Place]
  ) {
    self.id = id
    self.partner = partner
    self.zone = zone
    self.languages = languages
    self.specialities = specialities
    self.insurers = insurers
    self.windows = windows
    self.offers = offers.sorted { $0.id < $1.id }
    self.places = places.sorted { $0.id < $1.id }
    hours = WeeklyHours(windows)
    hoursByLocation = Dictionary(grouping: windows, by: \.location).mapValues(WeeklyHours.init)
  }

  public func offer(_ id: ServiceID) -> Offer? {
    offers.first { $0.id == id }
  }

  public func place(_ id: LocationID) -> Place? {
    places.first { $0.id == id }
  }

  /// The same with a place as it is now; unchanged where the therapist does not work there.
  public func replacing(_ place: Place) -> TherapistProfile {
    guard places.contains(where: { $0.id == place.id }) else { return self }
    return TherapistProfile(
      id: id, partner: partner, zone: zone, languages: languages, specialities: specialities,
      insurers: insurers, windows: windows, offers: offers,
      places: places.map { $0.id == place.id ? place : $0 })
  }

  /// Nil where there are none.
  func hours(at location: LocationID) -> WeeklyHours? {
    hoursByLocation[location]
  }
}
