public import Wire

extension SedutaClient {
  /// Keeps therapists, locations, services and schedules.
  public var directory: Directory { Directory(client: self) }

  /// The methods of `seduta.v1.Directory`. All throw `CallError` and `ConnectionError`.
  public struct Directory: Sendable {
    let client: SedutaClient

    /// Creates a therapist.
    public func createTherapist(
      _ request: Seduta_V1_DirectoryCreateTherapistRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryCreateTherapistResponse {
      try await client.call(.directoryCreateTherapist, request, options)
    }

    /// Changes the masked fields of a therapist.
    public func updateTherapist(
      _ request: Seduta_V1_DirectoryUpdateTherapistRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryUpdateTherapistResponse {
      try await client.call(.directoryUpdateTherapist, request, options)
    }

    /// Reads one therapist.
    public func getTherapist(
      _ request: Seduta_V1_DirectoryGetTherapistRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryGetTherapistResponse {
      try await client.call(.directoryGetTherapist, request, options)
    }

    /// Lists therapists, by id.
    public func listTherapists(
      _ request: Seduta_V1_DirectoryListTherapistsRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryListTherapistsResponse {
      try await client.call(.directoryListTherapists, request, options)
    }

    /// Creates a location.
    public func createLocation(
      _ request: Seduta_V1_DirectoryCreateLocationRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryCreateLocationResponse {
      try await client.call(.directoryCreateLocation, request, options)
    }

    /// Changes the masked fields of a location.
    public func updateLocation(
      _ request: Seduta_V1_DirectoryUpdateLocationRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryUpdateLocationResponse {
      try await client.call(.directoryUpdateLocation, request, options)
    }

    /// Reads one location.
    public func getLocation(
      _ request: Seduta_V1_DirectoryGetLocationRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryGetLocationResponse {
      try await client.call(.directoryGetLocation, request, options)
    }

    /// Lists locations, by id.
    public func listLocations(
      _ request: Seduta_V1_DirectoryListLocationsRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryListLocationsResponse {
      try await client.call(.directoryListLocations, request, options)
    }

    /// Creates a service.
    public func createService(
      _ request: Seduta_V1_DirectoryCreateServiceRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryCreateServiceResponse {
      try await client.call(.directoryCreateService, request, options)
    }

    /// Changes the masked fields of a service.
    public func updateService(
      _ request: Seduta_V1_DirectoryUpdateServiceRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryUpdateServiceResponse {
      try await client.call(.directoryUpdateService, request, options)
    }

    /// Reads one service.
    public func getService(
      _ request: Seduta_V1_DirectoryGetServiceRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryGetServiceResponse {
      try await client.call(.directoryGetService, request, options)
    }

    /// Lists services, by id.
    public func listServices(
      _ request: Seduta_V1_DirectoryListServicesRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryListServicesResponse {
      try await client.call(.directoryListServices, request, options)
    }

    /// Changes the masked fields of a therapist's schedule, and lists the appointments that fall
    /// outside the new hours.
    public func updateSchedule(
      _ request: Seduta_V1_DirectoryUpdateScheduleRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryUpdateScheduleResponse {
      try await client.call(.directoryUpdateSchedule, request, options)
    }

    /// Reads a therapist's weekly hours.
    public func getSchedule(
      _ request: Seduta_V1_DirectoryGetScheduleRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryGetScheduleResponse {
      try await client.call(.directoryGetSchedule, request, options)
    }

    /// Lists schedules, by therapist id.
    public func listSchedules(
      _ request: Seduta_V1_DirectoryListSchedulesRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryListSchedulesResponse {
      try await client.call(.directoryListSchedules, request, options)
    }

    /// Adds dated exceptions to a schedule, and lists the appointments that fall outside the new
    /// hours.
    public func addScheduleExceptions(
      _ request: Seduta_V1_DirectoryAddScheduleExceptionsRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryAddScheduleExceptionsResponse {
      try await client.call(.directoryAddScheduleExceptions, request, options)
    }

    /// Removes exceptions from a schedule, and lists the appointments that fall outside the new
    /// hours.
    public func removeScheduleExceptions(
      _ request: Seduta_V1_DirectoryRemoveScheduleExceptionsRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryRemoveScheduleExceptionsResponse {
      try await client.call(.directoryRemoveScheduleExceptions, request, options)
    }

    /// Lists public holidays, by date.
    public func listPublicHolidays(
      _ request: Seduta_V1_DirectoryListPublicHolidaysRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryListPublicHolidaysResponse {
      try await client.call(.directoryListPublicHolidays, request, options)
    }

    /// Reads the partner's policy.
    public func getPolicy(
      _ request: Seduta_V1_DirectoryGetPolicyRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryGetPolicyResponse {
      try await client.call(.directoryGetPolicy, request, options)
    }

    /// Replaces the partner's policy.
    public func updatePolicy(
      _ request: Seduta_V1_DirectoryUpdatePolicyRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryUpdatePolicyResponse {
      try await client.call(.directoryUpdatePolicy, request, options)
    }

    /// Reads the partner's own attendance statuses.
    public func listAttendanceStatuses(
      _ request: Seduta_V1_DirectoryListAttendanceStatusesRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryListAttendanceStatusesResponse {
      try await client.call(.directoryListAttendanceStatuses, request, options)
    }

    /// Replaces the partner's own attendance statuses.
    public func updateAttendanceStatuses(
      _ request: Seduta_V1_DirectoryUpdateAttendanceStatusesRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryUpdateAttendanceStatusesResponse {
      try await client.call(.directoryUpdateAttendanceStatuses, request, options)
    }

    /// Creates or replaces many resources in one step: all of them, or none.
    public func `import`(
      _ request: Seduta_V1_DirectoryImportRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_DirectoryImportResponse {
      try await client.call(.directoryImport, request, options)
    }
  }
}
