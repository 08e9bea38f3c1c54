internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// Which events to tell.
struct EventQuery: Sendable {
  let journal: JournalQuery
  /// As many as fit, and at least one.
  let bytesMax: Int
  let now: Instant
}

/// Events (E-1).
extension StoreQueries {
  struct EventPage {
    let events: [Seduta_V1_Event]
    /// What was looked at, up to here.
    let position: Int64
    let hasMore: Bool
  }

  enum EventsFound {
    case page(EventPage)
    /// The query begins after the last event.
    case ahead(last: Int64)
  }

  func eventsReply(
    to asked: EventQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch try events(asked, of: partner, reading: snapshot) {
    case .ahead(let last): return .refusal(.positionAhead(asked.journal.after, last: last))
    case .page(let page):
      var response = Seduta_V1_EventsListResponse()
      response.events = page.events
      response.position = page.position
      response.more = page.hasMore
      return try Seduta_Wire_V1_Reply(response)
    }
  }

  func events(_ asked: EventQuery, of partner: PartnerID) throws -> EventsFound {
    try store.read { try events(asked, of: partner, reading: $0) }
  }

  private func events(
    _ asked: EventQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> EventsFound {
    guard let page = try snapshot.journalPage(of: partner, matching: asked.journal) else {
      return .ahead(last: try snapshot.lastPosition(of: partner))
    }
    var events: [Seduta_V1_Event] = []
    var bytes = 0
    for entry in page.entries {
      let event = try message(of: entry, of: partner, at: asked.now, reading: snapshot)
      let encoded: [UInt8] = try event.serializedBytes()
      bytes += encoded.count
      if bytes > asked.bytesMax, let last = events.last {
        return .page(EventPage(events: events, position: last.position, hasMore: true))
      }
      events.append(event)
    }
    return .page(EventPage(events: events, position: page.position, hasMore: page.hasMore))
  }

  private func message(
    of entry: JournalEntry, of partner: PartnerID, at now: Instant, reading snapshot: StoreSnapshot
  ) throws -> Seduta_V1_Event {
    var message = Seduta_V1_Event()
    message.position = entry.position
    message.time = entry.at.timestamp
    message.kind = entry.kind
    message.subjectID = entry.subject
    message.subjectVersion = entry.subjectVersion
    message.relatedID = entry.related ?? ""
    message.actorRole = entry.actorRole
    message.actorID = entry.actor
    message.resource = try resource(of: entry, of: partner, at: now, reading: snapshot)
    return message
  }

  /// What an event is about, as Get would give it to staff; nil where there is nothing to show (any more).
  private func resource(
    of entry: JournalEntry, of partner: PartnerID, at now: Instant, reading snapshot: StoreSnapshot
  ) throws -> Seduta_V1_Event.OneOf_Resource? {
    let id = entry.subject
    switch EventSubject(ofID: id) {
    case .appointment:
      return try AppointmentID(id).flatMap(snapshot.appointment)
        .map { .appointment($0.appointment.message) }
    case .client:
      return try ClientID(id).flatMap(snapshot.client).map { .client($0.client.message) }
    case .therapy:
      return try TherapyID(id).flatMap { try snapshot.therapy($0) }.map {
        .therapy($0.therapy.message)
      }
    case .series:
      return try SeriesID(id).flatMap { try snapshot.series($0) }.map { .series($0.series.message) }
    case .hold:
      return try HoldID(id).flatMap(snapshot.hold).flatMap { found in
        found.hold.holds(at: now) ? .hold(found.hold.message) : nil
      }
    case .therapist:
      guard let therapist = TherapistID(id) else { return nil }
      if entry.kind == "SCHEDULE_PUT" {
        return try snapshot.schedule(of: therapist).map { .schedule($0.message) }
      }
      return try snapshot.therapist(therapist).map { .therapist($0.therapist.message) }
    case .location:
      return try LocationID(id).flatMap(snapshot.location).map { .location($0.location.message) }
    case .service:
      return try ServiceID(id).flatMap(snapshot.service).map { .service($0.service.message) }
    case .partner: return try ofPartner(entry, partner, reading: snapshot)
    case .payment, .paymentIntent, .paymentMethod, .benefit, .payout:
      return try money(of: entry, reading: snapshot)
    case .package:
      return try PackageID(id).flatMap(snapshot.package).map { .package($0.package.message) }
    case .packageLink:
      return try PackageLinkID(id).flatMap(snapshot.packageLink).map {
        .packageLink($0.link.message)
      }
    // Its address and secrets are told by Webhooks alone.
    case .webhookEndpoint, nil: return nil
    }
  }

  private func money(
    of entry: JournalEntry, reading snapshot: StoreSnapshot
  ) throws -> Seduta_V1_Event.OneOf_Resource? {
    let id = entry.subject
    if let payment = try PaymentID(id).flatMap(snapshot.payment) {
      return .payment(payment.payment.message)
    }
    if let intent = try PaymentIntentID(id).flatMap(snapshot.paymentIntent) {
      return .paymentIntent(intent.intent.message)
    }
    if let method = try PaymentMethodID(id).flatMap(snapshot.paymentMethod) {
      return .paymentMethod(method.method.message)
    }
    if let benefit = try BenefitID(id).flatMap(snapshot.benefit) {
      return .benefit(benefit.benefit.message)
    }
    return try PayoutID(id).flatMap(snapshot.payout).map { .payout($0.payout.message) }
  }

  /// What a partner has one of.
  private func ofPartner(
    _ entry: JournalEntry, _ partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_V1_Event.OneOf_Resource? {
    switch entry.kind {
    case "POLICY_PUT":
      let found = try snapshot.policy(of: partner)
      var response = Seduta_V1_DirectoryGetPolicyResponse()
      response.policy = found.policy.message
      response.version = found.version
      return .policy(response)
    case "ATTENDANCE_STATUSES_PUT":
      let found = try snapshot.attendanceStatuses(of: partner)
      var response = Seduta_V1_DirectoryListAttendanceStatusesResponse()
      response.statuses = found.messages
      response.version = found.version
      return .attendanceStatuses(response)
    default: return nil
    }
  }
}

extension Payout {
  fileprivate var message: Seduta_V1_Payout {
    var message = Seduta_V1_Payout()
    message.id = id.text
    message.therapistID = therapist.text
    message.amount = amount.message
    message.method = method
    message.note = note
    message.time = at.timestamp
    return message
  }
}

extension Seduta_Wire_V1_Status {
  /// The caller knows of more than there is: their data is another server's, or older data was restored here.
  static func positionAhead(_ position: Int64, last: Int64) -> Self {
    Self(
      .failedPrecondition, reason: "POSITION_AHEAD",
      message: "There is no position \(position) yet; the last event is at \(last).",
      metadata: ["last_position": "\(last)"])
  }
}
