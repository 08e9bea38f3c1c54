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
  public let exceptions: [ScheduleException]
  /// Days on which no weekly window opens, ascending.
  public let holidays: [CivilDate]
  /// By id.
  public let offers: [Offer]
  /// By id.
  public let places: [Place]
  public let caps: SessionCaps
  /// Each offer at each of its places; by service, then location.
  let streams: ContiguousArray<SlotStream>

  /// Of all locations that open at all.
  let hoursByLocation: [LocationID: LocationHours]

  /// The order of exceptions, holidays, offers and places does not matter.
  public init(
    id: TherapistID, partner: PartnerID, zone: Zone, languages: [String], specialities: [String],
    insurers: [String], windows: [WeeklyWindow], exceptions: [ScheduleException] = [],
    holidays: [CivilDate] = [], offers: [Offer], places: [Place], caps: SessionCaps = .none
  ) {
    self.id = id
    self.partner = partner
    self.zone = zone
    self.languages = languages
    self.specialities = specialities
    self.insurers = insurers
    self.windows = windows
    self.exceptions = exceptions
    // Kept as it came where it can be: all who keep to one calendar share it.
    let isAscending = zip(holidays, holidays.dropFirst()).allSatisfy { $0 < $1 }
    self.holidays = isAscending ? holidays : Set(holidays).sorted()
    self.offers = offers.sorted { $0.id < $1.id }
    self.places = places.sorted { $0.id < $1.id }
    self.caps = caps
    streams = SlotStream.all(of: self.offers, at: self.places)
    hoursByLocation = TherapistProfile.hours(windows, exceptions, self.holidays)
  }

  private static func hours(
    _ windows: [WeeklyWindow], _ exceptions: [ScheduleException], _ holidays: [CivilDate]
  ) -> [LocationID: LocationHours] {
    let byLocation = Dictionary(grouping: windows, by: \.location)
    if exceptions.isEmpty { return byLocation.mapValues { LocationHours($0, holidays: holidays) } }
    let locations = Set(byLocation.keys).union(exceptions.compactMap(\.effect.opensAt))
    return Dictionary(
      uniqueKeysWithValues: locations.map { location in
        let hours = LocationHours(
          byLocation[location] ?? [],
          exceptions: exceptions.filter { $0.effect.concerns(location) },
          holidays: holidays)
        return (location, hours)
      })
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
      insurers: insurers, windows: windows, exceptions: exceptions, holidays: holidays,
      offers: offers, places: places.map { $0.id == place.id ? place : $0 }, caps: caps)
  }

  /// Nil where there are none.
  func hours(at location: LocationID) -> LocationHours? {
    hoursByLocation[location]
  }
}
