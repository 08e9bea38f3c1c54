internal import Availability
internal import Booking
internal import Storage
internal import Wire

/// Where a partner is told of its events (N-5).
extension StoreQueries {
  func webhookReply(
    to query: WebhookQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch query {
    case .endpoints:
      var response = Seduta_V1_WebhooksListEndpointsResponse()
      response.endpoints = try snapshot.webhookEndpoints(of: partner).map { endpoint in
        var message = endpoint.message
        let backlog = try snapshot.webhookBacklogCounts(of: endpoint.id)
        message.waiting = backlog.waiting
        message.givenUp = backlog.givenUp
        return message
      }
      return try Seduta_Wire_V1_Reply(response)
    case .deliveries(let id, let after, let limit):
      guard try snapshot.webhookEndpoint(id)?.owner == partner else {
        throw UnknownID(id: id.text, field: "endpoint_id")
      }
      var response = Seduta_V1_WebhooksListDeliveriesResponse()
      response.deliveries = try snapshot.webhookBacklog(of: id, after: after, limit: limit).map(
        \.message)
      return try Seduta_Wire_V1_Reply(response)
    }
  }
}
