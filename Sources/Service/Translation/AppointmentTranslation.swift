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
    let method: PaymentMethodID? = reader.optionalID(
      message.paymentMethodID, "payment_method_id")
    let link: PackageLinkID? = reader.optionalID(message.packageLinkID, "package_link_id")
    guard let therapist, let service, let location, let start, let attendee else {
      throw Malformed(faults: reader.faults)
    }
    let wish = BookingWish(
      therapist: therapist, service: service, location: location, room: room, start: start,
      attendee: attendee, id: id, overrides: overrides, hold: hold, paymentMethod: method,
      usesBenefits: message.useBenefits, link: link)
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
    let isQuiet = reader.quiet(message.quiet, as: caller.actor)
    let wish = CancelWish(
      appointment: id, seenVersion: version, reason: reason, isQuiet: isQuiet)
    return try reader.finish(
      command(.cancel(wish), from: caller, validateOnly: message.validateOnly))
  }

  func command(_ wish: Wanted, from caller: Caller, validateOnly: Bool) -> Command {
    Command(
      partner: caller.principal.partner, actor: caller.actor, wish: wish,
      validateOnly: validateOnly)
  }

  func get(
    _ message: Seduta_V1_AppointmentsGetRequest, from caller: Caller
  ) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    return .appointment(try reader.finish(id), at: caller.now)
  }

  func list(_ message: Seduta_V1_AppointmentsListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    var query = AppointmentQuery(
      limit: reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize))
    query.therapist = reader.optionalID(message.therapistID, "therapist_id")
    query.client = reader.optionalID(message.clientID, "client_id")
    let therapy: TherapyID? = reader.optionalID(message.therapyID, "therapy_id")
    query.series = reader.optionalID(message.seriesID, "series_id")
    query.isActive = message.active
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
    query.after = reader.cursor(
      message.pageToken, of: binding, AppointmentCursor.init(text:))
    let list = AppointmentList(query: query, therapy: therapy)
    return .appointments(try reader.finish(list), binding: binding)
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
    case .requested: self = .requested
    case .initiated: self = .initiated
    case .paymentProcessing: self = .paymentProcessing
    case .scheduled: self = .scheduled
    case .inProgress: self = .inProgress
    case .completed: self = .completed
    case .cancelledByClient: self = .cancelledByClient
    case .cancelledByTherapist: self = .cancelledByTherapist
    case .paymentCancelled: self = .paymentCancelled
    case .declined: self = .declined
    case .expired: self = .expired
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }

  var message: Seduta_V1_AppointmentState {
    switch self {
    case .requested: .requested
    case .initiated: .initiated
    case .paymentProcessing: .paymentProcessing
    case .scheduled: .scheduled
    case .inProgress: .inProgress
    case .completed: .completed
    case .cancelledByClient: .cancelledByClient
    case .cancelledByTherapist: .cancelledByTherapist
    case .paymentCancelled: .paymentCancelled
    case .declined: .declined
    case .expired: .expired
    }
  }
}
