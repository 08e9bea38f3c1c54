internal import Availability
internal import Booking
internal import Wire

/// Reads schedules: weekly windows, exceptions, public holidays.
extension DirectoryReader {
  private static let windowsMax = 500
  private static let calendarsMax = 10
  private static let noteLength = 0...200

  mutating func schedule(
    _ message: Seduta_V1_Schedule, _ path: String,
    updating wanted: Set<ScheduleField> = Set(ScheduleField.allCases)
  ) -> Schedule? {
    let therapist: TherapistID? = fields.id(message.therapistID, "\(path).therapist_id")
    let windows = wanted.contains(.windows) ? windows(message.windows, "\(path).windows") : []
    let exceptions =
      wanted.contains(.exceptions) ? exceptions(message.exceptions, "\(path).exceptions") : []
    let calendars =
      wanted.contains(.publicHolidays)
      ? calendars(message.publicHolidays, "\(path).public_holidays") : []
    return therapist.map {
      Schedule(
        therapist: $0, windows: windows, exceptions: exceptions, publicHolidays: calendars,
        version: 1)
    }
  }

  private mutating func windows(
    _ messages: [Seduta_V1_WeeklyWindow], _ field: String
  ) -> [WeeklyWindow] {
    guard messages.count <= DirectoryReader.windowsMax else {
      fields.fault(field, "expected at most \(DirectoryReader.windowsMax), got \(messages.count)")
      return []
    }
    return messages.enumerated().compactMap { index, message in
      window(message, "\(field)[\(index)]")
    }
  }

  private mutating func window(
    _ message: Seduta_V1_WeeklyWindow, _ path: String
  ) -> WeeklyWindow? {
    let weekday = Weekday(rawValue: Int(message.weekday))
    if weekday == nil {
      fields.fault("\(path).weekday", "expected 1 (Monday) to 7 (Sunday), got \(message.weekday)")
    }
    let minutes = minutes(message.opensMinute, message.closesMinute, path)
    let location: LocationID? = fields.id(message.locationID, "\(path).location_id")
    let from = fields.optionalDay(message.validFrom, "\(path).valid_from")
    let until = fields.optionalDay(message.validUntil, "\(path).valid_until", notBefore: from)
    guard let weekday, let minutes, let location else { return nil }
    return WeeklyWindow(
      weekday: weekday, opensMinute: minutes.opens, closesMinute: minutes.closes,
      location: location, validFrom: from, validUntil: until)
  }

  /// Hours of a day, which may reach beyond its midnight.
  private mutating func minutes(
    _ opens: Int32, _ closes: Int32, _ path: String
  ) -> (opens: Int32, closes: Int32)? {
    guard let opens = fields.number(opens, "\(path).opens_minute", in: 0...1_439),
      let closes = fields.number(
        closes, "\(path).closes_minute", in: (opens + 1)...(opens + 1_440))
    else { return nil }
    return (opens, closes)
  }

  /// Each id once.
  mutating func exceptions(
    _ messages: [Seduta_V1_ScheduleException], _ field: String
  ) -> [ScheduleException] {
    guard messages.count <= Schedule.exceptionsMax else {
      fields.fault(field, "expected at most \(Schedule.exceptionsMax), got \(messages.count)")
      return []
    }
    var seen: Set<ScheduleExceptionID> = []
    return messages.enumerated().compactMap { index, message in
      let path = "\(field)[\(index)]"
      guard let exception = exception(message, path) else { return nil }
      if !seen.insert(exception.id).inserted {
        fields.fault("\(path).id", "expected each exception once, got \(exception.id) again")
      }
      return exception
    }
  }

  private mutating func exception(
    _ message: Seduta_V1_ScheduleException, _ path: String
  ) -> ScheduleException? {
    let id: ScheduleExceptionID? = id(message.id, path, isUpdate: false)
    let first = fields.day(message.firstDate, "\(path).first_date")
    let last = fields.optionalDay(message.lastDate, "\(path).last_date", notBefore: first)
    if let first, let last,
      first.adding(days: Int(ScheduleException.daysAfterFirstMax)) < last
    {
      fields.fault(
        "\(path).last_date",
        "expected at most \(ScheduleException.daysAfterFirstMax) days after first_date, got \(last)"
      )
    }
    let effect = effect(message, path)
    let note = fields.text(message.note, "\(path).note", length: DirectoryReader.noteLength)
    guard let id, let first, let effect, let note else { return nil }
    return ScheduleException(
      id: id, firstDay: first, lastDay: last ?? first, effect: effect, note: note)
  }

  private mutating func effect(
    _ message: Seduta_V1_ScheduleException, _ path: String
  ) -> ScheduleException.Effect? {
    let field = "\(path).location_id"
    switch message.kind {
    case .closed:
      let location: LocationID? = fields.optionalID(message.locationID, field)
      if message.opensMinute == 0 && message.closesMinute == 0 {
        return .closed(.wholeDays, at: location)
      }
      return minutes(message.opensMinute, message.closesMinute, path).map {
        .closed(.between(opensMinute: $0.opens, closesMinute: $0.closes), at: location)
      }
    case .extraHours:
      let minutes = minutes(message.opensMinute, message.closesMinute, path)
      let location: LocationID? = fields.id(message.locationID, field)
      guard let minutes, let location else { return nil }
      return .extraHours(opensMinute: minutes.opens, closesMinute: minutes.closes, at: location)
    case .unspecified, .UNRECOGNIZED:
      fields.fault(
        "\(path).kind",
        "expected SCHEDULE_EXCEPTION_KIND_CLOSED or SCHEDULE_EXCEPTION_KIND_EXTRA_HOURS")
      return nil
    }
  }

  private mutating func calendars(_ names: [String], _ field: String) -> [String] {
    guard names.count <= DirectoryReader.calendarsMax else {
      fields.fault(field, "expected at most \(DirectoryReader.calendarsMax), got \(names.count)")
      return []
    }
    var seen: Set<String> = []
    return names.enumerated().compactMap { index, name in
      let path = "\(field)[\(index)]"
      let calendar = fields.parsed(
        name, path, "a calendar of public holidays, such as \"IT\" or \"DE-BY\""
      ) { PublicHolidays.calendar($0) }
      if calendar != nil && !seen.insert(name).inserted {
        fields.fault(path, "expected each calendar once, got \(name) again")
      }
      return calendar?.name
    }
  }
}

extension FieldReader {
  /// From 1970 to 2099, as points in time are.
  private static let days = CivilDate(daysSinceEpoch: 0)..<CivilDate(daysSinceEpoch: 47_482)

  mutating func day(_ text: String, _ field: String) -> CivilDate? {
    parsed(text, field, "a day of the years 1970 to 2099 in ISO 8601, such as \"2026-12-24\"") {
      CivilDate($0).flatMap { FieldReader.days.contains($0) ? $0 : nil }
    }
  }

  /// Empty is none, and no fault.
  mutating func optionalDay(
    _ text: String, _ field: String, notBefore first: CivilDate? = nil
  ) -> CivilDate? {
    guard !text.isEmpty, let day = day(text, field) else { return nil }
    if let first, day < first {
      fault(field, "expected \(first) or later, got \(day)")
      return nil
    }
    return day
  }
}
