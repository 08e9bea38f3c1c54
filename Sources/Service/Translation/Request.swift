internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// What a call asks for, once it makes sense.
enum Request: Sendable {
  case command(Command)
  case search(SlotSearch)
  case check(SlotCheck)
  case lookup(SlotLookup)
  case store(StoreQuery)
  case publicHolidays(HolidayQuery)
  case health
}

/// A search of slots.
struct SlotSearch: Sendable {
  let query: SlotQuery
  /// Whether the request names exactly one therapist: then the reply has the starts in its groups.
  let isSingleTherapist: Bool
  /// The request without its token and page size: what the next page's token is bound to.
  let request: Seduta_V1_SlotsSearchRequest
}

/// A session to check.
struct SlotCheck: Sendable {
  let therapist: TherapistID
  let service: ServiceID
  let location: LocationID
  let room: RoomID?
  let start: Minute
  let client: ClientID?
  /// What would knowingly be accepted (S-6).
  let overrides: Overrides
  /// The hold that the booking would take over (S-12).
  let hold: HoldID?
  let moment: Moment
}

/// Therapists to look up.
struct SlotLookup: Sendable {
  enum Kind: Sendable {
    case firstFree, days
  }

  let kind: Kind
  let therapists: [TherapistID]
  /// As it was asked for, not yet on a whole minute: days are counted from it.
  let from: Instant
  let until: Instant
  /// Where starts lie.
  let range: Span
  let filter: SlotFilter
  let moment: Moment
}

/// Public holidays to list.
struct HolidayQuery: Sendable {
  let calendar: HolidayCalendar
  let first: CivilDate
  /// Included.
  let last: CivilDate
}

/// A read of the store.
enum StoreQuery: Sendable {
  case appointment(AppointmentID)
  case appointments(AppointmentQuery, binding: [UInt8])
  case hold(HoldID, at: Instant)
  /// What became of a hold that a check names and the index has no more: always a refusal.
  case goneHold(HoldID, of: TherapistID, at: Instant)
  case client(ClientID)
  case clients(of: TherapistID?, Page<ClientKind>)
  case therapist(TherapistID)
  case therapists(Page<TherapistKind>)
  case location(LocationID)
  case locations(Page<LocationKind>)
  case service(ServiceID)
  case services(of: TherapistID?, Page<ServiceKind>)
  case schedule(TherapistID)
  case schedules(Page<TherapistKind>)
  /// The partner's.
  case policy
}

/// A page of a list that is ordered by id.
struct Page<Kind: Identified>: Sendable {
  let after: ID<Kind>?
  let limit: Int
  /// What the next page's token is bound to.
  let binding: [UInt8]
}

/// From messages to wishes: the one place where both are known.
struct Translation: Sendable {
  let zones: ZoneCatalogue
  /// The standard page of lists.
  static let pageSize = 50

  /// - Throws: `Malformed`, with every field that is wrong; SwiftProtobuf's error for what is no
  ///   message of the method.
  func request(
    of method: Method, _ message: some SwiftProtobufContiguousBytes, from caller: Caller
  ) throws -> Request {
    switch method {
    case .slotsSearch:
      .search(try search(Seduta_V1_SlotsSearchRequest(serializedBytes: message), from: caller))
    case .slotsCheck:
      .check(try check(Seduta_V1_SlotsCheckRequest(serializedBytes: message), from: caller))
    case .slotsBatchLookup:
      .lookup(try lookup(Seduta_V1_SlotsBatchLookupRequest(serializedBytes: message), from: caller))
    case .holdsTake:
      .command(try take(Seduta_V1_HoldsTakeRequest(serializedBytes: message), from: caller))
    case .holdsRenew:
      .command(try renew(Seduta_V1_HoldsRenewRequest(serializedBytes: message), from: caller))
    case .holdsRelease:
      .command(try release(Seduta_V1_HoldsReleaseRequest(serializedBytes: message), from: caller))
    case .holdsGet:
      .store(try get(Seduta_V1_HoldsGetRequest(serializedBytes: message), from: caller))
    case .appointmentsBook:
      .command(try book(Seduta_V1_AppointmentsBookRequest(serializedBytes: message), from: caller))
    case .appointmentsGet:
      .store(try get(Seduta_V1_AppointmentsGetRequest(serializedBytes: message)))
    case .appointmentsCancel:
      .command(
        try cancel(Seduta_V1_AppointmentsCancelRequest(serializedBytes: message), from: caller))
    case .appointmentsList:
      .store(try list(Seduta_V1_AppointmentsListRequest(serializedBytes: message)))
    case .clientsRegister:
      .command(
        try register(Seduta_V1_ClientsRegisterRequest(serializedBytes: message), from: caller))
    case .clientsGet: .store(try get(Seduta_V1_ClientsGetRequest(serializedBytes: message)))
    case .clientsList: .store(try list(Seduta_V1_ClientsListRequest(serializedBytes: message)))
    case .directoryGetTherapist, .directoryListTherapists, .directoryGetLocation,
      .directoryListLocations, .directoryGetService, .directoryListServices,
      .directoryGetSchedule, .directoryListSchedules, .directoryGetPolicy:
      .store(try directoryQuery(method, message))
    case .directoryCreateTherapist, .directoryUpdateTherapist, .directoryCreateLocation,
      .directoryUpdateLocation, .directoryCreateService, .directoryUpdateService,
      .directoryImport:
      .command(
        Command(
          partner: caller.principal.partner, actor: caller.actor,
          wish: .putDirectory(try directoryPut(method, message, from: caller))))
    case .directoryUpdateSchedule: try command(message, from: caller, updateSchedule)
    case .directoryAddScheduleExceptions:
      try command(message, from: caller, addScheduleExceptions)
    case .directoryRemoveScheduleExceptions:
      try command(message, from: caller, removeScheduleExceptions)
    case .directoryListPublicHolidays:
      .publicHolidays(
        try publicHolidays(Seduta_V1_DirectoryListPublicHolidaysRequest(serializedBytes: message)))
    case .directoryUpdatePolicy: try command(message, from: caller, updatePolicy)
    case .healthCheck: .health
    }
  }

  private func command<Asked: Message>(
    _ message: some SwiftProtobufContiguousBytes, from caller: Caller,
    _ read: (Asked, Caller) throws -> Command
  ) throws -> Request {
    .command(try read(Asked(serializedBytes: message), caller))
  }

  /// On whose behalf a call is made.
  func actor(_ message: Seduta_Wire_V1_Actor) throws(Malformed) -> Actor {
    var reader = FieldReader(zones: zones)
    let actor: Actor?
    switch message.role {
    case .unspecified, .staff:
      actor = reader.text(message.id, "actor.id", length: 0...200).map(Actor.staff)
    case .therapist:
      actor = reader.id(message.id, "actor.id").map(Actor.therapist)
    case .client:
      actor = .client(reader.optionalID(message.id, "actor.id"))
    case .UNRECOGNIZED:
      reader.fault("actor.role", "expected ACTOR_ROLE_STAFF, _THERAPIST or _CLIENT")
      actor = nil
    }
    return try reader.finish(actor)
  }
}

/// Who asks, and when.
struct Caller: Sendable {
  let principal: Principal
  let actor: Actor
  let now: Instant
}
