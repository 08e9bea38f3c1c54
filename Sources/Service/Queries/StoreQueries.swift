internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// Answers what the store has to be read for. Blocks: runs on the readers' threads.
struct StoreQueries: Sendable {
  let store: Store
  /// Nil where nobody has said where online sessions take place.
  let video: (any VideoGateway)?
  /// Signs links.
  let linkSecret: [UInt8]
  /// Prints session cards (K-8).
  let cards: any SessionCardPrinter

  func reply(to query: Authorised<StoreQuery>, from caller: Caller) throws -> Seduta_Wire_V1_Reply {
    let partner = caller.principal.partner
    do {
      return try store.read { snapshot in
        try reply(to: query.value, of: partner, as: caller.actor, reading: snapshot)
      }
    } catch let unknown as UnknownID {
      return .refusal(unknown.status)
    }
  }

  private func reply(
    to query: StoreQuery, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch query {
    case .appointment(let id, let now):
      let found = try visible(id, of: partner, to: actor, reading: snapshot)
      if case .link = actor, let refusal = found.linkRefusal(at: now) {
        return .refusal(refusal.status)
      }
      var response = Seduta_V1_AppointmentsGetResponse()
      response.appointment = found.message
      return try Seduta_Wire_V1_Reply(response)
    case .appointments(let asked, let binding):
      return try appointments(asked, binding, of: partner, as: actor, reading: snapshot)
    case .therapy(let id, let now):
      return try therapyReply(about: id, of: partner, as: actor, at: now, reading: snapshot)
    case .therapies(let therapist, let client, let page):
      return try therapiesReply(
        of: therapist, with: client, page, of: partner, reading: snapshot)
    case .join(let asked):
      return try join(asked, of: partner, as: actor, reading: snapshot)
    case .admin(let query):
      return try adminReply(to: query, of: partner, reading: snapshot)
    case .events(let asked):
      return try eventsReply(to: asked, of: partner, reading: snapshot)
    case .cancelLink(let id):
      return try cancelLink(of: id, of: partner, as: actor, reading: snapshot)
    case .client(let id):
      guard let found = try snapshot.client(id), found.owner == partner,
        try isVisible(id, to: actor, reading: snapshot)
      else { throw UnknownID(id: id.text, field: "client_id") }
      var response = Seduta_V1_ClientsGetResponse()
      response.client = found.client.message
      return try Seduta_Wire_V1_Reply(response)
    case .clients(let therapist, let page):
      if let therapist { try requireTherapist(therapist, of: partner, reading: snapshot) }
      let found = try snapshot.clients(
        of: partner, therapist: therapist, after: page.after, limit: page.limit + 1)
      var response = Seduta_V1_ClientsListResponse()
      (response.clients, response.nextPageToken) = try page.cut(found, id: \.id, message: \.message)
      return try Seduta_Wire_V1_Reply(response)
    case .openRequests(let asked):
      return try openRequests(asked, of: partner, as: actor, reading: snapshot)
    case .matches(let person):
      return try matches(of: person, of: partner, as: actor, reading: snapshot)
    case .series(let id):
      return try seriesReply(about: id, of: partner, as: actor, reading: snapshot)
    case .seriesList(let therapist, let client, let page):
      return try seriesListReply(
        of: therapist, with: client, page, of: partner, reading: snapshot)
    case .hold(let id, let now):
      guard let found = try snapshot.hold(id), found.owner == partner, found.hold.holds(at: now),
        found.hold.isVisible(to: actor)
      else { throw UnknownID(id: id.text, field: "hold_id") }
      var response = Seduta_V1_HoldsGetResponse()
      response.hold = found.hold.message
      return try Seduta_Wire_V1_Reply(response)
    case .goneHold(let id, let therapist, let now):
      let found = try snapshot.hold(id)
      let hold = found?.owner == partner ? found?.hold : nil
      switch Hold.takenOver(hold, named: id, for: therapist, by: actor, at: now) {
      case .failure(let refused): return .refusal(refused.refusal.status)
      case .success: return .refusal(.holdChanged(id))
      }
    case .transitions(let id):
      _ = try visible(id, of: partner, to: actor, reading: snapshot)
      var response = Seduta_V1_AppointmentsListTransitionsResponse()
      response.transitions = try snapshot.transitions(of: id).map(\.message)
      return try Seduta_Wire_V1_Reply(response)
    case .payments(let appointment, let therapy, let benefit, let page):
      return try payments(
        of: appointment, therapy, benefit, page, of: partner, as: actor, reading: snapshot)
    case .awaited(let asked):
      return try standing(of: asked, of: partner, as: actor, reading: snapshot).reply
    case .paymentIntents(let purpose):
      return try intents(for: purpose, of: partner, as: actor, reading: snapshot)
    case .paymentMethods(let client):
      return try methods(of: client, of: partner, reading: snapshot)
    case .benefit(let id):
      var response = Seduta_V1_BenefitsGetResponse()
      response.benefit = try visible(id, of: partner, to: actor, reading: snapshot).message
      return try Seduta_Wire_V1_Reply(response)
    case .benefits(let client):
      return try benefits(of: client, of: partner, reading: snapshot)
    case .packages(let asked):
      return try packageReply(to: asked, of: partner, as: actor, reading: snapshot)
    case .notifications(let asked):
      return try notificationReply(to: asked, of: partner, reading: snapshot)
    case .webhooks(let asked):
      return try webhookReply(to: asked, of: partner, reading: snapshot)
    case .trialBalance(let before):
      return try trialBalance(before: before, of: partner, reading: snapshot)
    case .statement(let asked):
      return try statement(asked, of: partner, reading: snapshot)
    case .transfers(let asked):
      return try transfers(asked, of: partner, reading: snapshot)
    case .therapist, .therapists, .location, .locations, .service, .services, .schedule,
      .schedules, .policy, .attendanceStatuses:
      return try directoryReply(to: query, of: partner, as: actor, reading: snapshot)
    }
  }

