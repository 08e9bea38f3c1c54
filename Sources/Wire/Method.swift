/// The methods of the contract, as `Call.method` names them.
public enum Method: String, CaseIterable, Hashable, Sendable {
  // First, because a name is compared in this order and most calls are searches.
  case slotsSearch = "seduta.v1.Slots/Search"
  case slotsCheck = "seduta.v1.Slots/Check"
  case slotsBatchLookup = "seduta.v1.Slots/BatchLookup"
  case slotsWatch = "seduta.v1.Slots/Watch"

  case appointmentsBook = "seduta.v1.Appointments/Book"
  case appointmentsGet = "seduta.v1.Appointments/Get"
  case appointmentsCancel = "seduta.v1.Appointments/Cancel"
  case appointmentsList = "seduta.v1.Appointments/List"
  case appointmentsReschedule = "seduta.v1.Appointments/Reschedule"
  case appointmentsComplete = "seduta.v1.Appointments/Complete"
  case appointmentsSetAttendance = "seduta.v1.Appointments/SetAttendance"
  case appointmentsListTransitions = "seduta.v1.Appointments/ListTransitions"
  case appointmentsJoin = "seduta.v1.Appointments/Join"
  case appointmentsGetCancelLink = "seduta.v1.Appointments/GetCancelLink"

  case requestsAsk = "seduta.v1.Requests/Ask"
  case requestsList = "seduta.v1.Requests/List"
  case requestsAccept = "seduta.v1.Requests/Accept"
  case requestsDecline = "seduta.v1.Requests/Decline"
  case requestsWithdraw = "seduta.v1.Requests/Withdraw"

  case seriesCreate = "seduta.v1.Series/Create"
  case seriesSearch = "seduta.v1.Series/Search"
  case seriesGet = "seduta.v1.Series/Get"
  case seriesList = "seduta.v1.Series/List"
  case seriesReschedule = "seduta.v1.Series/Reschedule"
  case seriesCancel = "seduta.v1.Series/Cancel"

  case paymentsBegin = "seduta.v1.Payments/Begin"
  case paymentsRecord = "seduta.v1.Payments/Record"
  case paymentsRecordRefund = "seduta.v1.Payments/RecordRefund"
  case paymentsList = "seduta.v1.Payments/List"
  case paymentsConfirm = "seduta.v1.Payments/Confirm"
  case paymentsGetIntent = "seduta.v1.Payments/GetIntent"
  case paymentsListIntents = "seduta.v1.Payments/ListIntents"
  case paymentsRefund = "seduta.v1.Payments/Refund"

  case paymentMethodsSetUp = "seduta.v1.PaymentMethods/SetUp"
  case paymentMethodsGet = "seduta.v1.PaymentMethods/Get"
  case paymentMethodsList = "seduta.v1.PaymentMethods/List"
  case paymentMethodsUpdate = "seduta.v1.PaymentMethods/Update"

  case benefitsGrant = "seduta.v1.Benefits/Grant"
  case benefitsBuy = "seduta.v1.Benefits/Buy"
  case benefitsUse = "seduta.v1.Benefits/Use"
  case benefitsGet = "seduta.v1.Benefits/Get"
  case benefitsList = "seduta.v1.Benefits/List"

  case packagesCreate = "seduta.v1.Packages/Create"
  case packagesUpdate = "seduta.v1.Packages/Update"
  case packagesGet = "seduta.v1.Packages/Get"
  case packagesList = "seduta.v1.Packages/List"
  case packagesLink = "seduta.v1.Packages/Link"
  case packagesSchedule = "seduta.v1.Packages/Schedule"
  case packagesGetLink = "seduta.v1.Packages/GetLink"
  case packagesListLinks = "seduta.v1.Packages/ListLinks"
  case packagesListSessions = "seduta.v1.Packages/ListSessions"
  case packagesUpdateLink = "seduta.v1.Packages/UpdateLink"
  case packagesRenewLink = "seduta.v1.Packages/RenewLink"
  case packagesDeleteLink = "seduta.v1.Packages/DeleteLink"
  case packagesPay = "seduta.v1.Packages/Pay"
  case packagesChooseProcedure = "seduta.v1.Packages/ChooseProcedure"
  case packagesGetCard = "seduta.v1.Packages/GetCard"

