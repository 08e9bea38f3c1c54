public import Wire

extension SedutaClient {
  /// Says whether the server takes calls.
  public var health: Health { Health(client: self) }

  /// The methods of `seduta.v1.Health`. All throw `CallError` and `ConnectionError`.
  public struct Health: Sendable {
    let client: SedutaClient

    /// Answers while the server runs.
    public func check(
      _ request: Seduta_V1_HealthCheckRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_HealthCheckResponse {
      try await client.call(.healthCheck, request, options)
    }
  }
}
