internal import Intervals

/// All that the index keeps of a therapist: the profile, and what is booked. Cheap to copy.
public struct TherapistEntry: Sendable {
  public let profile: TherapistProfile
  /// What takes the therapist's time.
  public var busy: BusyTimes

  /// What is kept of the starts that are free; an index lays it out.
  var starts = StartTable()
  /// Until when a hold may be on a room of the therapist's places, whoever took it.
  var roomsHeldUntil = Instant(msSinceEpoch: .min)

  public init(profile: TherapistProfile, busy: BusyTimes = BusyTimes()) {
    self.profile = profile
    self.busy = busy
  }

  public init(
    id: TherapistID, partner: PartnerID, zone: Zone, languages: [String], specialities: [String],
    insurers: [String], windows: [WeeklyWindow], exceptions: [ScheduleException] = [],
    holidays: [CivilDate] = [], offers: [Offer], places: [Place], caps: SessionCaps = .none,
    busy: BusyTimes = BusyTimes()
  ) {
    self.init(
      profile: TherapistProfile(
        id: id, partner: partner, zone: zone, languages: languages, specialities: specialities,
        insurers: insurers, windows: windows, exceptions: exceptions, holidays: holidays,
        offers: offers, places: places, caps: caps),
      busy: busy)
  }

  public var id: TherapistID { profile.id }
  public var partner: PartnerID { profile.partner }
  public var zone: Zone { profile.zone }
  public var languages: [String] { profile.languages }
  public var specialities: [String] { profile.specialities }
  public var insurers: [String] { profile.insurers }
  public var windows: [WeeklyWindow] { profile.windows }
  public var exceptions: [ScheduleException] { profile.exceptions }
  /// Days on which no weekly window opens, ascending.
  public var holidays: [CivilDate] { profile.holidays }
  /// By id.
  public var offers: [Offer] { profile.offers }
  /// By id.
  public var places: [Place] { profile.places }
  public var caps: SessionCaps { profile.caps }
}
