internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func createSeries(
    _ message: Seduta_V1_SeriesCreateRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let first: AppointmentID? = reader.optionalID(
      message.firstAppointmentID, "first_appointment_id")
    // What is empty is taken from the first appointment, where there is one.
    func named<Kind>(_ text: String, _ field: String) -> ID<Kind>? {
      first != nil && text.isEmpty ? nil : reader.id(text, field)
    }
    let therapist: TherapistID? = named(message.therapistID, "therapist_id")
    let service: ServiceID? = named(message.serviceID, "service_id")
    let location: LocationID? = named(message.locationID, "location_id")
    let client: ClientID? = named(message.clientID, "client_id")
    let localStart =
      first != nil && message.localStart.isEmpty
      ? nil : reader.localMinute(message.localStart, "local_start")
    let rule = reader.rule(message.rule, "rule")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let excluded = reader.localMinutes(message.excludedLocalStarts, "excluded_local_starts")
    let mode = reader.conflictMode(message.conflictMode, "conflict_mode")
    let overrides = reader.overrides(message.overrides, "overrides")
    guard let rule else { throw Malformed(faults: reader.faults) }
    var wish = SeriesWish(rule: rule)
    wish.therapist = therapist
    wish.service = service
    wish.location = location
    wish.client = client
    wish.localStart = localStart
    wish.room = room
    wish.excluded = excluded
    wish.firstAppointment = first
    wish.mode = mode
    wish.overrides = overrides
    wish.isQuiet = message.quiet
    return try reader.finish(
      command(.createSeries(wish), from: caller, validateOnly: message.validateOnly))
  }

  func moveSeries(
    _ message: Seduta_V1_SeriesRescheduleRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let scope = reader.scope(message.scope, "scope")
    let localStart = reader.localMinute(message.localStart, "local_start")
    let location: LocationID? = reader.optionalID(message.locationID, "location_id")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let mode = reader.conflictMode(message.conflictMode, "conflict_mode")
    let overrides = reader.overrides(message.overrides, "overrides")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    guard let id, let scope, let localStart, let reason else {
      throw Malformed(faults: reader.faults)
    }
    var move = SeriesMove(id, scope, to: localStart)
    move.seenVersion = version
    move.location = location
    move.room = room
    move.mode = mode
    move.overrides = overrides
    move.reason = reason
    move.isQuiet = message.quiet
    return try reader.finish(
      command(.moveSeries(move), from: caller, validateOnly: message.validateOnly))
  }

  func cancelSeries(
    _ message: Seduta_V1_SeriesCancelRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let scope = reader.scope(message.scope, "scope")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    guard let id, let scope, let reason else { throw Malformed(faults: reader.faults) }
    var wish = SeriesCancelWish(id, scope)
    wish.seenVersion = version
    wish.reason = reason
    wish.isQuiet = message.quiet
    return try reader.finish(
      command(.cancelSeries(wish), from: caller, validateOnly: message.validateOnly))
  }
}

extension Translation {
  private static let firstStartsDaysMax: Int64 = 35
  private static let searchCounts = 1...100
  private static let candidatesMax = 200

  func searchSeries(
    _ message: Seduta_V1_SeriesSearchRequest, from caller: Caller
  ) throws(Malformed) -> SeriesSearch {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    let service: ServiceID? = reader.id(message.serviceID, "service_id")
    let location: LocationID? = reader.optionalID(message.locationID, "location_id")
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    let rule = reader.rule(message.rule, "rule")
    if let rule, !(rule.count.map(Translation.searchCounts.contains) ?? false) {
      reader.fault("rule", "expected a COUNT of 1 to \(Translation.searchCounts.upperBound)")
    }
    if let count = rule?.count, !(0..<count).contains(Int(message.missesMax)) {
      reader.fault(
        "misses_max", "expected 0 or more, and less than COUNT, got \(message.missesMax)")
    }
    let range = range(
      from: message.fromMs, until: message.untilMs, daysMax: Translation.firstStartsDaysMax,
      now: caller.now, &reader)
    let limit = min(
      reader.pageSize(message.pageSize, "page_size", standard: 20), Translation.candidatesMax)
    guard reader.faults.isEmpty, let therapist, let service, let rule, let range,
      let query = SeriesQuery(
        rule, service: service, location: location, client: client, firstStarts: range,
        missesMax: Int(message.missesMax), limit: limit)
    else {
      if reader.faults.isEmpty {
        reader.fault("until_ms", "expected at most 35 days later than from_ms")
      }
      throw Malformed(faults: reader.faults)
    }
    return SeriesSearch(
      therapist: therapist, query: query,
      moment: Moment(now: caller.now, role: caller.actor.role))
  }

  func get(_ message: Seduta_V1_SeriesGetRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let id: SeriesID? = reader.id(message.seriesID, "series_id")
    return .series(try reader.finish(id))
  }

  func list(_ message: Seduta_V1_SeriesListRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.optionalID(message.therapistID, "therapist_id")
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    let page: Page<SeriesKind>? = try page(message, message.pageSize, message.pageToken, &reader) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .seriesList(of: therapist, for: client, try reader.finish(page))
  }
}

extension FieldReader {
  private static let excludedMax = 400
  private static let years = 1970...2099

  /// A local time between 1970 and 2100.
  mutating func localMinute(_ text: String, _ field: String) -> LocalMinute? {
    parsed(text, field, "a local time as 2026-12-01T10:00, in the years 1970 to 2099") { text in
      LocalMinute(text).flatMap { FieldReader.years.contains($0.date.year) ? $0 : nil }
    }
  }

  fileprivate mutating func localMinutes(_ texts: [String], _ field: String) -> Set<LocalMinute> {
    guard texts.count <= FieldReader.excludedMax else {
      fault(field, "expected at most \(FieldReader.excludedMax), got \(texts.count)")
      return []
    }
    var found: Set<LocalMinute> = []
    for (index, text) in texts.enumerated() {
      if let local = localMinute(text, "\(field)[\(index)]") { found.insert(local) }
    }
    return found
  }

  fileprivate mutating func rule(_ text: String, _ field: String) -> RecurrenceRule? {
    do {
      return try RecurrenceRule(text)
    } catch {
      fault(field, "expected a rule of RFC 5545 as FREQ=WEEKLY;COUNT=10; \(error)")
      return nil
    }
  }

  fileprivate mutating func conflictMode(
    _ mode: Seduta_V1_SeriesConflictMode, _ field: String
  ) -> ConflictMode {
    switch mode {
    case .unspecified, .allOrNothing: return .allOrNothing
    case .skip: return .skip
    case .UNRECOGNIZED:
      fault(field, "expected SERIES_CONFLICT_MODE_ALL_OR_NOTHING or _SKIP")
      return .allOrNothing
    }
  }

  fileprivate mutating func scope(
    _ scope: Seduta_V1_SeriesScope, _ field: String
  ) -> SeriesScope? {
    switch scope {
    case .this: return .this
    case .thisAndFollowing: return .thisAndFollowing
    case .all: return .all
    case .unspecified, .UNRECOGNIZED:
      fault(
        field, "expected SERIES_SCOPE_THIS, _THIS_AND_FOLLOWING or _ALL; it is required")
      return nil
    }
  }
}
