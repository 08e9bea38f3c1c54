public import Wire

extension SedutaClient {
  /// Keeps where a partner is told of its events.
  public var webhooks: Webhooks { Webhooks(client: self) }

  /// The methods of `seduta.v1.Webhooks`. All throw `CallError` and `ConnectionError`.
  public struct Webhooks: Sendable {
    let client: SedutaClient

    /// Makes an endpoint, and the secret that its calls are signed with.
    public func createEndpoint(
      _ request: Seduta_V1_WebhooksCreateEndpointRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_WebhooksCreateEndpointResponse {
      try await client.call(.webhooksCreateEndpoint, request, options)
    }

    /// Changes an endpoint, or turns it off and on.
    public func updateEndpoint(
      _ request: Seduta_V1_WebhooksUpdateEndpointRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_WebhooksUpdateEndpointResponse {
      try await client.call(.webhooksUpdateEndpoint, request, options)
    }

    /// Makes a new secret.
    public func rotateSecret(
      _ request: Seduta_V1_WebhooksRotateSecretRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_WebhooksRotateSecretResponse {
      try await client.call(.webhooksRotateSecret, request, options)
    }

    /// Deletes an endpoint, with all that waits for it.
    public func deleteEndpoint(
      _ request: Seduta_V1_WebhooksDeleteEndpointRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_WebhooksDeleteEndpointResponse {
      try await client.call(.webhooksDeleteEndpoint, request, options)
    }

    /// Lists endpoints, and how they are.
    public func listEndpoints(
      _ request: Seduta_V1_WebhooksListEndpointsRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_WebhooksListEndpointsResponse {
      try await client.call(.webhooksListEndpoints, request, options)
    }

    /// Lists the events that did not arrive at an endpoint.
    public func listDeliveries(
      _ request: Seduta_V1_WebhooksListDeliveriesRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_WebhooksListDeliveriesResponse {
      try await client.call(.webhooksListDeliveries, request, options)
    }
  }
}
