public import Availability

/// What a decision has to know: the ids are loaded before it is made.
public struct Needs: Hashable, Sendable {
  public var therapists: Set<TherapistID> = []
  public var locations: Set<LocationID> = []
  public var services: Set<ServiceID> = []
  /// Services whose therapist and locations are needed with them.
  public var servicesWhole: Set<ServiceID> = []
  /// Therapists whose schedule, services and locations are needed with them.
  public var therapistsWhole: Set<TherapistID> = []
  /// Therapists whose schedule and appointments to come are needed; named in `therapists` too.
  public var diaries: Set<TherapistID> = []
  /// Therapists whose calendar (hours and busy times) is needed.
  public var calendars: Set<TherapistID> = []
  /// Rooms whose owner and busy times are needed.
  public var rooms: Set<RoomID> = []
  public var clients: Set<ClientID> = []
  public var appointments: Set<AppointmentID> = []
  public var holds: Set<HoldID> = []
  /// Holds whose service and therapist are needed with them.
  public var holdsWhole: Set<HoldID> = []
  public var partnerPolicy = false

  public init() {}
}

/// What is known, at the command's turn. Only what is the partner's own is in the dictionaries.
public struct Facts: Sendable {
  public var therapists: [TherapistID: Therapist] = [:]
  public var locations: [LocationID: Location] = [:]
  public var services: [ServiceID: HealthcareService] = [:]
  public var schedules: [TherapistID: Schedule] = [:]
  public var clients: [ClientID: Client] = [:]
  public var appointments: [AppointmentID: Appointment] = [:]
  public var holds: [HoldID: Hold] = [:]
  /// What takes a therapist's time and is not over, nearest first.
  public var appointmentsToCome: [TherapistID: [Appointment]] = [:]
  public var partnerPolicy = PartnerPolicy.unset
  public var roomOwners: [RoomID: LocationID] = [:]
  /// Ids among the needs that exist with another partner, as text.
  public var takenElsewhere: Set<String> = []
  /// Hours and busy times of therapists, rooms and clients.
  public var index: AvailabilityIndex

  public init(index: AvailabilityIndex) {
    self.index = index
  }
}

extension Facts {
  /// What holds for a service; its therapist and the partner's policy are among the facts.
  public func policy(of service: HealthcareService) -> ResolvedPolicy {
    Policy.resolved(
      service: service.policy, therapist: therapists[service.therapist]?.policy ?? .unset,
      partner: partnerPolicy.policy)
  }
}
