internal import Availability
internal import Booking
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func updateSchedule(
    _ message: Seduta_V1_DirectoryUpdateScheduleRequest, from caller: Caller
  ) throws -> Command {
    var reader = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    let wanted: Set<ScheduleField> = reader.mask(message.updateMask)
    let schedule = reader.schedule(message.schedule, "schedule", updating: wanted)
    let seen = reader.fields.seenVersion(message.schedule.version, "schedule.version")
    let change = schedule.map {
      ScheduleChange(therapist: $0.therapist, seenVersion: seen, step: .update($0, wanted))
    }
    return command(
      .changeSchedule(try reader.fields.finish(change)), from: caller,
      validateOnly: message.validateOnly)
  }

  func addScheduleExceptions(
    _ message: Seduta_V1_DirectoryAddScheduleExceptionsRequest, from caller: Caller
  ) throws -> Command {
    var reader = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    let therapist: TherapistID? = reader.fields.id(message.therapistID, "therapist_id")
    reader.fields.requireOne(message.exceptions, "exceptions")
    let exceptions = reader.exceptions(message.exceptions, "exceptions")
    let seen = reader.fields.seenVersion(message.version, "version")
    let change = therapist.map {
      ScheduleChange(therapist: $0, seenVersion: seen, step: .addExceptions(exceptions))
    }
    return command(
      .changeSchedule(try reader.fields.finish(change)), from: caller,
      validateOnly: message.validateOnly)
  }

  func removeScheduleExceptions(
    _ message: Seduta_V1_DirectoryRemoveScheduleExceptionsRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    reader.requireOne(message.exceptionIds, "exception_ids")
    let ids: [ScheduleExceptionID] = reader.ids(
      message.exceptionIds, "exception_ids", countMax: Schedule.exceptionsMax)
    let seen = reader.seenVersion(message.version, "version")
    let change = therapist.map {
      ScheduleChange(therapist: $0, seenVersion: seen, step: .removeExceptions(ids))
    }
    return command(
      .changeSchedule(try reader.finish(change)), from: caller,
      validateOnly: message.validateOnly)
  }

  /// - Throws: `UnknownID` for a calendar that there is not.
  func publicHolidays(
    _ message: Seduta_V1_DirectoryListPublicHolidaysRequest
  ) throws -> HolidayQuery {
    var reader = FieldReader(zones: zones)
    let name = reader.text(message.calendar, "calendar", length: 1...64)
    let first = reader.day(message.firstDate, "first_date")
    let last = reader.day(message.lastDate, "last_date")
    if let first, let last {
      if last < first {
        reader.fault("last_date", "expected \(first) or later, got \(last)")
      } else if first.adding(days: Translation.holidaysAfterFirstMax) < last {
        reader.fault(
          "last_date",
          "expected at most \(Translation.holidaysAfterFirstMax) days after first_date, got \(last)"
        )
      }
    }
    guard let name, let first, let last, reader.faults.isEmpty else {
      throw Malformed(faults: reader.faults)
    }
    guard let calendar = PublicHolidays.calendar(name) else {
      throw UnknownID(id: name, field: "calendar")
    }
    return HolidayQuery(calendar: calendar, first: first, last: last)
  }

  private static let holidaysAfterFirstMax = 366
}

extension FieldReader {
  fileprivate mutating func requireOne(_ values: [some Any], _ field: String) {
    if values.isEmpty { fault(field, "expected at least one; it is required") }
  }
}

extension HolidayQuery {
  var response: Seduta_V1_DirectoryListPublicHolidaysResponse {
    var response = Seduta_V1_DirectoryListPublicHolidaysResponse()
    response.holidays = calendar.holidays.filter { first <= $0.day && $0.day <= last }.map {
      var message = Seduta_V1_PublicHoliday()
      message.date = $0.day.description
      message.name = $0.name
      return message
    }
    response.knownFrom = calendar.knownFrom.description
    response.knownUntil = calendar.knownUntil.description
    return response
  }
}

extension ChangedSchedule {
  var reply: Seduta_Wire_V1_Reply {
    get throws {
      let appointments = affected.map(\.message)
      switch kind {
      case .update:
        var response = Seduta_V1_DirectoryUpdateScheduleResponse()
        response.schedule = schedule.message
        response.affectedAppointments = appointments
        response.affectedCount = Int32(affectedCount)
        return try Seduta_Wire_V1_Reply(response)
      case .addExceptions:
        var response = Seduta_V1_DirectoryAddScheduleExceptionsResponse()
        response.schedule = schedule.message
        response.affectedAppointments = appointments
        response.affectedCount = Int32(affectedCount)
        return try Seduta_Wire_V1_Reply(response)
      case .removeExceptions:
        var response = Seduta_V1_DirectoryRemoveScheduleExceptionsResponse()
        response.schedule = schedule.message
        response.affectedAppointments = appointments
        response.affectedCount = Int32(affectedCount)
        return try Seduta_Wire_V1_Reply(response)
      }
    }
  }
}

extension Schedule {
  var message: Seduta_V1_Schedule {
    var message = Seduta_V1_Schedule()
    message.therapistID = therapist.text
    message.windows = windows.map(\.message)
    message.exceptions = exceptions.map(\.message)
    message.publicHolidays = publicHolidays
    message.version = version
    return message
  }
}

extension WeeklyWindow {
  fileprivate var message: Seduta_V1_WeeklyWindow {
    var message = Seduta_V1_WeeklyWindow()
    message.weekday = Int32(weekday.rawValue)
    message.opensMinute = opensMinute
    message.closesMinute = closesMinute
    message.locationID = location.text
    message.validFrom = validFrom?.description ?? ""
    message.validUntil = validUntil?.description ?? ""
    return message
  }
}

extension ScheduleException {
  fileprivate var message: Seduta_V1_ScheduleException {
    var message = Seduta_V1_ScheduleException()
    message.id = id.text
    message.firstDate = firstDay.description
    message.lastDate = lastDay.description
    switch effect {
    case .closed(let hours, let location):
      message.kind = .closed
      if case .between(let opens, let closes) = hours {
        message.opensMinute = opens
        message.closesMinute = closes
      }
      message.locationID = location?.text ?? ""
    case .extraHours(let opens, let closes, let location):
      message.kind = .extraHours
      message.opensMinute = opens
      message.closesMinute = closes
      message.locationID = location.text
    }
    message.note = note
    return message
  }
}
