public import Wire

extension SedutaClient {
  /// Books, reads and cancels appointments.
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
  }
}