  private func appointments(
    _ asked: AppointmentList, _ binding: [UInt8], of partner: PartnerID, as actor: Actor,
    reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    if let therapist = asked.query.therapist {
      try requireTherapist(therapist, of: partner, reading: snapshot)
    }
    if let client = asked.query.client {
      try requireClient(client, of: partner, reading: snapshot)
    }
    guard
      let query = try query(of: asked, of: partner, as: actor, reading: snapshot)
    else { return try Seduta_Wire_V1_Reply(Seduta_V1_AppointmentsListResponse()) }
    let found = try snapshot.appointments(of: partner, matching: query)
    var response = Seduta_V1_AppointmentsListResponse()
    response.appointments = try fitting(found.prefix(query.limit - 1).map(\.message))
    let count = response.appointments.count
    if found.count > count, let last = found.prefix(count).last {
      let cursor = AppointmentCursor(start: last.span.start.instant, id: last.id)
      response.nextPageToken = PageToken.text(cursor: cursor.text, query: binding)
    }
    return try Seduta_Wire_V1_Reply(response)
  }

  /// Therapists see those on their own list, clients themselves.
  func isVisible(
    _ client: ClientID, to actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Bool {
    switch actor {
    case .staff: true
    case .therapist(let own): try snapshot.isListed(client, with: own)
    case .client(let own): own == client
    case .link, .time, .gateway: false
    }
  }

  func requireTherapist(
    _ id: TherapistID, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws {
    guard try snapshot.therapist(id)?.owner == partner else {
      throw UnknownID(id: id.text, field: "therapist_id")
    }
  }

  func requireClient(
    _ id: ClientID, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws {
    guard try snapshot.client(id)?.owner == partner else {
      throw UnknownID(id: id.text, field: "client_id")
    }
  }
}

extension StoreQueries {
  private func directoryReply(
    to query: StoreQuery, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch query {
    case .therapist(let id):
      guard let found = try snapshot.therapist(id), found.owner == partner else {
        throw UnknownID(id: id.text, field: "therapist_id")
      }
      var response = Seduta_V1_DirectoryGetTherapistResponse()
      response.therapist = found.therapist.message(for: actor)
      return try Seduta_Wire_V1_Reply(response)
    case .therapists(let page):
      let found = try snapshot.therapists(of: partner, after: page.after, limit: page.limit + 1)
      var response = Seduta_V1_DirectoryListTherapistsResponse()
      (response.therapists, response.nextPageToken) = try page.cut(found, id: \.id) {
        $0.message(for: actor)
      }
      return try Seduta_Wire_V1_Reply(response)
    case .location(let id):
      guard let found = try snapshot.location(id), found.owner == partner else {
        throw UnknownID(id: id.text, field: "location_id")
      }
      var response = Seduta_V1_DirectoryGetLocationResponse()
      response.location = found.location.message
      return try Seduta_Wire_V1_Reply(response)
    case .locations(let page):
      let found = try snapshot.locations(of: partner, after: page.after, limit: page.limit + 1)
      var response = Seduta_V1_DirectoryListLocationsResponse()
      (response.locations, response.nextPageToken) = try page.cut(
        found, id: \.id, message: \.message)
      return try Seduta_Wire_V1_Reply(response)
    case .service(let id):
      guard let found = try snapshot.service(id), found.owner == partner else {
        throw UnknownID(id: id.text, field: "service_id")
      }
      var response = Seduta_V1_DirectoryGetServiceResponse()
      response.service = found.service.message
      return try Seduta_Wire_V1_Reply(response)
    case .services(let therapist, let page):
      if let therapist { try requireTherapist(therapist, of: partner, reading: snapshot) }
      let found = try snapshot.services(
        of: partner, therapist: therapist, after: page.after, limit: page.limit + 1)
      var response = Seduta_V1_DirectoryListServicesResponse()
      (response.services, response.nextPageToken) = try page.cut(
        found, id: \.id, message: \.message)
      return try Seduta_Wire_V1_Reply(response)
    case .schedule(let id):
      return try scheduleReply(about: id, of: partner, reading: snapshot)
    case .schedules(let page):
      return try schedulesReply(page, of: partner, reading: snapshot)
    case .policy:
      let found = try snapshot.policy(of: partner)
      var response = Seduta_V1_DirectoryGetPolicyResponse()
      response.policy = found.policy.message
      response.version = found.version
      return try Seduta_Wire_V1_Reply(response)
    case .attendanceStatuses:
      let found = try snapshot.attendanceStatuses(of: partner)
      var response = Seduta_V1_DirectoryListAttendanceStatusesResponse()
      response.statuses = found.messages
      response.version = found.version
      return try Seduta_Wire_V1_Reply(response)
    default:
      preconditionFailure("not a query of the directory")
    }
  }

  private func scheduleReply(
    about therapist: TherapistID, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    try requireTherapist(therapist, of: partner, reading: snapshot)
    guard let schedule = try snapshot.schedule(of: therapist) else {
      throw UnknownID(id: therapist.text, field: "therapist_id")
    }
    var response = Seduta_V1_DirectoryGetScheduleResponse()
    response.schedule = schedule.message
    return try Seduta_Wire_V1_Reply(response)
  }

  private func schedulesReply(
    _ page: Page<TherapistKind>, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let found = try snapshot.therapists(of: partner, after: page.after, limit: page.limit + 1)
      .compactMap { try snapshot.schedule(of: $0.id) }
    var response = Seduta_V1_DirectoryListSchedulesResponse()
    (response.schedules, response.nextPageToken) = try page.cut(
      found, id: \.therapist, message: \.message)
    return try Seduta_Wire_V1_Reply(response)
  }
}

extension Page {
  /// The messages that a page holds, and where the next one begins.
  /// - Parameter found: up to one more than the page holds.
  func cut<Found, Content: Message>(
    _ found: [Found], id: (Found) -> ID<Kind>, message: (Found) -> Content
  ) throws -> ([Content], String) {
    let messages = try fitting(found.prefix(limit).map(message))
    guard messages.count < found.count, let last = found.prefix(messages.count).last else {
      return (messages, "")
    }
    return (messages, PageToken.text(cursor: id(last).text, query: binding))
  }
}

/// Room for the messages of a page: a frame of the protocol, less what is around them.
let replyBytesMax = FrameDecoder.frameBytesMaxOfProtocol - 65_536

/// As many of the messages, from the first on, as fit a reply; at least one.
func fitting<Content: Message>(_ messages: [Content]) throws -> [Content] {
  var bytes = 0
  for (count, message) in messages.enumerated() {
    let encoded: [UInt8] = try message.serializedBytes()
    // Tag and length take up to 6 bytes each.
    bytes += encoded.count + 6
    if bytes > replyBytesMax { return Array(messages.prefix(max(1, count))) }
  }
  return messages
}
