public import Wire

extension SedutaClient {
  /// Takes, renews and releases holds: short reservations of a slot with a deadline.
  public var holds: Holds { Holds(client: self) }

  /// The methods of `seduta.v1.Holds`. All throw `CallError` and `ConnectionError`.
  public struct Holds: Sendable {
    let client: SedutaClient

    /// Takes a slot for a time: nobody else can book it until the deadline.
    public func take(
      _ request: Seduta_V1_HoldsTakeRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_HoldsTakeResponse {
      try await client.call(.holdsTake, request, options)
    }

    /// Moves the deadline, as long as it has not come.
    public func renew(
      _ request: Seduta_V1_HoldsRenewRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_HoldsRenewResponse {
      try await client.call(.holdsRenew, request, options)
    }

    /// Gives the slot back at once.
    public func release(
      _ request: Seduta_V1_HoldsReleaseRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_HoldsReleaseResponse {
      try await client.call(.holdsRelease, request, options)
    }

    /// Reads one hold that still holds.
    public func get(
      _ request: Seduta_V1_HoldsGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_HoldsGetResponse {
      try await client.call(.holdsGet, request, options)
    }
  }
}
