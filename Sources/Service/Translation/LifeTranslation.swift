internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Wire

/// What is done to an appointment between its booking and its end.
extension Translation {
  func reschedule(
    _ message: Seduta_V1_AppointmentsRescheduleRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let start = reader.start(message.startMs, "start_ms")
    let location: LocationID? = reader.optionalID(message.locationID, "location_id")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let overrides = reader.overrides(message.overrides, "overrides")
    let hold: HoldID? = reader.optionalID(message.holdID, "hold_id")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    let isQuiet = reader.quiet(message.quiet, as: caller.actor)
    guard let id, let start, let reason else { throw Malformed(faults: reader.faults) }
    let wish = RescheduleWish(
      appointment: id, seenVersion: version, start: start, location: location, room: room,
      overrides: overrides, hold: hold, reason: reason, isQuiet: isQuiet)
    return try reader.finish(
      command(.reschedule(wish), from: caller, validateOnly: message.validateOnly))
  }

  func complete(
    _ message: Seduta_V1_AppointmentsCompleteRequest, from caller: Caller
  ) throws -> Command {
    let (id, version) = try seen(message.appointmentID, message.version)
    return command(.complete(id, seenVersion: version), from: caller, validateOnly: false)
  }

  func setAttendance(
    _ message: Seduta_V1_AppointmentsSetAttendanceRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    if !message.attendance.isEmpty { _ = reader.attendanceCode(message.attendance, "attendance") }
    let wish = id.map {
      AttendanceWish(
        appointment: $0, seenVersion: version, attendance: Attendance(code: message.attendance))
    }
    return command(.setAttendance(try reader.finish(wish)), from: caller, validateOnly: false)
  }

  func listTransitions(_ message: Seduta_V1_AppointmentsListTransitionsRequest) throws -> StoreQuery
  {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    return .transitions(try reader.finish(id))
  }

  /// An appointment, and the version that the caller saw.
  func seen(
    _ id: String, _ version: Int64
  ) throws(Malformed) -> (AppointmentID, Int64?) {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(id, "appointment_id")
    let version = reader.seenVersion(version, "version")
    return (try reader.finish(id), version)
  }
}

extension Transition {
  var message: Seduta_V1_AppointmentTransition {
    var message = Seduta_V1_AppointmentTransition()
    message.version = version
    message.kind = step.rawValue
    message.fromState = from?.message ?? .unspecified
    message.toState = to.message
    message.time = at.timestamp
    message.actorRole = by.kind.rawValue
    message.actorID = by.label
    message.reason = reason
    message.overridden = overridden.kinds.compactMap {
      Seduta_Wire_V1_DiscrepancyKind(rawValue: $0)
    }
    if let movedFrom { message.startTimeBefore = movedFrom.instant.timestamp }
    return message
  }
}

extension Overrides {
  /// By their numbers in S-4, in its order.
  fileprivate var kinds: [Int] {
    (1...10).filter { kind in Overrides(kind: kind).map(contains) ?? false }
  }
}
