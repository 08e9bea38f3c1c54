public import Wire

extension SedutaClient {
  /// Asks for sessions, and answers.
  public var requests: Requests { Requests(client: self) }

  /// The methods of `seduta.v1.Requests`. All throw `CallError` and `ConnectionError`.
  public struct Requests: Sendable {
    let client: SedutaClient

    /// Asks for a session: it takes its slot until the therapist has decided.
    public func ask(
      _ request: Seduta_V1_RequestsAskRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_RequestsAskResponse {
      try await client.call(.requestsAsk, request, options)
    }

    /// Lists requests that wait for their answer, in order of start, each with the clients whom it may be of.
    public func list(
      _ request: Seduta_V1_RequestsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_RequestsListResponse {
      try await client.call(.requestsList, request, options)
    }

    /// Accepts a request: it becomes a normal appointment.
    public func accept(
      _ request: Seduta_V1_RequestsAcceptRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_RequestsAcceptResponse {
      try await client.call(.requestsAccept, request, options)
    }

    /// Declines a request; its slot is free when this returns.
    public func decline(
      _ request: Seduta_V1_RequestsDeclineRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_RequestsDeclineResponse {
      try await client.call(.requestsDecline, request, options)
    }

    /// Takes a request back before it is answered; its slot is free when this returns.
    public func withdraw(
      _ request: Seduta_V1_RequestsWithdrawRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_RequestsWithdrawResponse {
      try await client.call(.requestsWithdraw, request, options)
    }
  }
}
