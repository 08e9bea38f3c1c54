public import Wire

extension SedutaClient {
  /// Registers, changes and reads clients.
  public var clients: Clients { Clients(client: self) }

  /// The methods of `seduta.v1.Clients`. All throw `CallError` and `ConnectionError`.
  public struct Clients: Sendable {
    let client: SedutaClient

    /// Registers a client. Both consents are needed.
    public func register(
      _ request: Seduta_V1_ClientsRegisterRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_ClientsRegisterResponse {
      try await client.call(.clientsRegister, request, options)
    }

    /// Changes what is known of a client.
    public func update(
      _ request: Seduta_V1_ClientsUpdateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_ClientsUpdateResponse {
      try await client.call(.clientsUpdate, request, options)
    }

    /// Reads one client.
    public func get(
      _ request: Seduta_V1_ClientsGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_ClientsGetResponse {
      try await client.call(.clientsGet, request, options)
    }

    /// Lists clients, by id.
    public func list(
      _ request: Seduta_V1_ClientsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_ClientsListResponse {
      try await client.call(.clientsList, request, options)
    }

    /// Which clients a person may be, best first.
    public func match(
      _ request: Seduta_V1_ClientsMatchRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_ClientsMatchResponse {
      try await client.call(.clientsMatch, request, options)
    }
  }
}
