public import Wire

extension SedutaClient {
  /// Saves what clients pay with, so that it can be charged before a session.
  public var paymentMethods: PaymentMethods { PaymentMethods(client: self) }

  /// The methods of `seduta.v1.PaymentMethods`. All throw `CallError` and `ConnectionError`.
  public struct PaymentMethods: Sendable {
    let client: SedutaClient

    /// Begins to save one at the gateway.
    public func setUp(
      _ request: Seduta_V1_PaymentMethodsSetUpRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentMethodsSetUpResponse {
      try await client.call(.paymentMethodsSetUp, request, options)
    }

    /// Reads one; may wait for the gateway's answer.
    public func get(
      _ request: Seduta_V1_PaymentMethodsGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentMethodsGetResponse {
      try await client.call(.paymentMethodsGet, request, options)
    }

    /// Lists a client's, oldest first.
    public func list(
      _ request: Seduta_V1_PaymentMethodsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentMethodsListResponse {
      try await client.call(.paymentMethodsList, request, options)
    }

    /// Makes one the default, takes it away, or asks the gateway how it stands.
    public func update(
      _ request: Seduta_V1_PaymentMethodsUpdateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentMethodsUpdateResponse {
      try await client.call(.paymentMethodsUpdate, request, options)
    }
  }
}