  case notificationsGetSettings = "seduta.v1.Notifications/GetSettings"
  case notificationsUpdateSettings = "seduta.v1.Notifications/UpdateSettings"
  case notificationsListTemplates = "seduta.v1.Notifications/ListTemplates"
  case notificationsGetTemplate = "seduta.v1.Notifications/GetTemplate"
  case notificationsPutTemplate = "seduta.v1.Notifications/PutTemplate"
  case notificationsDeleteTemplate = "seduta.v1.Notifications/DeleteTemplate"
  case notificationsPreviewTemplate = "seduta.v1.Notifications/PreviewTemplate"

  case webhooksCreateEndpoint = "seduta.v1.Webhooks/CreateEndpoint"
  case webhooksUpdateEndpoint = "seduta.v1.Webhooks/UpdateEndpoint"
  case webhooksRotateSecret = "seduta.v1.Webhooks/RotateSecret"
  case webhooksDeleteEndpoint = "seduta.v1.Webhooks/DeleteEndpoint"
  case webhooksListEndpoints = "seduta.v1.Webhooks/ListEndpoints"
  case webhooksListDeliveries = "seduta.v1.Webhooks/ListDeliveries"

  case ledgerTrialBalance = "seduta.v1.Ledger/TrialBalance"
  case ledgerStatement = "seduta.v1.Ledger/Statement"
  case ledgerListTransfers = "seduta.v1.Ledger/ListTransfers"
  case ledgerRecordPayout = "seduta.v1.Ledger/RecordPayout"

  case holdsTake = "seduta.v1.Holds/Take"
  case holdsRenew = "seduta.v1.Holds/Renew"
  case holdsRelease = "seduta.v1.Holds/Release"
  case holdsGet = "seduta.v1.Holds/Get"

  case clientsRegister = "seduta.v1.Clients/Register"
  case clientsUpdate = "seduta.v1.Clients/Update"
  case clientsGet = "seduta.v1.Clients/Get"
  case clientsList = "seduta.v1.Clients/List"
  case clientsMatch = "seduta.v1.Clients/Match"

  case therapiesGet = "seduta.v1.Therapies/Get"
  case therapiesList = "seduta.v1.Therapies/List"
  case therapiesUpdate = "seduta.v1.Therapies/Update"

  case directoryCreateTherapist = "seduta.v1.Directory/CreateTherapist"
  case directoryUpdateTherapist = "seduta.v1.Directory/UpdateTherapist"
  case directoryGetTherapist = "seduta.v1.Directory/GetTherapist"
  case directoryListTherapists = "seduta.v1.Directory/ListTherapists"
  case directoryCreateLocation = "seduta.v1.Directory/CreateLocation"
  case directoryUpdateLocation = "seduta.v1.Directory/UpdateLocation"
  case directoryGetLocation = "seduta.v1.Directory/GetLocation"
  case directoryListLocations = "seduta.v1.Directory/ListLocations"
  case directoryCreateService = "seduta.v1.Directory/CreateService"
  case directoryUpdateService = "seduta.v1.Directory/UpdateService"
  case directoryGetService = "seduta.v1.Directory/GetService"
  case directoryListServices = "seduta.v1.Directory/ListServices"
  case directoryUpdateSchedule = "seduta.v1.Directory/UpdateSchedule"
  case directoryGetSchedule = "seduta.v1.Directory/GetSchedule"
  case directoryListSchedules = "seduta.v1.Directory/ListSchedules"
  case directoryAddScheduleExceptions = "seduta.v1.Directory/AddScheduleExceptions"
  case directoryRemoveScheduleExceptions = "seduta.v1.Directory/RemoveScheduleExceptions"
  case directoryListPublicHolidays = "seduta.v1.Directory/ListPublicHolidays"
  case directoryGetPolicy = "seduta.v1.Directory/GetPolicy"
  case directoryUpdatePolicy = "seduta.v1.Directory/UpdatePolicy"
  case directoryListAttendanceStatuses = "seduta.v1.Directory/ListAttendanceStatuses"
  case directoryUpdateAttendanceStatuses = "seduta.v1.Directory/UpdateAttendanceStatuses"
  case directoryImport = "seduta.v1.Directory/Import"

