public import Wire

extension SedutaClient {
  /// Finds and checks slots.
  public var slots: Slots { Slots(client: self) }

  /// The methods of `seduta.v1.Slots`. All throw `CallError` and `ConnectionError`.
  public struct Slots: Sendable {
    let client: SedutaClient

    /// The free starts of one therapist, or the first N across many, in order of time.
    public func search(
      _ request: Seduta_V1_SlotsSearchRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SlotsSearchResponse {
      try await client.call(.slotsSearch, request, options)
    }

    /// Whether one start could be booked, and if not, everything that is in the way.
    public func check(
      _ request: Seduta_V1_SlotsCheckRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SlotsCheckResponse {
      try await client.call(.slotsCheck, request, options)
    }

    /// What a search finds, and again whenever that changes, for as long as this connection lasts.
    public func watch(
      _ request: Seduta_V1_SlotsWatchRequest, _ options: CallOptions = CallOptions()
    ) throws -> Replies<Seduta_V1_SlotsWatchResponse> {
      try client.stream(.slotsWatch, request, options)
    }

    /// For each of up to 1,000 therapists, the first free start, or what each day is like.
    public func batchLookup(
      _ request: Seduta_V1_SlotsBatchLookupRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SlotsBatchLookupResponse {
      try await client.call(.slotsBatchLookup, request, options)
    }
  }
}
