internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Wire

extension SlotQueries {
  /// Which recurring times are free: the same rules that Create asks.
  func series(
    _ authorised: Authorised<SeriesSearch>, of partner: PartnerID
  ) -> Result<Seduta_V1_SeriesSearchResponse, UnknownID> {
    let search = authorised.value
    guard let therapist = index.therapist(search.therapist), therapist.partner == partner else {
      return .failure(UnknownID(id: search.therapist.text, field: "therapist_id"))
    }
    let query = search.query
    guard let offer = therapist.profile.offer(query.service) else {
      return .failure(UnknownID(id: query.service.text, field: "service_id"))
    }
    if let location = query.location,
      !offer.locations.contains(location) || therapist.profile.place(location) == nil
    {
      return .failure(UnknownID(id: location.text, field: "location_id"))
    }
    if let client = query.client, index.partner(of: client) != partner {
      return .failure(UnknownID(id: client.text, field: "client_id"))
    }
    let found = Evaluator(therapist: therapist, moment: search.moment, occupancy: index)
      .seriesTimes(query)
    var response = Seduta_V1_SeriesSearchResponse()
    response.candidates = found.map(\.message)
    return .success(response)
  }
}

extension StoreQueries {
  func seriesReply(
    about id: SeriesID, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    guard let found = try snapshot.series(id), found.owner == partner,
      found.series.isVisible(to: actor)
    else { throw UnknownID(id: id.text, field: "series_id") }
    var response = Seduta_V1_SeriesGetResponse()
    response.series = found.series.message
    response.appointments = try snapshot.appointments(of: id)
      .sorted { ($0.span.start, $0.id) < ($1.span.start, $1.id) }.map(\.message)
    return try Seduta_Wire_V1_Reply(response)
  }

  func seriesListReply(
    of therapist: TherapistID?, with client: ClientID?, _ page: Page<SeriesKind>,
    of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    if let therapist { try requireTherapist(therapist, of: partner, reading: snapshot) }
    if let client { try requireClient(client, of: partner, reading: snapshot) }
    let found = try snapshot.series(
      of: partner, therapist: therapist, client: client, after: page.after, limit: page.limit + 1)
    var response = Seduta_V1_SeriesListResponse()
    (response.series, response.nextPageToken) = try page.cut(found, id: \.id, message: \.message)
    return try Seduta_Wire_V1_Reply(response)
  }
}
