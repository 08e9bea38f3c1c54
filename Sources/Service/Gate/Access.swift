internal import Booking
internal import Storage
internal import Wire

/// Who may call a method at all, before anything is looked up: the one table of scopes and roles.
///
/// What is named in a call has to be the actor's own besides: see `Gate.authorise`.
struct Access: Sendable {
  /// Of the key; nil where any key will do.
  let scope: Scope?
  let roles: Set<ActorKind>

  private init(_ scope: Scope?, _ roles: ActorKind...) {
    self.scope = scope
    self.roles = Set(roles)
  }

  static func of(_ method: Method) -> Access {
    switch method {
    case .slotsSearch, .slotsCheck, .slotsBatchLookup, .slotsWatch:
      Access(.read, .staff, .therapist, .client)

    case .appointmentsGet: Access(.read, .staff, .therapist, .client, .linkHolder)
    case .appointmentsCancel: Access(.book, .staff, .therapist, .client, .linkHolder)
    case .appointmentsList, .appointmentsListTransitions, .appointmentsJoin:
      Access(.read, .staff, .therapist, .client)
    case .appointmentsBook, .appointmentsReschedule: Access(.book, .staff, .therapist, .client)
    case .appointmentsComplete, .appointmentsSetAttendance: Access(.book, .staff, .therapist)
    case .appointmentsGetCancelLink: Access(.read, .staff)

    case .requestsAsk: Access(.book, .staff, .client)
    case .requestsWithdraw: Access(.book, .staff, .client)
    case .requestsAccept, .requestsDecline: Access(.book, .staff, .therapist)
    case .requestsList: Access(.read, .staff, .therapist)

    case .seriesSearch, .seriesGet, .seriesList: Access(.read, .staff, .therapist, .client)
    case .seriesCreate, .seriesReschedule, .seriesCancel: Access(.book, .staff, .therapist)

    case .paymentsBegin, .paymentsConfirm: Access(.book, .staff, .client)
    case .paymentsRefund: Access(.book, .staff)
    case .paymentsRecord, .paymentsRecordRefund: Access(.book, .staff, .therapist)
    case .paymentsList, .paymentsListIntents: Access(.read, .staff, .therapist, .client)
    case .paymentsGetIntent: Access(.read, .staff, .client)

    case .paymentMethodsSetUp, .paymentMethodsUpdate: Access(.book, .staff, .client)
    case .paymentMethodsGet, .paymentMethodsList: Access(.read, .staff, .client)

    case .benefitsGrant: Access(.book, .staff)
    case .benefitsBuy, .benefitsUse: Access(.book, .staff, .client)
    case .benefitsGet, .benefitsList: Access(.read, .staff, .client)

    case .packagesCreate, .packagesUpdate: Access(.manage, .staff)
    case .packagesGet, .packagesList: Access(.read, .staff, .therapist)
    case .packagesLink, .packagesSchedule, .packagesUpdateLink, .packagesRenewLink,
      .packagesDeleteLink, .packagesChooseProcedure:
      Access(.book, .staff, .therapist)
    case .packagesPay: Access(.book, .staff, .client)
    case .packagesGetLink, .packagesListLinks, .packagesListSessions, .packagesGetCard:
      Access(.read, .staff, .therapist, .client)

    case .notificationsGetSettings, .notificationsListTemplates, .notificationsGetTemplate,
      .notificationsPreviewTemplate:
      Access(.read, .staff)
    case .notificationsUpdateSettings, .notificationsPutTemplate, .notificationsDeleteTemplate:
      Access(.manage, .staff)
    case .webhooksCreateEndpoint, .webhooksUpdateEndpoint, .webhooksRotateSecret,
      .webhooksDeleteEndpoint, .webhooksListEndpoints, .webhooksListDeliveries:
      Access(.manage, .staff)

    case .ledgerStatement: Access(.read, .staff, .therapist, .client)
    case .ledgerTrialBalance, .ledgerListTransfers, .ledgerRecordPayout: Access(.admin, .staff)

    case .holdsTake, .holdsRenew, .holdsRelease: Access(.book, .staff, .therapist, .client)
    case .holdsGet: Access(.read, .staff, .therapist, .client)

    case .clientsRegister: Access(.book, .staff, .therapist, .client)
    case .clientsUpdate: Access(.book, .staff, .client)
    case .clientsGet: Access(.read, .staff, .therapist, .client)
    case .clientsList, .clientsMatch: Access(.read, .staff, .therapist)

    case .therapiesGet, .therapiesList: Access(.read, .staff, .therapist, .client)
    case .therapiesUpdate: Access(.book, .staff, .therapist)

    case .directoryGetTherapist, .directoryListTherapists, .directoryGetLocation,
      .directoryListLocations, .directoryGetService, .directoryListServices, .directoryGetSchedule,
      .directoryListSchedules, .directoryListPublicHolidays, .directoryListAttendanceStatuses:
      Access(.read, .staff, .therapist, .client)
    case .directoryGetPolicy: Access(.read, .staff)
    case .directoryUpdateSchedule, .directoryAddScheduleExceptions,
      .directoryRemoveScheduleExceptions:
      Access(.manage, .staff, .therapist)
    case .directoryCreateTherapist, .directoryUpdateTherapist, .directoryCreateLocation,
      .directoryUpdateLocation, .directoryCreateService, .directoryUpdateService,
      .directoryUpdatePolicy, .directoryUpdateAttendanceStatuses, .directoryImport:
      Access(.manage, .staff)

    case .eventsList, .eventsSubscribe: Access(.read, .staff)

    case .adminOutbox, .adminAudit, .adminDue, .sandboxGetTime, .sandboxAdvance:
      Access(.admin, .staff)

    case .healthCheck: Access(nil, .staff, .therapist, .client, .linkHolder)
    }
  }
}
