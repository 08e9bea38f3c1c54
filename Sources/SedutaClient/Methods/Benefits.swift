public import Wire

extension SedutaClient {
  /// Gives benefits, sells them, and pays with them.
  public var benefits: Benefits { Benefits(client: self) }

  /// The methods of `seduta.v1.Benefits`. All throw `CallError` and `ConnectionError`.
  public struct Benefits: Sendable {
    let client: SedutaClient

    /// Puts a benefit into a client's account: given, or paid outside.
    public func grant(
      _ request: Seduta_V1_BenefitsGrantRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_BenefitsGrantResponse {
      try await client.call(.benefitsGrant, request, options)
    }

    /// Sells a benefit through the payment gateway.
    public func buy(
      _ request: Seduta_V1_BenefitsBuyRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_BenefitsBuyResponse {
      try await client.call(.benefitsBuy, request, options)
    }

    /// Pays what is due for an appointment by the client's benefits, as far as they reach.
    public func use(
      _ request: Seduta_V1_BenefitsUseRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_BenefitsUseResponse {
      try await client.call(.benefitsUse, request, options)
    }

    /// Reads one.
    public func get(
      _ request: Seduta_V1_BenefitsGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_BenefitsGetResponse {
      try await client.call(.benefitsGet, request, options)
    }

    /// Lists a client's, in the order in which they would be used.
    public func list(
      _ request: Seduta_V1_BenefitsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_BenefitsListResponse {
      try await client.call(.benefitsList, request, options)
    }
  }
}
