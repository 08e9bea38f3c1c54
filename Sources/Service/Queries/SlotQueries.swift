internal import Availability
internal import Intervals
internal import NIOCore
internal import SwiftProtobuf
internal import Wire

/// Answers what the index alone can answer, at once and on the event loop.
struct SlotQueries: Sendable {
  let index: LiveIndex

  /// - Returns: the page; or the field and the id that name nothing.
  func search(_ search: SlotSearch, of partner: PartnerID) -> Result<SlotPage, UnknownID> {
    let filter = search.query.filter
    var therapists: [TherapistEntry] = []
    if filter.therapists.isEmpty {
      therapists = index.therapists(of: partner)
    } else {
      for (position, id) in filter.therapists.enumerated() {
        guard let entry = index.therapist(id), entry.partner == partner else {
          return .failure(
            UnknownID(id: id.text, field: "filter.therapist_ids[\(position)]"))
        }
        therapists.append(entry)
      }
    }
    if let service = filter.service,
      !therapists.contains(where: { $0.profile.offer(service) != nil })
    {
      return .failure(UnknownID(id: service.text, field: "filter.service_id"))
    }
    if let location = filter.location,
      !therapists.contains(where: { $0.profile.place(location) != nil })
    {
      return .failure(UnknownID(id: location.text, field: "filter.location_id"))
    }
    return .success(Availability.search(search.query, among: therapists, occupancy: index))
  }

  func check(
    _ authorised: Authorised<SlotCheck>, of partner: PartnerID
  ) -> Result<Seduta_V1_SlotsCheckResponse, UnknownID> {
    let check = authorised.value
    guard let therapist = index.therapist(check.therapist), therapist.partner == partner else {
      return .failure(UnknownID(id: check.therapist.text, field: "therapist_id"))
    }
    guard let offer = therapist.profile.offer(check.service) else {
      return .failure(UnknownID(id: check.service.text, field: "service_id"))
    }
    guard offer.locations.contains(check.location),
      let place = therapist.profile.place(check.location)
    else { return .failure(UnknownID(id: check.location.text, field: "location_id")) }
    if let room = check.room, !place.rooms.contains(room) {
      return .failure(UnknownID(id: room.text, field: "room_id"))
    }
    if let client = check.client, index.partner(of: client) != partner {
      return .failure(UnknownID(id: client.text, field: "client_id"))
    }
    let evaluator = Evaluator(therapist: therapist, moment: check.moment, occupancy: index)
    let wish = Wish(
      offer: offer, place: place, room: check.room, start: check.start, client: check.client)
    let assessment = evaluator.assess(wish)
    var response = Seduta_V1_SlotsCheckResponse()
    response.bookable = assessment.isBookable
    if assessment.isBookable {
      response.roomID = assessment.room?.text ?? ""
    } else {
      response.conflicts = Seduta_Wire_V1_Conflicts(
        assessment.discrepancies, alternatives: evaluator.alternatives(to: wish, atMost: 3))
    }
    return .success(response)
  }
}

/// An id in a query that names nothing of the partner's.
struct UnknownID: Error {
  let id: String
  let field: String

  var status: Seduta_Wire_V1_Status { .notFound(id, field: field) }
}
