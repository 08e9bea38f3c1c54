internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Wire

/// B-5: requests that wait for their answer, and whom they may be of.
extension StoreQueries {
  func openRequests(
    _ asked: OpenRequestQuery, of partner: PartnerID, as actor: Actor,
    reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    if let therapist = asked.therapist {
      try requireTherapist(therapist, of: partner, reading: snapshot)
    }
    let found = try snapshot.openRequests(
      of: partner, to: asked.therapist, after: asked.after, at: asked.now, limit: asked.limit + 1)
    var response = Seduta_V1_RequestsListResponse()
    response.requests = try fitting(
      found.prefix(asked.limit).map { request in
        var message = Seduta_V1_OpenRequest()
        message.appointment = request.message
        if let registration = request.request?.registration {
          let person = PersonSought(registration.person)
          let candidates = try snapshot.candidates(for: person, of: partner)
          message.matches = try Matching.matches(of: person, among: candidates)
            .map { try shown($0, to: actor, reading: snapshot) }
        }
        return message
      })
    let count = response.requests.count
    if found.count > count, let last = found.prefix(count).last {
      let cursor = AppointmentCursor(start: last.span.start.instant, id: last.id)
      response.nextPageToken = PageToken.text(cursor: cursor.text, query: asked.binding)
    }
    return try Seduta_Wire_V1_Reply(response)
  }

  func matches(
    of person: PersonSought, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let list: TherapistID? =
      switch actor {
      case .therapist(let own): own
      case .staff, .client, .link, .time, .gateway: nil
      }
    let candidates = try snapshot.candidates(for: person, of: partner, onListOf: list)
    var response = Seduta_V1_ClientsMatchResponse()
    response.matches = Matching.matches(of: person, among: candidates).map(\.message)
    return try Seduta_Wire_V1_Reply(response)
  }

  /// Of a client who is not on a therapist's list, the therapist learns what it takes to choose: who it
  /// is, and what agrees with the request.
  private func shown(
    _ match: ClientMatch, to actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_V1_ClientMatch {
    var message = match.message
    guard try !isVisible(match.client.id, to: actor, reading: snapshot) else { return message }
    message.client = Seduta_V1_Client()
    message.client.id = match.client.id.text
    message.client.name = match.client.person.name
    return message
  }
}
