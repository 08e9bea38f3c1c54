public import Wire

extension SedutaClient {
  /// Reads therapies and sets whether their clients book by themselves.
  public var therapies: Therapies { Therapies(client: self) }

  /// The methods of `seduta.v1.Therapies`. All throw `CallError` and `ConnectionError`.
  public struct Therapies: Sendable {
    let client: SedutaClient

    /// Reads one therapy, with what was and is to come in it.
    public func get(
      _ request: Seduta_V1_TherapiesGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_TherapiesGetResponse {
      try await client.call(.therapiesGet, request, options)
    }

    /// Lists therapies, by id.
    public func list(
      _ request: Seduta_V1_TherapiesListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_TherapiesListResponse {
      try await client.call(.therapiesList, request, options)
    }

    /// Sets whether the client may book follow-ups by themself.
    public func update(
      _ request: Seduta_V1_TherapiesUpdateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_TherapiesUpdateResponse {
      try await client.call(.therapiesUpdate, request, options)
    }
  }
}
