internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Wire

extension StoreQueries {
  func therapyReply(
    about id: TherapyID, of partner: PartnerID, as actor: Actor, at now: Instant,
    reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let therapy = try therapy(id, of: partner, as: actor, reading: snapshot)
    let summary = TherapySummary(
      of: try snapshot.careHistory(of: therapy.pair),
      under: try snapshot.resolvedPolicy(of: therapy.pair.therapist, partner).appointments, at: now)
    var response = Seduta_V1_TherapiesGetResponse()
    response.therapy = therapy.message
    response.summary = summary.message
    return try Seduta_Wire_V1_Reply(response)
  }

  func therapiesReply(
    of therapist: TherapistID?, with client: ClientID?, _ page: Page<TherapyKind>,
    of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    if let therapist { try requireTherapist(therapist, of: partner, reading: snapshot) }
    if let client { try requireClient(client, of: partner, reading: snapshot) }
    let found = try snapshot.therapies(
      of: partner, therapist: therapist, client: client, after: page.after, limit: page.limit + 1)
    var response = Seduta_V1_TherapiesListResponse()
    (response.therapies, response.nextPageToken) = try page.cut(found, id: \.id, message: \.message)
    return try Seduta_Wire_V1_Reply(response)
  }

  /// What a list of appointments comes to, with one more than it asks for; nil where its conditions exclude each
  /// other.
  func query(
    of asked: AppointmentList, of partner: PartnerID, as actor: Actor,
    reading snapshot: StoreSnapshot
  ) throws -> AppointmentQuery? {
    var query = asked.query
    query.limit += 1
    if let series = query.series {
      guard let found = try snapshot.pair(ofSeries: series), found.owner == partner,
        found.pair.isVisible(to: actor)
      else { throw UnknownID(id: series.text, field: "series_id") }
    }
    guard let id = asked.therapy else { return query }
    let pair = try therapy(id, of: partner, as: actor, reading: snapshot).pair
    guard query.therapist ?? pair.therapist == pair.therapist,
      query.client ?? pair.client == pair.client
    else { return nil }
    query.therapist = pair.therapist
    query.client = pair.client
    return query
  }

  /// A therapy that the actor may know of.
  func therapy(
    _ id: TherapyID, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Therapy {
    guard let found = try snapshot.therapy(id), found.owner == partner,
      found.therapy.isVisible(to: actor)
    else { throw UnknownID(id: id.text, field: "therapy_id") }
    return found.therapy
  }
}
