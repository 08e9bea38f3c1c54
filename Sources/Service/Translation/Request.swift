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
  case seriesSearch(SeriesSearch)
  case store(StoreQuery)
  /// Answered when nothing is being asked of a gateway about it, or so many milliseconds later.
  case awaited(AwaitedQuery, waitMs: Int64)
  /// Answered by many replies.
  case subscription(Subscription)
  case publicHolidays(HolidayQuery)
  case advanceClock(AdvanceTicket.Target)
  case clock
  case health
}

/// What a stream is to tell.
enum Subscription: Sendable {
  case events(after: Int64, kinds: [String])
  /// The first page of a search; a sound one.
  case slots(Seduta_V1_SlotsSearchRequest)
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

/// Recurring times to look for.
struct SeriesSearch: Sendable {
  let therapist: TherapistID
  let query: SeriesQuery
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
  case appointment(AppointmentID, at: Instant)
  case appointments(AppointmentList, binding: [UInt8])
  case openRequests(OpenRequestQuery)
  case matches(of: PersonSought)
  case join(JoinQuery)
  case cancelLink(of: AppointmentID)
  case series(SeriesID)
  case seriesList(of: TherapistID?, for: ClientID?, Page<SeriesKind>)
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
  case admin(AdminQuery)
  case events(EventQuery)
  case transitions(AppointmentID)
  case payments(of: AppointmentID?, TherapyID?, BenefitID?, Page<PaymentKind>)
  case awaited(AwaitedQuery)
  case paymentIntents(for: PaymentPurpose)
  /// Those of a client's that were not taken away.
  case paymentMethods(of: ClientID)
  case benefit(BenefitID)
  case benefits(of: ClientID)
  case packages(PackageQuery)
  case notifications(NotificationQuery)
  case webhooks(WebhookQuery)
  /// The partner's.
  case trialBalance(before: Instant?)
  case statement(StatementQuery)
  case transfers(TransferQuery)
  /// The partner's.
  case attendanceStatuses
  case therapy(TherapyID, at: Instant)
  case therapies(of: TherapistID?, with: ClientID?, Page<TherapyKind>)
}

/// A read of what a gateway may be asked about, so that an answer can wait for the gateway's.
enum AwaitedQuery: Sendable {
  case paymentIntent(PaymentIntentID)
  case paymentMethod(PaymentMethodID)

  var subject: ErrandSubject {
    switch self {
    case .paymentIntent(let id): .intent(id)
    case .paymentMethod(let id): .method(id)
    }
  }
}

/// A list of appointments: what a therapy stands for is known to the store only.
struct AppointmentList: Sendable {
  let query: AppointmentQuery
  let therapy: TherapyID?

