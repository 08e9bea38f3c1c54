internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func ask(_ message: Seduta_V1_RequestsAskRequest, from caller: Caller) throws -> Command {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    let service: ServiceID? = reader.id(message.serviceID, "service_id")
    let location: LocationID? = reader.id(message.locationID, "location_id")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let start = reader.start(message.startMs, "start_ms")
    let asker = asker(message.client, &reader)
    let note = reader.text(message.note, "note", length: 0...1_000)
    let id: AppointmentID? = reader.optionalID(message.appointmentID, "appointment_id")
    let hold: HoldID? = reader.optionalID(message.holdID, "hold_id")
    guard let therapist, let service, let location, let start, let asker, let note else {
      throw Malformed(faults: reader.faults)
    }
    let session = BookingWish(
      therapist: therapist, service: service, location: location, room: room, start: start,
      attendee: asker, id: id, hold: hold)
    return try reader.finish(
      command(
        .ask(AskWish(session: session, note: note)), from: caller,
        validateOnly: message.validateOnly))
  }

  private func asker(
    _ client: Seduta_V1_RequestsAskRequest.OneOf_Client?, _ reader: inout FieldReader
  ) -> BookingWish.Attendee? {
    switch client {
    case .clientID(let text):
      return reader.id(text, "client_id").map(BookingWish.Attendee.registered)
    case .person(let person):
      if !person.clientID.isEmpty {
        // Whether a client is made is decided when it is accepted.
        reader.fault("person.client_id", "expected nothing: name a client by client_id")
        return nil
      }
      return registration(person, "person", &reader).map(BookingWish.Attendee.new)
    case nil:
      reader.fault("client_id", "expected client_id or person; one of them is required")
      return nil
    }
  }

  func accept(_ message: Seduta_V1_RequestsAcceptRequest, from caller: Caller) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    if message.asNewClient && !message.clientID.isEmpty {
      reader.fault("as_new_client", "expected false where client_id names a client")
    }
    let wish = id.map { id in
      AcceptWish(
        appointment: id, seenVersion: version,
        claimant: client.map { .named($0) } ?? (message.asNewClient ? .new : .matching))
    }
    return command(
      .accept(try reader.finish(wish)), from: caller, validateOnly: message.validateOnly)
  }

  func decline(_ message: Seduta_V1_RequestsDeclineRequest, from caller: Caller) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    guard let id, let reason else { throw Malformed(faults: reader.faults) }
    let wish = DeclineWish(
      appointment: id, seenVersion: version, reason: reason, isQuiet: message.quiet)
    return command(.decline(try reader.finish(wish)), from: caller, validateOnly: false)
  }

  func withdraw(
    _ message: Seduta_V1_RequestsWithdrawRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    guard let id, let reason else { throw Malformed(faults: reader.faults) }
    let wish = WithdrawWish(appointment: id, seenVersion: version, reason: reason)
    return command(.withdraw(try reader.finish(wish)), from: caller, validateOnly: false)
  }

  func list(
    _ message: Seduta_V1_RequestsListRequest, from caller: Caller
  ) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.optionalID(message.therapistID, "therapist_id")
    let limit = reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize)
    var request = message
    request.pageToken = ""
    request.pageSize = 0
    // Lists of appointments have the same fields: the message's name tells their tokens apart.
    let binding =
      try Array(Seduta_V1_RequestsListRequest.protoMessageName.utf8) + request.serializedBytes()
    let cursor = reader.cursor(
      message.pageToken, of: binding, AppointmentCursor.init(text:))
    return .openRequests(
      try reader.finish(
        OpenRequestQuery(
          therapist: therapist, after: cursor, limit: min(limit, OpenRequestQuery.limitMax),
          now: caller.now, binding: binding)))
  }

  func match(_ message: Seduta_V1_ClientsMatchRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    // Empty is not known.
    func given(_ text: String) -> String? { text.isEmpty ? nil : text }
    let name = reader.text(message.name, "name", length: 0...200).flatMap(given)
    let email = given(message.email).flatMap { reader.email($0, "email") }
    let phone = given(message.phone).flatMap { reader.phone($0, "phone") }
    let birthDate = reader.birthDate(message.birthDate, "birth_date")
    guard reader.faults.isEmpty else { throw Malformed(faults: reader.faults) }
    guard
      let person = PersonSought(name: name, email: email, phone: phone, birthDate: birthDate)
    else {
      reader.fault("email", "expected email, phone, or name with birth_date; one is required")
      throw Malformed(faults: reader.faults)
    }
    return .matches(of: person)
  }
}

/// Requests that wait for their answer, to list.
struct OpenRequestQuery: Sendable {
  static let limitMax = 200

  /// Nil asks for those to all.
  let therapist: TherapistID?
  let after: AppointmentCursor?
  let limit: Int
  /// What begins by then waits no more.
  let now: Instant
  /// What the next page's token is bound to.
  let binding: [UInt8]
}

extension ClientMatch {
  var message: Seduta_V1_ClientMatch {
    var message = Seduta_V1_ClientMatch()
    message.client = client.message
    message.score = Int32(score)
    message.agreeingFields = agreeing.map(\.rawValue)
    return message
  }
}
