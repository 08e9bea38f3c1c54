public import Wire

extension SedutaClient {
  /// Books, finds, changes and cancels series.
  public var series: Series { Series(client: self) }

  /// The methods of `seduta.v1.Series`. All throw `CallError` and `ConnectionError`.
  public struct Series: Sendable {
    let client: SedutaClient

    /// Books a series, all of it or what is free of it, and tells what became of each occurrence.
    public func create(
      _ request: Seduta_V1_SeriesCreateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SeriesCreateResponse {
      try await client.call(.seriesCreate, request, options)
    }

    /// Which recurring times are free for the next n occurrences, or all but a few of them.
    public func search(
      _ request: Seduta_V1_SeriesSearchRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SeriesSearchResponse {
      try await client.call(.seriesSearch, request, options)
    }

    /// Reads one series with its appointments.
    public func get(
      _ request: Seduta_V1_SeriesGetRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SeriesGetResponse {
      try await client.call(.seriesGet, request, options)
    }

    /// Lists series by id.
    public func list(
      _ request: Seduta_V1_SeriesListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SeriesListResponse {
      try await client.call(.seriesList, request, options)
    }

    /// Moves one, this and the following, or all of a series.
    public func reschedule(
      _ request: Seduta_V1_SeriesRescheduleRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SeriesRescheduleResponse {
      try await client.call(.seriesReschedule, request, options)
    }

    /// Cancels one, this and the following, or all of a series.
    public func cancel(
      _ request: Seduta_V1_SeriesCancelRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SeriesCancelResponse {
      try await client.call(.seriesCancel, request, options)
    }
  }
}
