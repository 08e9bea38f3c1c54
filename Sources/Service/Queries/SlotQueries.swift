internal import Availability
internal import Booking
internal import Intervals
internal import NIOCore
internal import SwiftProtobuf
internal import Wire

/// Answers what the index alone can answer, at once and on the event loop.
struct SlotQueries: Sendable {
  let index: LiveIndex

  /// What a search of one therapist finds, where one page holds it all. False when a `search` has to
  /// find it, which also says what is wrong with its ids.
  func gather(
    _ search: SlotSearch, of partner: PartnerID, into found: inout TherapistStarts
  ) -> Bool {
    let filter = search.query.filter
    guard search.isSingleTherapist, let therapist = filter.therapists.first else { return false }
    return index.gather(therapist, of: partner, search.query, into: &found)
  }

  /// - Returns: the page; or the field and the id that name nothing.
  func search(_ search: SlotSearch, of partner: PartnerID) -> Result<SlotPage, UnknownID> {
    let filter = search.query.filter
    var gathering = SlotGathering(search.query)
    if filter.therapists.isEmpty {
      index.gatherAll(of: partner, at: search.query.moment.now, into: &gathering)
    } else {
      for position in filter.firstPositions {
        let id = filter.therapists[position]
        guard index.gather(id, of: partner, into: &gathering) else {
          return .failure(UnknownID(id: id.text, field: "filter.therapist_ids[\(position)]"))
        }
      }
    }
    if let unknown = unknownID(in: filter, among: filter.therapists, of: partner) {
      return .failure(unknown)
    }
    return .success(gathering.page(occupancy: index))
  }

  /// A service or location that none of the therapists searched has.
  ///
  /// - Parameter therapists: none means all of the partner.
  func unknownID(
    in filter: SlotFilter, among therapists: [TherapistID], of partner: PartnerID
  ) -> UnknownID? {
    func isKnown(
      _ isTheirs: (TherapistProfile) -> Bool, amongAll isAnyones: () -> Bool
    ) -> Bool {
      therapists.isEmpty
        ? isAnyones() : therapists.contains { index.profile(of: $0).map(isTheirs) ?? false }
    }
    if let service = filter.service,
      !isKnown({ $0.offer(service) != nil }, amongAll: { index.offers(service, partner) })
    {
      return UnknownID(id: service.text, field: "filter.service_id")
    }
    if let location = filter.location,
      !isKnown({ $0.place(location) != nil }, amongAll: { index.works(at: location, partner) })
    {
      return UnknownID(id: location.text, field: "filter.location_id")
    }
    return nil
  }

  /// - Returns: nil where the check names a hold that holds nothing (any more): the store knows what
  ///   became of it.
  func check(
    _ authorised: Authorised<SlotCheck>, from caller: Caller
  ) -> Result<Seduta_V1_SlotsCheckResponse?, UnknownID> {
    let check = authorised.value
    let partner = caller.principal.partner
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
    if let hold = check.hold, !therapist.busy.holds(hold, for: caller) { return .success(nil) }
    let evaluator = Evaluator(therapist: therapist, moment: check.moment, occupancy: index)
    let wish = Wish(
      offer: offer, place: place, room: check.room, start: check.start, client: check.client,
      overrides: check.overrides, hold: check.hold)
    let assessment = evaluator.assess(wish)
    var response = Seduta_V1_SlotsCheckResponse()
    response.bookable = assessment.isBookable
    if assessment.isBookable { response.roomID = assessment.room?.text ?? "" }
    if !assessment.isBookable || !assessment.overridden.isEmpty {
      response.conflicts = Seduta_Wire_V1_Conflicts(
        assessment.discrepancies, overridden: assessment.overridden,
        alternatives: assessment.isBookable ? [] : evaluator.alternatives(to: wish, atMost: 3))
    }
    return .success(response)
  }
}

extension BusyTimes {
  /// Whether the hold holds now, and the caller may know of it.
  fileprivate func holds(_ hold: HoldID, for caller: Caller) -> Bool {
    held.contains { held in
      let occupation = held.occupation
      guard occupation.occupant == .hold(hold), held.holds(at: caller.now) else { return false }
      if case .client(let own) = caller.actor, let client = occupation.client {
        return client == own
      }
      return true
    }
  }
}

/// An id in a query that names nothing of the partner's.
struct UnknownID: Error {
  let id: String
  let field: String

  var status: Seduta_Wire_V1_Status { .notFound(id, field: field) }
}
