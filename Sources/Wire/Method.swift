/// The methods of the contract, as `Call.method` names them.
public enum Method: String, CaseIterable, Hashable, Sendable {
  // First, because a name is compared in this order and most calls are searches.
  case slotsSearch = "seduta.v1.Slots/Search"
  case slotsCheck = "seduta.v1.Slots/Check"
  case slotsBatchLookup = "seduta.v1.Slots/BatchLookup"

  case appointmentsBook = "seduta.v1.Appointments/Book"
  case appointmentsGet = "seduta.v1.Appointments/Get"
  case appointmentsCancel = "seduta.v1.Appointments/Cancel"
  case appointmentsList = "seduta.v1.Appointments/List"

  case holdsTake = "seduta.v1.Holds/Take"
  case holdsRenew = "seduta.v1.Holds/Renew"
  case holdsRelease = "seduta.v1.Holds/Release"
  case holdsGet = "seduta.v1.Holds/Get"

  case clientsRegister = "seduta.v1.Clients/Register"
  case clientsGet = "seduta.v1.Clients/Get"
  case clientsList = "seduta.v1.Clients/List"

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
  case directoryImport = "seduta.v1.Directory/Import"

  case healthCheck = "seduta.v1.Health/Check"

  /// Whether it changes something, so that a call needs an idempotency key unless it only validates.
  public var writes: Bool {
    switch self {
    case .appointmentsBook, .appointmentsCancel, .clientsRegister,
      .holdsTake, .holdsRenew, .holdsRelease,
      .directoryCreateTherapist, .directoryUpdateTherapist,
      .directoryCreateLocation, .directoryUpdateLocation,
      .directoryCreateService, .directoryUpdateService,
      .directoryUpdateSchedule, .directoryAddScheduleExceptions,
      .directoryRemoveScheduleExceptions, .directoryUpdatePolicy, .directoryImport:
      true
    case .slotsBatchLookup, .holdsGet,
      .slotsSearch, .slotsCheck, .appointmentsGet, .appointmentsList, .clientsGet, .clientsList,
      .directoryGetTherapist, .directoryListTherapists,
      .directoryGetLocation, .directoryListLocations,
      .directoryGetService, .directoryListServices,
      .directoryGetSchedule, .directoryListSchedules,
      .directoryListPublicHolidays, .directoryGetPolicy, .healthCheck:
      false
    }
  }
}
