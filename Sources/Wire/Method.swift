/// The methods of the contract, as `Call.method` names them.
public enum Method: String, CaseIterable, Hashable, Sendable {
  // First, because a name is compared in this order and most calls are searches.
  case slotsSearch = "seduta.v1.Slots/Search"
  case slotsCheck = "seduta.v1.Slots/Check"

  case appointmentsBook = "seduta.v1.Appointments/Book"
  case appointmentsGet = "seduta.v1.Appointments/Get"
  case appointmentsCancel = "seduta.v1.Appointments/Cancel"
  case appointmentsList = "seduta.v1.Appointments/List"

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
  case directoryImport = "seduta.v1.Directory/Import"

  case healthCheck = "seduta.v1.Health/Check"

  /// Whether it changes something, so that a call needs an idempotency key unless it only validates.
  public var writes: Bool {
    switch self {
    case .appointmentsBook, .appointmentsCancel, .clientsRegister,
      .directoryCreateTherapist, .directoryUpdateTherapist,
      .directoryCreateLocation, .directoryUpdateLocation,
      .directoryCreateService, .directoryUpdateService,
      .directoryUpdateSchedule, .directoryImport:
      true
    case .slotsSearch, .slotsCheck, .appointmentsGet, .appointmentsList, .clientsGet, .clientsList,
      .directoryGetTherapist, .directoryListTherapists,
      .directoryGetLocation, .directoryListLocations,
      .directoryGetService, .directoryListServices,
      .directoryGetSchedule, .directoryListSchedules, .healthCheck:
      false
    }
  }
}
