/// Narrows a search (S-11). All conditions that are set must hold; nil and empty mean any. Texts
/// are compared exactly.
public struct SlotFilter: Sendable {
  public let therapists: [TherapistID]
  public let service: ServiceID?
  /// As the partner names it: "individual".
  public let serviceKind: String?
  public let location: LocationID?
  public let mode: SessionMode?
  public let language: String?
  public let speciality: String?
  /// Of the place; excludes online ones.
  public let city: String?
  public let insurer: String?
  /// Offers in another currency do not match.
  public let priceMin: Price?
  public let priceMax: Price?
  private let wanted: Set<TherapistID>

  public init(
    therapists: [TherapistID] = [], service: ServiceID? = nil, serviceKind: String? = nil,
    location: LocationID? = nil, mode: SessionMode? = nil, language: String? = nil,
    speciality: String? = nil, city: String? = nil, insurer: String? = nil,
    priceMin: Price? = nil, priceMax: Price? = nil
  ) {
    self.therapists = therapists
    self.service = service
    self.serviceKind = serviceKind
    self.location = location
    self.mode = mode
    self.language = language
    self.speciality = speciality
    self.city = city
    self.insurer = insurer
    self.priceMin = priceMin
    self.priceMax = priceMax
    wanted = Set(therapists)
  }

  /// Whether the therapist as such is wanted; whether one of their offers is, `pairs` tells.
  public func matches(_ entry: TherapistEntry) -> Bool {
    (wanted.isEmpty || wanted.contains(entry.id))
      && (language.map(entry.languages.contains) ?? true)
      && (speciality.map(entry.specialities.contains) ?? true)
      && (insurer.map(entry.insurers.contains) ?? true)
  }

  /// The therapist's offers that are wanted, each with its places that are; by service, then
  /// location.
  public func pairs(_ entry: TherapistEntry) -> [(Offer, Place)] {
    var pairs: [(Offer, Place)] = []
    for offer in entry.offers where matches(offer) {
      for place in entry.places where offer.locations.contains(place.id) && matches(place) {
        pairs.append((offer, place))
      }
    }
    return pairs
  }

  private func matches(_ offer: Offer) -> Bool {
    (service == nil || offer.id == service)
      && (serviceKind == nil || offer.kind == serviceKind)
      && (mode == nil || offer.mode == mode)
      && (priceMin.map {
        $0.currency == offer.price.currency && $0.minorUnits <= offer.price.minorUnits
      } ?? true)
      && (priceMax.map {
        $0.currency == offer.price.currency && $0.minorUnits >= offer.price.minorUnits
      } ?? true)
  }

  private func matches(_ place: Place) -> Bool {
    (location == nil || place.id == location)
      && (mode == nil || place.mode == mode)
      && (city.map { place.mode == .inPerson && place.city == $0 } ?? true)
  }
}
