internal import SwiftProtobuf
public import Wire

extension SedutaClient {
  /// Tells what happened (E-1).
  public var events: Events { Events(client: self) }

  /// The methods of `seduta.v1.Events`. All throw `CallError` and `ConnectionError`.
  public struct Events: Sendable {
    let client: SedutaClient

    /// Reads events from a position on.
    public func list(
      _ request: Seduta_V1_EventsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_EventsListResponse {
      try await client.call(.eventsList, request, options)
    }

    /// Tells events from a position on, for as long as this connection lasts.
    public func subscribe(
      _ request: Seduta_V1_EventsSubscribeRequest, _ options: CallOptions = CallOptions()
    ) throws -> Replies<Seduta_V1_EventsSubscribeResponse> {
      try client.stream(.eventsSubscribe, request, options)
    }
  }

  /// Tells events from a position on, and then each as it happens, across connections: nothing is missed and nothing
  /// is told twice.
  ///
  ///     for try await told in client.events(after: position) {
  ///       for event in told.events { ... }
  ///       position = told.position  // to be kept, for the next start
  ///     }
  ///
  /// - Parameters:
  ///   - position: what was seen last; 0 is from the first.
  ///   - kinds: only these, such as "APPOINTMENT_BOOKED"; none is all.
  public func events(
    after position: Int64 = 0, kinds: [String] = [], _ options: CallOptions = CallOptions()
  ) -> Feed<Seduta_V1_EventsSubscribeRequest, Seduta_V1_EventsSubscribeResponse> {
    Feed(
      first: .with {
        $0.afterPosition = position
        $0.kinds = kinds
      }, method: .eventsSubscribe, options: options, connect: again
    ) { $0.afterPosition = $1.position }
  }

  /// Tells the slots that a search finds, and again whenever that changes, across connections: after each new one it
  /// begins with how they stand. Replies without `found` tell that nothing has changed.
  public func watchSlots(
    _ request: Seduta_V1_SlotsWatchRequest, _ options: CallOptions = CallOptions()
  ) -> Feed<Seduta_V1_SlotsWatchRequest, Seduta_V1_SlotsWatchResponse> {
    Feed(first: request, method: .slotsWatch, options: options, connect: again) { _, _ in }
  }
}
