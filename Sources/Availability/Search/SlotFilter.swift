/// Narrows a search (S-11). All conditions that are set must hold; nil and empty mean any. Texts
/// are compared exactly.
public final class SlotFilter: Sendable {
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
  /// Where in `therapists` each id stands for the first time, ascending.
  public let firstPositions: [Int]
  private let wanted: RowFinder
  /// Nothing but the id is asked of the therapist.
  private let isAnyone: Bool
  /// Nothing is asked of offer and place.
  private let isAnything: Bool

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
    var (wanted, positions) = (RowFinder(expecting: therapists.count), [Int]())
    positions.reserveCapacity(therapists.count)
    for (position, id) in therapists.enumerated() where wanted.row(of: id.rawValue) == nil {
      wanted.add(id.rawValue, row: position)
      positions.append(position)
    }
    self.wanted = wanted
    firstPositions = positions
    isAnyone = language == nil && speciality == nil && insurer == nil
    isAnything =
      service == nil && serviceKind == nil && location == nil && mode == nil && city == nil
      && priceMin == nil && priceMax == nil
  }

  /// Whether a therapist as such is wanted; whether something they offer is, `pairs` tells.
  public func matches(_ entry: TherapistEntry) -> Bool { wants(entry.profile) }

  /// A therapist's offers that are wanted, each with its places that are; by service, then location.
  public func pairs(_ entry: TherapistEntry) -> [(Offer, Place)] {
    let profile = entry.profile
    return profile.streams.indices.filter { wants($0, of: profile) }
      .map { (profile.offer(ofStream: $0), profile.place(ofStream: $0)) }
  }

  /// Whether a therapist as such is wanted; whether something they offer is, their streams tell.
  @inline(__always)
  func wants(_ profile: TherapistProfile) -> Bool {
    (therapists.isEmpty || wanted.row(of: profile.id.rawValue) != nil) && suits(profile)
  }

  /// The same of a therapist who was looked up by an id of the filter, or where it has none.
  @inline(__always)
  func suits(_ profile: TherapistProfile) -> Bool {
    isAnyone
      || (language.map(profile.languages.contains) ?? true)
        && (speciality.map(profile.specialities.contains) ?? true)
        && (insurer.map(profile.insurers.contains) ?? true)
  }

  /// Whether what a wanted therapist offers is wanted, at this place.
  @inline(__always)
  func wants(_ stream: Int, of profile: TherapistProfile) -> Bool {
    isAnything
      || matches(profile.offers[profile.streams[stream].offer])
        && matches(profile.places[profile.streams[stream].place])
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