  /// Whether it keeps to a therapy or a series, of which the actor must be one.
  var isOfOneCare: Bool { therapy != nil || query.series != nil }
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
  /// Signs links.
  let linkSecret: [UInt8]
  /// The name of the gateway that this server has; nil where money moves outside.
  let paymentGateway: String?
  /// Whether partners may name webhooks in private networks and over plain HTTP.
  let allowsPrivateWebhooks: Bool
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
    case .slotsWatch:
      .subscription(
        try watch(Seduta_V1_SlotsWatchRequest(serializedBytes: message), from: caller))
    case .eventsList:
      .store(try listEvents(Seduta_V1_EventsListRequest(serializedBytes: message), from: caller))
    case .eventsSubscribe:
      .subscription(try subscribe(Seduta_V1_EventsSubscribeRequest(serializedBytes: message)))
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
      .store(try get(Seduta_V1_AppointmentsGetRequest(serializedBytes: message), from: caller))
    case .appointmentsCancel:
      .command(
        try cancel(Seduta_V1_AppointmentsCancelRequest(serializedBytes: message), from: caller))
    case .appointmentsList:
      .store(try list(Seduta_V1_AppointmentsListRequest(serializedBytes: message)))
    case .requestsAsk: try command(message, from: caller, ask)
    case .requestsAccept: try command(message, from: caller, accept)
    case .requestsDecline: try command(message, from: caller, decline)
    case .requestsWithdraw: try command(message, from: caller, withdraw)
    case .requestsList:
      .store(try list(Seduta_V1_RequestsListRequest(serializedBytes: message), from: caller))
    case .clientsMatch: .store(try match(Seduta_V1_ClientsMatchRequest(serializedBytes: message)))
    case .appointmentsJoin:
      .store(try join(Seduta_V1_AppointmentsJoinRequest(serializedBytes: message), from: caller))
    case .appointmentsGetCancelLink:
      .store(
        try getCancelLink(Seduta_V1_AppointmentsGetCancelLinkRequest(serializedBytes: message)))
    case .clientsRegister:
      .command(
        try register(Seduta_V1_ClientsRegisterRequest(serializedBytes: message), from: caller))
    case .clientsUpdate: try command(message, from: caller, updateClient)
    case .clientsGet: .store(try get(Seduta_V1_ClientsGetRequest(serializedBytes: message)))
    case .clientsList: .store(try list(Seduta_V1_ClientsListRequest(serializedBytes: message)))
    case .therapiesGet:
      .store(try get(Seduta_V1_TherapiesGetRequest(serializedBytes: message), from: caller))
    case .therapiesList: .store(try list(Seduta_V1_TherapiesListRequest(serializedBytes: message)))
    case .therapiesUpdate: try command(message, from: caller, updateTherapy)
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
    case .adminOutbox:
      .store(.admin(try outbox(Seduta_V1_AdminOutboxRequest(serializedBytes: message))))
    case .adminAudit:
      .store(.admin(try audit(Seduta_V1_AdminAuditRequest(serializedBytes: message))))
    case .adminDue:
      .store(.admin(try due(Seduta_V1_AdminDueRequest(serializedBytes: message), from: caller)))
    case .sandboxGetTime: .clock
    case .sandboxAdvance:
      .advanceClock(try advance(Seduta_V1_SandboxAdvanceRequest(serializedBytes: message)))
    case .directoryListAttendanceStatuses:
      .store(try attendanceStatuses(message))
    case .directoryUpdateAttendanceStatuses:
      try command(message, from: caller, updateAttendanceStatuses)
    case .appointmentsReschedule: try command(message, from: caller, reschedule)
    case .appointmentsComplete: try command(message, from: caller, complete)
    case .appointmentsSetAttendance: try command(message, from: caller, setAttendance)
    case .appointmentsListTransitions:
      .store(
        try listTransitions(Seduta_V1_AppointmentsListTransitionsRequest(serializedBytes: message)))
    case .paymentsBegin: try command(message, from: caller, beginPayment)
    case .paymentsRecord: try command(message, from: caller, recordPayment)
    case .paymentsRecordRefund: try command(message, from: caller, recordRefund)
    case .paymentsList: .store(try list(Seduta_V1_PaymentsListRequest(serializedBytes: message)))
    case .paymentsConfirm: try command(message, from: caller, confirmPayment)
    case .paymentsRefund: try command(message, from: caller, refund)
    case .paymentsGetIntent:
      try getIntent(Seduta_V1_PaymentsGetIntentRequest(serializedBytes: message))
    case .paymentsListIntents:
      .store(try listIntents(Seduta_V1_PaymentsListIntentsRequest(serializedBytes: message)))
    case .paymentMethodsSetUp: try command(message, from: caller, setUpMethod)
    case .paymentMethodsUpdate: try command(message, from: caller, changeMethod)
    case .paymentMethodsGet:
      try getMethod(Seduta_V1_PaymentMethodsGetRequest(serializedBytes: message))
    case .paymentMethodsList:
      .store(try listMethods(Seduta_V1_PaymentMethodsListRequest(serializedBytes: message)))
    case .benefitsGrant: try command(message, from: caller, grantBenefit)
    case .benefitsBuy: try command(message, from: caller, buyBenefit)
    case .benefitsUse: try command(message, from: caller, useBenefits)
    case .benefitsGet:
      .store(try getBenefit(Seduta_V1_BenefitsGetRequest(serializedBytes: message)))
    case .benefitsList:
      .store(try listBenefits(Seduta_V1_BenefitsListRequest(serializedBytes: message)))
    case .packagesCreate: try command(message, from: caller, createPackage)
    case .packagesUpdate: try command(message, from: caller, updatePackage)
    case .packagesLink: try command(message, from: caller, linkPackage)
    case .packagesSchedule: try command(message, from: caller, schedulePackage)
    case .packagesUpdateLink: try command(message, from: caller, updateLink)
    case .packagesRenewLink: try command(message, from: caller, renewLink)
    case .packagesDeleteLink: try command(message, from: caller, deleteLink)
    case .packagesPay: try command(message, from: caller, payLink)
    case .packagesChooseProcedure: try command(message, from: caller, chooseProcedure)
    case .packagesGet, .packagesList, .packagesGetLink, .packagesListLinks, .packagesListSessions,
      .packagesGetCard:
      .store(.packages(try packageQuery(method, message, from: caller)))
    case .notificationsGetSettings, .notificationsListTemplates, .notificationsGetTemplate,
      .notificationsPreviewTemplate:
      .store(.notifications(try notificationQuery(method, message)))
    case .notificationsUpdateSettings:
      try command(message, from: caller, updateNotificationSettings)
    case .notificationsPutTemplate: try command(message, from: caller, putTemplate)
    case .notificationsDeleteTemplate: try command(message, from: caller, deleteTemplate)
    case .webhooksCreateEndpoint: try command(message, from: caller, createEndpoint)
    case .webhooksUpdateEndpoint: try command(message, from: caller, updateEndpoint)
    case .webhooksRotateSecret: try command(message, from: caller, rotateSecret)
    case .webhooksDeleteEndpoint: try command(message, from: caller, deleteEndpoint)
    case .webhooksListEndpoints, .webhooksListDeliveries:
      .store(.webhooks(try webhookQuery(method, message)))
    case .ledgerTrialBalance:
      .store(try trialBalance(Seduta_V1_LedgerTrialBalanceRequest(serializedBytes: message)))
    case .ledgerStatement:
      .store(
        try statement(Seduta_V1_LedgerStatementRequest(serializedBytes: message), from: caller))
    case .ledgerListTransfers:
      .store(try listTransfers(Seduta_V1_LedgerListTransfersRequest(serializedBytes: message)))
    case .ledgerRecordPayout: try command(message, from: caller, recordPayout)
    case .seriesCreate: try command(message, from: caller, createSeries)
    case .seriesReschedule: try command(message, from: caller, moveSeries)
    case .seriesCancel: try command(message, from: caller, cancelSeries)
    case .seriesSearch:
      .seriesSearch(
        try searchSeries(Seduta_V1_SeriesSearchRequest(serializedBytes: message), from: caller))
    case .seriesGet: .store(try get(Seduta_V1_SeriesGetRequest(serializedBytes: message)))
    case .seriesList: .store(try list(Seduta_V1_SeriesListRequest(serializedBytes: message)))
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
  /// - Throws: `Malformed`; `UnknownID` for a link that this server did not make for the partner.
  func actor(_ message: Seduta_Wire_V1_Actor, of partner: PartnerID) throws -> Actor {
    var reader = FieldReader(zones: zones)
    let actor: Actor?
    switch message.role {
    case .unspecified, .staff:
      actor = reader.text(message.id, "actor.id", length: 0...200).map(Actor.staff)
    case .therapist:
      actor = reader.id(message.id, "actor.id").map(Actor.therapist)
    case .client:
      actor = .client(reader.optionalID(message.id, "actor.id"))
    case .linkHolder:
      actor = try reader.linkHolder(message.id, of: partner, secret: linkSecret)
    case .UNRECOGNIZED:
      reader.fault("actor.role", "expected ACTOR_ROLE_STAFF, _THERAPIST, _CLIENT or _LINK_HOLDER")
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
