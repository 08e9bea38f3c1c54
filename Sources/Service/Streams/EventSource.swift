internal import Availability
internal import Intervals
internal import Logging
internal import Storage
internal import Wire

/// A partner's events, as a stream (E-1).
struct EventSource: StreamSource {
  let queries: StoreQueries
  let partner: PartnerID
  let kinds: [String]
  let clock: WallClock
  let logger: Logger

  var pauseMs: Int64 { 0 }

  private static let eventsAtOnce = 100
  /// What a stream may keep in memory for a client who does not read.
  private static let bytesAtOnce = 256 << 10

  func read(after position: Int64) -> StreamReading {
    let query = EventQuery(
      journal: JournalQuery(after: position, kinds: kinds, limit: EventSource.eventsAtOnce),
      bytesMax: EventSource.bytesAtOnce, now: clock.now())
    do {
      switch try queries.events(query, of: partner) {
      case .ahead(let last): return .over(.positionAhead(position, last: last))
      case .page(let page):
        guard !page.events.isEmpty else {
          return .found(nil, upTo: page.position, hasMore: page.hasMore)
        }
        var response = Seduta_V1_EventsSubscribeResponse()
        response.events = page.events
        response.position = page.position
        return .found(
          try Seduta_Wire_V1_Reply(response), upTo: page.position, hasMore: page.hasMore)
      }
    } catch {
      logger.error("the store could not be read", metadata: ["error": "\(error)"])
      return .over(.storeUnreachable)
    }
  }

  func beat(at position: Int64) -> Seduta_Wire_V1_Reply {
    var response = Seduta_V1_EventsSubscribeResponse()
    response.position = position
    // A message of one number cannot fail to be encoded.
    return (try? Seduta_Wire_V1_Reply(response)) ?? Seduta_Wire_V1_Reply()
  }

  func metadata(at position: Int64) -> [String: String] { ["position": "\(position)"] }
}