  case eventsList = "seduta.v1.Events/List"
  case eventsSubscribe = "seduta.v1.Events/Subscribe"

  case adminOutbox = "seduta.v1.Admin/Outbox"
  case adminAudit = "seduta.v1.Admin/Audit"
  case adminDue = "seduta.v1.Admin/Due"

  case sandboxGetTime = "seduta.v1.Sandbox/GetTime"
  case sandboxAdvance = "seduta.v1.Sandbox/Advance"

  case healthCheck = "seduta.v1.Health/Check"

  /// Whether it changes something, so that a call needs an idempotency key unless it only validates.
  public var writes: Bool {
    switch self {
    case .appointmentsBook, .appointmentsCancel, .appointmentsReschedule, .appointmentsComplete,
      .appointmentsSetAttendance, .requestsAsk, .requestsAccept, .requestsDecline,
      .requestsWithdraw, .seriesCreate, .seriesReschedule, .seriesCancel, .paymentsBegin,
      .paymentsRecord, .paymentsRecordRefund, .paymentsConfirm, .paymentsRefund,
      .paymentMethodsSetUp, .paymentMethodsUpdate, .benefitsGrant, .benefitsBuy, .benefitsUse,
      .packagesCreate, .packagesUpdate, .packagesLink, .packagesSchedule, .packagesUpdateLink,
      .packagesRenewLink, .packagesDeleteLink, .packagesPay, .packagesChooseProcedure,
      .notificationsUpdateSettings, .notificationsPutTemplate, .notificationsDeleteTemplate,
      .webhooksCreateEndpoint, .webhooksUpdateEndpoint, .webhooksRotateSecret,
      .webhooksDeleteEndpoint,
      .ledgerRecordPayout, .clientsRegister, .clientsUpdate, .therapiesUpdate,
      .holdsTake, .holdsRenew, .holdsRelease,
      .directoryCreateTherapist, .directoryUpdateTherapist,
      .directoryCreateLocation, .directoryUpdateLocation,
      .directoryCreateService, .directoryUpdateService,
      .directoryUpdateSchedule, .directoryAddScheduleExceptions,
      .directoryRemoveScheduleExceptions, .directoryUpdatePolicy,
      .directoryUpdateAttendanceStatuses, .directoryImport, .sandboxAdvance:
      true
    case .slotsBatchLookup, .slotsWatch, .holdsGet, .eventsList, .eventsSubscribe,
      .slotsSearch, .slotsCheck, .appointmentsGet, .appointmentsList, .appointmentsListTransitions,
      .appointmentsJoin, .appointmentsGetCancelLink, .requestsList, .seriesSearch, .seriesGet,
      .seriesList, .paymentsList, .paymentsGetIntent, .paymentsListIntents, .paymentMethodsGet,
      .paymentMethodsList, .benefitsGet, .benefitsList, .packagesGet,
      .packagesList, .packagesGetLink, .packagesListLinks, .packagesListSessions, .packagesGetCard,
      .notificationsGetSettings, .notificationsListTemplates, .notificationsGetTemplate,
      .notificationsPreviewTemplate, .webhooksListEndpoints, .webhooksListDeliveries,
      .ledgerTrialBalance, .ledgerStatement,
      .ledgerListTransfers, .clientsGet, .clientsList, .clientsMatch, .therapiesGet,
      .therapiesList,
      .directoryGetTherapist, .directoryListTherapists,
      .directoryGetLocation, .directoryListLocations,
      .directoryGetService, .directoryListServices,
      .directoryGetSchedule, .directoryListSchedules,
      .directoryListPublicHolidays, .directoryGetPolicy, .directoryListAttendanceStatuses,
      .adminOutbox, .adminAudit, .adminDue, .sandboxGetTime, .healthCheck:
      false
    }
  }
}
