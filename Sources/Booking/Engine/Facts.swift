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
  /// Therapists whose calendar (hours and busy times) is needed.
  public var calendars: Set<TherapistID> = []
  /// Rooms whose owner and busy times are needed.
  public var rooms: Set<RoomID> = []
  public var clients: Set<ClientID> = []
  public var appointments: Set<AppointmentID> = []

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
  public var roomOwners: [RoomID: LocationID] = [:]
  /// Ids among the needs that exist with another partner, as text.
  public var takenElsewhere: Set<String> = []
  /// Hours and busy times of therapists, rooms and clients.
  public var index: AvailabilityIndex

  public init(index: AvailabilityIndex) {
    self.index = index
  }
}
