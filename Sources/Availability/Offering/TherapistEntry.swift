public import Intervals

/// All that the index keeps of a therapist: the profile, and what is booked. Cheap to copy.
public struct TherapistEntry: Sendable {
  public let profile: TherapistProfile
  /// What takes the therapist's time; keys are appointments' raw ids.
  public var busy: IntervalTree

  public init(profile: TherapistProfile, busy: IntervalTree = IntervalTree()) {
    self.profile = profile
    self.busy = busy
  }

  public init(
    id: TherapistID, partner: PartnerID, zone: Zone, languages: [String], specialities: [String],
    insurers: [String], windows: [WeeklyWindow], offers: [Offer], places: [Place],
    busy: IntervalTree = IntervalTree()
  ) {
    self.init(
      profile: TherapistProfile(
        id: id, partner: partner, zone: zone, languages: languages, specialities: specialities,
        insurers: insurers, windows: windows, offers: offers, places: places),
      busy: busy)
  }

  public var id: TherapistID { profile.id }
  public var partner: PartnerID { profile.partner }
  public var zone: Zone { profile.zone }
  public var languages: [String] { profile.languages }
  public var specialities: [String] { profile.specialities }
  public var insurers: [String] { profile.insurers }
  public var windows: [WeeklyWindow] { profile.windows }
  /// By id.
  public var offers: [Offer] { profile.offers }
  /// By id.
  public var places: [Place] { profile.places }
}
