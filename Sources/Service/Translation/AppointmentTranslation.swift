internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func book(
    _ message: Seduta_V1_AppointmentsBookRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    let service: ServiceID? = reader.id(message.serviceID, "service_id")
    let location: LocationID? = reader.id(message.locationID, "location_id")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let start = reader.start(message.startMs, "start_ms")
    let attendee: BookingWish.Attendee?
    switch message.client {
    case .clientID(let text):
      attendee = reader.id(text, "client_id").map(BookingWish.Attendee.registered)
    case .newClient(let registration):
      attendee = self.registration(registration, "new_client", &reader)
        .map(BookingWish.Attendee.new)
    case nil:
      reader.fault("client_id", "expected client_id or new_client; one of them is required")
      attendee = nil
    }
    let id: AppointmentID? = reader.optionalID(message.appointmentID, "appointment_id")
    let overrides = reader.overrides(message.overrides, "overrides")
    let hold: HoldID? = reader.optionalID(message.holdID, "hold_id")
    guard let therapist, let service, let location, let start, let attendee else {
      throw Malformed(faults: reader.faults)
    }
    let wish = BookingWish(
      therapist: therapist, service: service, location: location, room: room, start: start,
      attendee: attendee, id: id, overrides: overrides, hold: hold)
    return try reader.finish(
      command(.book(wish), from: caller, validateOnly: message.validateOnly))
  }

  func cancel(
    _ message: Seduta_V1_AppointmentsCancelRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    guard let id, let reason else { throw Malformed(faults: reader.faults) }
    let wish = CancelWish(appointment: id, seenVersion: version, reason: reason)
    return try reader.finish(
      command(.cancel(wish), from: caller, validateOnly: message.validateOnly))
  }

  func command(_ wish: Wanted, from caller: Caller, validateOnly: Bool) -> Command {
    Command(
      partner: caller.principal.partner, actor: caller.actor, wish: wish,
      validateOnly: validateOnly)
  }

  func get(_ message: Seduta_V1_AppointmentsGetRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    return .appointment(try reader.finish(id))
  }

  func list(_ message: Seduta_V1_AppointmentsListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    var query = AppointmentQuery(
      limit: reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize))
    query.therapist = reader.optionalID(message.therapistID, "therapist_id")
    query.client = reader.optionalID(message.clientID, "client_id")
    for (index, state) in message.states.enumerated() {
      guard let state = AppointmentState(state) else {
        reader.fault("states[\(index)]", "expected a state of an appointment")
        continue
      }
      if !query.states.contains(state) { query.states.append(state) }
    }
    if message.fromMs != 0 { query.from = reader.instant(message.fromMs, "from_ms") }
    if message.untilMs != 0 { query.until = reader.instant(message.untilMs, "until_ms") }
    if let from = query.from, let until = query.until, from >= until {
      reader.fault("until_ms", "expected later than from_ms")
    }
    var request = message
    request.pageToken = ""
    request.pageSize = 0
    let binding: [UInt8] = try request.serializedBytes()
    if !message.pageToken.isEmpty {
      query.after = reader.parsed(
        message.pageToken, "page_token", "the next_page_token of a page of the same list"
      ) { PageToken.cursor($0, query: binding).flatMap(AppointmentCursor.init(text:)) }
    }
    return .appointments(try reader.finish(query), binding: binding)
  }
}

extension AppointmentCursor {
  /// As it travels inside a page token.
  var text: String { "\(start.msSinceEpoch) \(id)" }

  init?(text: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 2, let ms = Int64(parts[0]), let id = AppointmentID(parts[1]) else {
      return nil
    }
    self.init(start: Instant(msSinceEpoch: ms), id: id)
  }
}

extension AppointmentState {
  init?(_ state: Seduta_V1_AppointmentState) {
    switch state {
    case .scheduled: self = .scheduled
    case .cancelledByClient: self = .cancelledByClient
    case .cancelledByTherapist: self = .cancelledByTherapist
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }

  var message: Seduta_V1_AppointmentState {
    switch self {
    case .scheduled: .scheduled
    case .cancelledByClient: .cancelledByClient
    case .cancelledByTherapist: .cancelledByTherapist
    }
  }
}

extension Appointment {
  var message: Seduta_V1_Appointment {
    var message = Seduta_V1_Appointment()
    message.id = id.text
    message.therapistID = therapist.text
    message.clientID = client.text
    message.serviceID = service.text
    message.locationID = location.text
    message.roomID = room?.text ?? ""
    message.startTime = span.start.instant.timestamp
    message.endTime = span.end.instant.timestamp
    message.timeZone = zoneName
    message.state = state.message
    message.paymentStatus =
      switch paymentStatus {
      case .none: .none
      case .due: .due
      }
    message.paymentPlan = plan.message
    message.price = price.message
    message.version = version
    message.createTime = bookedAt.timestamp
    message.updateTime = changedAt.timestamp
    message.cancelReason = cancelReason
    return message
  }
}
