internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// What is told to an endpoint in one go.
struct WebhookBatch: Sendable {
  /// An event, as it is told.
  struct Call: Sendable {
    let position: Int64
    let subject: String
    /// Before.
    let tries: Int32
    /// JSON.
    let body: [UInt8]
    let eventID: String
    /// Whether it was put off before.
    let isLate: Bool
  }

  let partner: PartnerID
  let endpoint: WebhookEndpoint
  /// Of one thing each, in order: the next is told when the one before has arrived.
  let lanes: [[Call]]
  /// Events about what an earlier event waits of: they wait behind it.
  let joining: [WebhookNote.Delivery]
  /// Looked at up to here.
  let position: Int64
  let hasMore: Bool

  var isEmpty: Bool { lanes.isEmpty && joining.isEmpty }
}

/// Finds what there is to tell.
struct WebhookReader: Sendable {
  let queries: StoreQueries

  static let eventsAtOnce = 32
  private static let bytesAtOnce = 1 << 20
  /// An endpoint that is this far behind is told nothing new until some of it has arrived.
  private static let waitingMax = 100

  /// Blocks.
  /// - Parameter looked: after what its events are to be looked at, where the store does not say more.
  /// - Returns: nil where there is nothing to do.
  func batch(
    for id: WebhookEndpointID, looked: Int64, at now: Instant
  ) throws -> WebhookBatch? {
    let found = try queries.store.read { snapshot in
      try snapshot.webhookEndpoint(id).map { found in
        (
          found, try snapshot.dueWebhooks(of: id, until: now, limit: WebhookReader.eventsAtOnce),
          try snapshot.webhookBacklogCounts(of: id).waiting
        )
      }
    }
    guard let ((partner, endpoint), late, waiting) = found, endpoint.isEnabled else { return nil }
    var lanes: [[WebhookBatch.Call]] = try late.compactMap { late in
      try event(at: late.position, of: partner, now).map {
        [try call($0, of: partner, tries: late.tries, isLate: true)]
      }
    }
    let start = max(endpoint.position, looked)
    guard waiting < WebhookReader.waitingMax,
      let page = try page(after: start, endpoint.kinds, of: partner, now)
    else {
      return lanes.isEmpty
        ? nil
        : WebhookBatch(
          partner: partner, endpoint: endpoint, lanes: lanes, joining: [], position: start,
          hasMore: false)
    }
    let lateSubjects = try queries.store.read { snapshot in
      try Set(page.events.map(\.subjectID)).filter { try snapshot.isLate($0, at: id) }
    }
    var joining: [WebhookNote.Delivery] = []
    var places: [String: Int] = [:]
    for event in page.events {
      guard !lateSubjects.contains(event.subjectID) else {
        joining.append(
          WebhookNote.Delivery(
            position: event.position, subject: event.subjectID, tries: 0,
            fate: .waits(until: now, error: "")))
        continue
      }
      let call = try call(event, of: partner, tries: 0, isLate: false)
      if let place = places[event.subjectID] {
        lanes[place].append(call)
      } else {
        places[event.subjectID] = lanes.count
        lanes.append([call])
      }
    }
    guard !lanes.isEmpty || !joining.isEmpty || page.position > start else { return nil }
    return WebhookBatch(
      partner: partner, endpoint: endpoint, lanes: lanes, joining: joining,
      position: page.position, hasMore: page.hasMore)
  }

  /// Nil where the store has less than was looked at: older data was put back.
  private func page(
    after position: Int64, _ kinds: [String], of partner: PartnerID, _ now: Instant
  ) throws -> StoreQueries.EventPage? {
    let query = EventQuery(
      journal: JournalQuery(
        after: position, kinds: kinds, limit: WebhookReader.eventsAtOnce),
      bytesMax: WebhookReader.bytesAtOnce, now: now)
    guard case .page(let page) = try queries.events(query, of: partner) else { return nil }
    return page
  }

  private func event(
    at position: Int64, of partner: PartnerID, _ now: Instant
  ) throws -> Seduta_V1_Event? {
    let query = EventQuery(
      journal: JournalQuery(after: position - 1, kinds: [], limit: 1),
      bytesMax: WebhookReader.bytesAtOnce, now: now)
    guard case .page(let page) = try queries.events(query, of: partner) else { return nil }
    return page.events.first
  }

  private func call(
    _ event: Seduta_V1_Event, of partner: PartnerID, tries: Int32, isLate: Bool
  ) throws -> WebhookBatch.Call {
    var body = Seduta_V1_WebhookBody()
    body.id = "\(partner.text)-\(event.position)"
    body.event = event
    let encoded: [UInt8] = try body.jsonUTF8Bytes()
    return WebhookBatch.Call(
      position: event.position, subject: event.subjectID, tries: tries,
      body: encoded, eventID: body.id, isLate: isLate)
  }
}
