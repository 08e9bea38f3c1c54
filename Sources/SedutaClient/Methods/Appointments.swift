public import Wire

extension SedutaClient {
  /// Books, moves, reads, completes and cancels appointments.
  public var appointments: Appointments { Appointments(client: self) }

  /// The methods of `seduta.v1.Appointments`. All throw `CallError` and `ConnectionError`.
  public struct Appointments: Sendable {
    let client: SedutaClient

    /// Books a session at once: it stands when this returns, and is on disk.
    public func book(
      _ request: Seduta_V1_AppointmentsBookRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsBookResponse {
      try await client.call(.appointmentsBook, request, options)
    }

    /// Reads one appointment.
    public func get(
      _ request: Seduta_V1_AppointmentsGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsGetResponse {
      try await client.call(.appointmentsGet, request, options)
    }

    /// Cancels an appointment that has not begun; its slot is free when this returns.
    public func cancel(
      _ request: Seduta_V1_AppointmentsCancelRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsCancelResponse {
      try await client.call(.appointmentsCancel, request, options)
    }

    /// Lists appointments in order of start, nearest first.
    public func list(
      _ request: Seduta_V1_AppointmentsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsListResponse {
      try await client.call(.appointmentsList, request, options)
    }

    /// Moves an appointment: the new time is taken and the old one freed together.
    public func reschedule(
      _ request: Seduta_V1_AppointmentsRescheduleRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsRescheduleResponse {
      try await client.call(.appointmentsReschedule, request, options)
    }

    /// Ends a session by hand.
    public func complete(
      _ request: Seduta_V1_AppointmentsCompleteRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsCompleteResponse {
      try await client.call(.appointmentsComplete, request, options)
    }

    /// Says whether the client came.
    public func setAttendance(
      _ request: Seduta_V1_AppointmentsSetAttendanceRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsSetAttendanceResponse {
      try await client.call(.appointmentsSetAttendance, request, options)
    }

    /// Lists all steps of an appointment's life.
    public func listTransitions(
      _ request: Seduta_V1_AppointmentsListTransitionsRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsListTransitionsResponse {
      try await client.call(.appointmentsListTransitions, request, options)
    }

    /// How a party gets to a session: its own link, or the address.
    public func join(
      _ request: Seduta_V1_AppointmentsJoinRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsJoinResponse {
      try await client.call(.appointmentsJoin, request, options)
    }

    /// The signed link by which the client can cancel.
    public func cancelLink(
      _ request: Seduta_V1_AppointmentsGetCancelLinkRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AppointmentsGetCancelLinkResponse {
      try await client.call(.appointmentsGetCancelLink, request, options)
    }
  }
}
